package org.cotangent.atomistic.potentials;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.linalg.LinearAlgebra;
import org.cotangent.autodiff.linalg.LinearAlgebra.EigenvaluesAndVectors;
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
 * <p>Those of single atoms are found in the same way, with the sum of their variances for that of a
 * system.
 *
 * @param systems ς² and α² of systems
 * @param atoms those of atoms
 * @param potential with these uncertainties
 */
public record LlprCalibration(Fit systems, Fit atoms, LlprPotential potential) {
  private static final int SMALLEST_POWER = -12;
  private static final int FEWEST = 10;

  /**
   * What was found.
   *
   * @param regularizer ς²
   * @param scale α²
   */
  public record Fit(double regularizer, double scale) {}

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
    Grams grams = new Grams(precise);
    LastLayerBatch.forEach(precise, training, grams::add);
    EigenvaluesAndVectors all = LinearAlgebra.eigh(grams.systems);
    List<EigenvaluesAndVectors> single = grams.atoms.stream().map(LinearAlgebra::eigh).toList();

    List<Tensor> found = new ArrayList<>();
    List<Tensor> ofSystems = new ArrayList<>();
    List<Tensor> ofAtoms = new ArrayList<>();
    LastLayerBatch.forEach(
        precise,
        labelled.stream().map(validation::get).toList(),
        batch -> {
          found.add(batch.systemEnergies());
          ofSystems.add(batch.sums().matmul(all.v()).square());
          ofAtoms.add(squaredProjections(batch, single));
        });
    Tensor given = Tensor.of(labelled.stream().mapToDouble(s -> energies[s]).toArray());
    Tensor errors = Tensor.concatenate(0, found).subtract(given).square();
    Tensor eigenvalues = Tensor.concatenate(0, single.stream().map(e -> e.w()).toList());
    Fit systems = fit(Tensor.concatenate(0, ofSystems), all.w(), errors);
    Fit atoms = fit(Tensor.concatenate(0, ofAtoms), eigenvalues, errors);
    int size = all.w().dim(0);
    Parameters standard =
        Parameters.builder()
            .add(LlprPotential.FACTOR, factor(all, systems))
            .add(
                LlprPotential.ATOMS,
                Tensor.concatenate(0, single.stream().map(e -> factor(e, atoms)).toList()))
            .add(LlprPotential.ENSEMBLE, draws(size, members, seed))
            .build();
    return new LlprCalibration(
        systems, atoms, new LlprPotential(potential, standard.cast(potential.dtype())));
  }

  /** Sums over the training set. */
  private static final class Grams {
    private Tensor systems;
    private final List<Tensor> atoms = new ArrayList<>();

    Grams(LastLayerPotential potential) {
      int elements = potential.types().size();
      int width = potential.lastLayerSize() + 1;
      systems = Tensor.zeros(DType.FLOAT64, elements * width, elements * width);
      for (int element = 0; element < elements; element++) {
        atoms.add(Tensor.zeros(DType.FLOAT64, width, width));
      }
    }

    void add(LastLayerBatch batch) {
      systems = systems.add(gram(batch.sums()));
      for (int element = 0; element < atoms.size(); element++) {
        atoms.set(element, atoms.get(element).add(gram(batch.features().get(element))));
      }
    }

    private static Tensor gram(Tensor rows) {
      return rows.transpose(1, 0).matmul(rows);
    }
  }

  /** Sums over the atoms of each element, side by side, {@code [systems, size]}. */
  private static Tensor squaredProjections(
      LastLayerBatch batch, List<EigenvaluesAndVectors> single) {
    List<Tensor> sums = new ArrayList<>();
    for (int element = 0; element < single.size(); element++) {
      Tensor projections = batch.features().get(element).matmul(single.get(element).v());
      sums.add(batch.perSystem(element, projections.square()));
    }
    return Tensor.concatenate(1, sums);
  }

  /**
   * Finds ς² and α².
   *
   * @param projections squared, {@code [systems, directions]}: q = Σ_d p_d/(w_d + ς²)
   * @param eigenvalues w, {@code [directions]}
   * @param errors squared, {@code [systems]}
   */
  private static Fit fit(Tensor projections, Tensor eigenvalues, Tensor errors) {
    double largest = eigenvalues.max().item();
    double least = Double.POSITIVE_INFINITY;
    Fit best = new Fit(0, 0);
    for (int power = SMALLEST_POWER; power <= 0; power++) {
      double regularizer = largest * Math.pow(10, power);
      Tensor q =
          projections.matmul(damped(eigenvalues, regularizer).reciprocal().unsqueeze(1)).squeeze(1);
      double scale = errors.divide(q).mean().item();
      double unlikely = q.log().mean().item() + Math.log(Math.max(scale, Double.MIN_NORMAL));
      if (unlikely < least) {
        least = unlikely;
        best = new Fit(regularizer, scale);
      }
    }
    return best;
  }

  /** α·V·(W + ς²)^(-1/2), whose square is α²(FᵀF + ς²)⁻¹. */
  private static Tensor factor(EigenvaluesAndVectors eigen, Fit fit) {
    return eigen
        .v()
        .divide(damped(eigen.w(), fit.regularizer).sqrt())
        .multiply(Math.sqrt(fit.scale));
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
}
