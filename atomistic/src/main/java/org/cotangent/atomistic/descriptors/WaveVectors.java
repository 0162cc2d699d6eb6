package org.cotangent.atomistic.descriptors;

import java.util.Arrays;
import java.util.List;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.angular.SolidHarmonics;
import org.cotangent.atomistic.descriptors.radial.SmearedPotential;
import org.cotangent.autodiff.Tensor;

/**
 * The vectors of a system's reciprocal lattice up to a cutoff, one of each two opposite ones, and
 * what waves along them contribute to an expansion.
 *
 * @param vectors {@code [3, waves]}
 * @param cosines {@code [waves, size]}: factors of cos(k·r), zero for odd l
 * @param sines {@code [waves, size]}: factors of sin(k·r), zero for even l
 */
record WaveVectors(Tensor vectors, Tensor cosines, Tensor sines) {
  /**
   * Finds them.
   *
   * @param number what the system is called in messages
   * @throws IllegalArgumentException if the system is not periodic in three directions, or no
   *     vector is below the cutoff
   */
  static WaveVectors of(
      System system,
      int number,
      double cutoff,
      SmearedPotential potential,
      List<LodeSphericalExpansion.Channel> channels,
      int size) {
    if (!(system.pbc(0) && system.pbc(1) && system.pbc(2))) {
      throw new IllegalArgumentException(
          "LODE needs systems that are periodic in three directions, system "
              + number
              + " is periodic along "
              + Arrays.toString(system.pbc()));
    }
    double[] cell = system.cell().toDoubleArray();
    double volume = system.volume();
    double[] flat = lattice(cell, volume, cutoff);
    int waves = flat.length / 3;
    if (waves == 1) {
      throw new IllegalArgumentException(
          "no reciprocal vector of system "
              + number
              + " is shorter than the k_cutoff "
              + cutoff
              + "; raise it");
    }
    double[] directions = new double[3 * waves];
    double[] lengths = new double[waves];
    for (int w = 0; w < waves; w++) {
      double x = flat[3 * w];
      double y = flat[3 * w + 1];
      double z = flat[3 * w + 2];
      lengths[w] = Math.sqrt(x * x + y * y + z * z);
      for (int k = 0; k < 3 && lengths[w] > 0; k++) {
        directions[3 * w + k] = flat[3 * w + k] / lengths[w];
      }
    }
    int maxAngular = channels.getLast().l();
    int columns = (maxAngular + 1) * (maxAngular + 1);
    // At k = 0 the direction is zero too, which leaves l = 0 alone.
    double[] harmonics =
        new SolidHarmonics(maxAngular).apply(Tensor.of(directions, waves, 3)).toDoubleArray();
    double[][] factors = new double[2][waves * size];
    for (int w = 0; w < waves; w++) {
      double common = 4 * Math.PI / volume * (w == 0 ? 1 : 2) * potential.transform(lengths[w]);
      for (LodeSphericalExpansion.Channel channel : channels) {
        int l = channel.l();
        double[] radial = channel.basis().besselIntegrals(l, lengths[w]);
        double sign = l / 2 % 2 == 0 ? 1 : -1; // i^l·exp(-ix) + its conjugate
        for (int m = 0; m <= 2 * l; m++) {
          double angular = sign * common * harmonics[w * columns + l * l + m];
          for (int n = 0; n < radial.length; n++) {
            factors[l % 2][w * size + channel.from() + m * radial.length + n] = angular * radial[n];
          }
        }
      }
    }
    return new WaveVectors(
        Tensor.of(flat, waves, 3).t().cast(system.dtype()),
        Tensor.of(factors[0], waves, size).cast(system.dtype()),
        Tensor.of(factors[1], waves, size).cast(system.dtype()));
  }

  /** The zero vector, then one of each pair ±k with |k| below the cutoff, {@code [waves, 3]}. */
  private static double[] lattice(double[] cell, double volume, double cutoff) {
    double[] reciprocal = new double[9]; // rows 2π·(b×c)/volume and so on
    double determinant = 0;
    int[] most = new int[3];
    for (int a = 0; a < 3; a++) {
      int b = (a + 1) % 3;
      int c = (a + 2) % 3;
      double squared = 0;
      for (int k = 0; k < 3; k++) {
        int k1 = (k + 1) % 3;
        int k2 = (k + 2) % 3;
        double cross = cell[3 * b + k1] * cell[3 * c + k2] - cell[3 * b + k2] * cell[3 * c + k1];
        reciprocal[3 * a + k] = 2 * Math.PI * cross / volume;
        determinant += a == 0 ? cell[k] * cross : 0;
        squared += cell[3 * a + k] * cell[3 * a + k];
      }
      most[a] = (int) Math.floor(cutoff * Math.sqrt(squared) / (2 * Math.PI));
    }
    double orientation = Math.signum(determinant); // the lattice is the same, but be it exact
    double[] vectors = new double[3 * 64];
    int count = 1;
    for (int i = 0; i <= most[0]; i++) {
      for (int j = i == 0 ? 0 : -most[1]; j <= most[1]; j++) {
        for (int h = i == 0 && j == 0 ? 1 : -most[2]; h <= most[2]; h++) {
          double[] k = new double[3];
          double squared = 0;
          for (int x = 0; x < 3; x++) {
            k[x] =
                orientation * (i * reciprocal[x] + j * reciprocal[3 + x] + h * reciprocal[6 + x]);
            squared += k[x] * k[x];
          }
          if (squared < cutoff * cutoff) {
            if (3 * count == vectors.length) {
              vectors = Arrays.copyOf(vectors, 2 * vectors.length);
            }
            java.lang.System.arraycopy(k, 0, vectors, 3 * count++, 3);
          }
        }
      }
    }
    return Arrays.copyOf(vectors, 3 * count);
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
