package org.cotangent.atomistic.potentials;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.InputChecks;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.linalg.LinearAlgebra;
import org.cotangent.autodiff.nn.Parameters;

/**
 * Finds the uncertainties of a {@link LlprPotential}: FᵀF from the training set, α and ς from the
 * errors of validation systems. If these are normal with the variances σ², then for every ς the
 * likelihood is greatest at
 *
 * <pre>  α² = mean(error²/q),   q = fᵀ(FᵀF + ς²)⁻¹f</pre>
 *
 * <p>and ς² is that power of ten, in units of the largest eigenvalue of FᵀF, with which it is
 * greatest of all.
 *
 * @param regularizer ς²
 * @param scale α²
 * @param potential with these uncertainties
 */
public record LlprCalibration(double regularizer, double scale, LlprPotential potential) {
  private static final int SMALLEST_POWER = -12;
  private static final int FEWEST = 10;

  /** Systems whose features are computed at once have about this many atoms together. */
  private static final int ATOMS_AT_ONCE = 256;

  /**
   * Calibrates a trained potential.
   *
   * @param training what it was trained on
   * @param validation systems that it was not trained on
   * @param energies those of the validation systems, in eV; NaN where there is none
   * @param members how many energies to draw for an ensemble, 0 for none
   * @param seed of the ensemble
   * @throws IllegalArgumentException if there are fewer than ten validation energies, the training
   *     set is empty, {@code members} is 1 or negative, or the potential refuses a system
   */
  public static LlprCalibration of(
      LastLayerPotential potential,
      List<System> training,
      List<System> validation,
      double[] energies,
      int members,
      long seed) {
    List<Integer> labelled =
        IntStream.range(0, energies.length)
            .filter(s -> !Double.isNaN(energies[s]))
            .boxed()
            .toList();
    if (labelled.size() < FEWEST || training.isEmpty()) {
      throw new IllegalArgumentException(
          "uncertainties of the last layer are calibrated with %d validation energies or more and at least one training system, there are %d and %d"
              .formatted(FEWEST, labelled.size(), training.size()));
    }
    if (members < 0 || members == 1) {
      throw new IllegalArgumentException(
          "an ensemble has no members or 2 and more, not " + members);
    }
    LastLayerPotential precise = (LastLayerPotential) potential.to(DType.FLOAT64);
    Tensor features = Sums.of(precise, training).features;
    LinearAlgebra.EigenvaluesAndVectors eigen =
        LinearAlgebra.eigh(features.transpose(1, 0).matmul(features));
    Sums known = Sums.of(precise, labelled.stream().map(validation::get).toList());
    double[] squares = new double[labelled.size()];
    for (int k = 0; k < squares.length; k++) {
      double error = known.energies.at(k) - energies[labelled.get(k)];
      squares[k] = error * error;
    }
    Tensor errors = Tensor.of(squares);
    Tensor projections = known.features.matmul(eigen.v()).square();
    double largest = eigen.w().at(eigen.w().size() - 1);
    double best = Double.POSITIVE_INFINITY;
    double regularizer = 0;
    double scale = 0;
    for (int power = SMALLEST_POWER; power <= 0; power++) {
      double candidate = largest * Math.pow(10, power);
      Tensor q = projections.matmul(damped(eigen.w(), candidate).reciprocal().unsqueeze(1));
      double fitted = errors.unsqueeze(1).divide(q).mean().item();
      double unlikely = q.log().mean().item() + Math.log(Math.max(fitted, Double.MIN_NORMAL));
      if (unlikely < best) {
        best = unlikely;
        regularizer = candidate;
        scale = fitted;
      }
    }
    Tensor factor =
        eigen.v().divide(damped(eigen.w(), regularizer).sqrt()).multiply(Math.sqrt(scale));
    Parameters standard =
        Parameters.builder()
            .add(LlprPotential.FACTOR, factor.cast(potential.dtype()))
            .add(
                LlprPotential.ENSEMBLE, draws(factor.dim(0), members, seed).cast(potential.dtype()))
            .build();
    return new LlprCalibration(regularizer, scale, new LlprPotential(potential, standard));
  }

  /** The eigenvalues of FᵀF + ς²; rounding makes some of FᵀF negative. */
  private static Tensor damped(Tensor eigenvalues, double regularizer) {
    return eigenvalues.relu().add(regularizer);
  }

  /** Normal numbers, {@code [size, members]}, with mean zero over the members. */
  private static Tensor draws(int size, int members, long seed) {
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    ZigguratSampler.NormalizedGaussian gauss = ZigguratSampler.NormalizedGaussian.of(random);
    double[] drawn = new double[size * members];
    for (int k = 0; k < drawn.length; k++) {
      drawn[k] = gauss.sample();
    }
    Tensor all = Tensor.of(drawn, size, members);
    return members == 0 ? all : all.subtract(all.mean(1).unsqueeze(1));
  }

  /**
   * What systems have.
   *
   * @param energies {@code [systems]}, in eV
   * @param features the sums over their atoms, element by element, {@code [systems, size]}
   */
  private record Sums(Tensor energies, Tensor features) {
    static Sums of(LastLayerPotential potential, List<System> systems) {
      InputChecks.checkTypes(systems, potential.types());
      List<Tensor> energies = new ArrayList<>();
      List<Tensor> features = new ArrayList<>();
      int from = 0;
      while (from < systems.size()) {
        int to = from;
        for (int atoms = 0; to < systems.size() && atoms < ATOMS_AT_ONCE; to++) {
          atoms += systems.get(to).size();
        }
        List<System> some =
            systems.subList(from, to).stream().map(system -> system.to(potential.dtype())).toList();
        PairBlocks pairs = new PairBlocks(some, potential.cutoff());
        pairs.checkApart();
        LastLayerPotential.LastLayer layer = potential.lastLayer(pairs, pairs.positions());
        energies.add(Potential.sums(pairs, layer.energies()));
        features.add(byElement(potential, pairs, layer.features()));
        from = to;
      }
      return new Sums(Tensor.concatenate(0, energies), Tensor.concatenate(0, features));
    }

    private static Tensor byElement(
        LastLayerPotential potential, PairBlocks pairs, Tensor features) {
      int[] systemOf = pairs.atomSystem();
      Tensor system = Tensor.of(systemOf, systemOf.length);
      Tensor ones = Tensor.full(features.dtype(), 1, pairs.atoms(), 1);
      Tensor all = Tensor.concatenate(1, List.of(features, ones));
      List<Tensor> sums = new ArrayList<>();
      for (int type : potential.types()) {
        Tensor atoms = LlprPotential.atomsOf(pairs, type);
        sums.add(
            all.indexSelect(0, atoms)
                .segmentSum(system.indexSelect(0, atoms), pairs.systems().size()));
      }
      return Tensor.concatenate(1, sums);
    }
  }
}
