package org.cotangent.atomistic.descriptors;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.atomistic.descriptors.angular.SolidHarmonics;
import org.cotangent.atomistic.descriptors.radial.WaveAmplitudes;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.linalg.LinearAlgebra;

/**
 * The waves of a system's reciprocal lattice and what they contribute to an expansion, on the tape
 * from the cell.
 *
 * @param vectors {@code [3, waves]}
 * @param cosines {@code [waves, size]}: factors of cos(k·r), zero for odd l
 * @param sines {@code [waves, size]}: factors of sin(k·r), zero for even l
 */
record WaveVectors(Tensor vectors, Tensor cosines, Tensor sines) {
  /**
   * Computes them.
   *
   * @param lattice which waves: rows n of k = 2π·n·B, the first being zero, {@code [waves, 3]}
   * @param cell {@code [3, 3]}, of the type of the results; the numbers between are float64
   * @param amplitudes the radial functions of each l, whose columns are arranged {@code [2l + 1,
   *     functions]}, one l after the other
   */
  static WaveVectors of(Tensor lattice, Tensor cell, WaveAmplitudes amplitudes) {
    Tensor rows = cell.cast(DType.FLOAT64);
    int waves = lattice.dim(0);
    Tensor vectors =
        LinearAlgebra.inverse(rows).matmul(lattice.multiply(2 * Math.PI).t()); // columns of 2π·B
    Tensor k = vectors.t();
    Tensor harmonics = new SolidHarmonics(amplitudes.parts().getLast().l()).apply(k);
    Tensor radial = amplitudes.apply(k.square().sum(1));
    List<Tensor> channels = new ArrayList<>();
    List<Tensor> signs = new ArrayList<>();
    int from = 0;
    for (WaveAmplitudes.Part part : amplitudes.parts()) {
      int l = part.l();
      int to = from + part.basis().size();
      int columns = (2 * l + 1) * part.basis().size();
      channels.add(
          harmonics
              .slice(1, l * l, (l + 1) * (l + 1))
              .unsqueeze(2)
              .multiply(radial.slice(1, from, to).unsqueeze(1))
              .reshape(Shape.of(waves, columns)));
      signs.add(Tensor.full(DType.FLOAT64, l / 2 % 2 == 0 ? 1 : -1, Shape.of(1, columns)));
      from = to;
    }
    Tensor factors =
        Tensor.concatenate(1, channels)
            .multiply(timesCounted(waves))
            .divide(LinearAlgebra.determinant(rows).absolute());
    Tensor signed = factors.multiply(Tensor.concatenate(1, signs)); // i^l·exp(-ix) + its conjugate
    return new WaveVectors(
        vectors.cast(cell.dtype()),
        signed.multiply(ofParity(amplitudes, 0)).cast(cell.dtype()),
        signed.multiply(ofParity(amplitudes, 1)).cast(cell.dtype()));
  }

  /** 4π for the vector 0, twice that for all others, which stand for their opposites too. */
  private static Tensor timesCounted(int waves) {
    double[] times = new double[waves];
    java.util.Arrays.fill(times, 8 * Math.PI);
    times[0] = 4 * Math.PI;
    return Tensor.of(times, waves, 1);
  }

  /** 1 in the columns of even or odd l, 0 in the others, {@code [1, size]}. */
  private static Tensor ofParity(WaveAmplitudes amplitudes, int parity) {
    List<Tensor> columns = new ArrayList<>();
    for (WaveAmplitudes.Part part : amplitudes.parts()) {
      Shape shape = Shape.of(1, (2 * part.l() + 1) * part.basis().size());
      columns.add(Tensor.full(DType.FLOAT64, part.l() % 2 == parity ? 1 : 0, shape));
    }
    return Tensor.concatenate(1, columns);
  }

  /**
   * Returns the contributions of atoms at these places from a center, {@code [n, size]}.
   *
   * @param places {@code [n, 3]}
   */
  Tensor of(Tensor places) {
    Tensor phases = places.matmul(vectors);
    return phases.cos().matmul(cosines).add(phases.sin().matmul(sines));
  }
}
