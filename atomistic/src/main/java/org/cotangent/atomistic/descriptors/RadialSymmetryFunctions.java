package org.cotangent.atomistic.descriptors;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.hyperparameters.Cutoff;
import org.cotangent.atomistic.descriptors.hyperparameters.Hyperparameters;
import org.cotangent.atomistic.descriptors.hyperparameters.RadialSymmetry;
import org.cotangent.atomistic.descriptors.radial.CutoffFunction;
import org.cotangent.atomistic.descriptors.radial.RadialFunction;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Derivation;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * How many neighbors of each type are at which distance, by the radial symmetry functions of Behler
 * (J. Chem. Phys. 134, 074106, 2011, equations 5 to 7; Behler and Parrinello, Phys. Rev. Lett. 98,
 * 146401, 2007):
 *
 * <pre>  G_i = Σ_j exp(-η·(r_ij - s)²)·cos(κ·r_ij)·f_cut(r_ij)</pre>
 *
 * <p>The papers' cutoff function is a shifted cosine whose width is the radius.
 *
 * @param cutoff which neighbors count
 * @param functions η, s and κ of each function
 */
public record RadialSymmetryFunctions(Cutoff cutoff, List<RadialSymmetry> functions)
    implements Descriptor {
  /**
   * @throws IllegalArgumentException if there are no functions
   */
  public RadialSymmetryFunctions {
    functions = List.copyOf(functions);
    if (functions.isEmpty()) {
      throw new IllegalArgumentException("radial symmetry functions need at least one function");
    }
  }

  /** Reads {@code {"cutoff": {…}, "functions": [{"eta": …, "shift": …, "kappa": …}, …]}}. */
  static RadialSymmetryFunctions read(Hyperparameters json) {
    RadialSymmetryFunctions descriptor =
        new RadialSymmetryFunctions(
            Cutoff.read(json.object("cutoff")),
            json.objects("functions").stream().map(RadialSymmetry::read).toList());
    json.done();
    return descriptor;
  }

  /**
   * {@inheritDoc}
   *
   * @return keys {@code (center_type, neighbor_type)}, a block for each two types that occur;
   *     samples {@code (system, atom)}, all atoms of the center's type; property {@code function}
   */
  @Override
  public TensorMap compute(List<System> systems, Set<PairGradient> gradients) {
    PairBlocks pairs = new PairBlocks(systems, cutoff.radius());
    SymmetrySums sums = new SymmetrySums(pairs, systems, functions.size());
    List<int[]> keys = new ArrayList<>();
    List<TensorBlock> blocks = new ArrayList<>();
    for (int center : pairs.types()) {
      for (int neighbor : pairs.types()) {
        PairBlocks.Between between =
            pairs.between(center, neighbor, pairs.positions(), true, gradients);
        TensorBlock vectors = between.block();
        keys.add(new int[] {center, neighbor});
        blocks.add(
            sums.of(
                center,
                of(vectors.values().squeeze(-1).norm(1).unsqueeze(1)),
                vectors.samples(),
                List.of(Derivation.Input.same(vectors)),
                between.first()));
      }
    }
    return TensorMap.of(
        Labels.of(List.of("center_type", "neighbor_type"), keys.toArray(int[][]::new)), blocks);
  }

  /** The functions at distances {@code [pairs, 1]}. */
  private Tensor of(Tensor distances) {
    Tensor eta = SymmetrySums.row(functions, RadialSymmetry::eta, distances);
    Tensor shift = SymmetrySums.row(functions, RadialSymmetry::shift, distances);
    Tensor kappa = SymmetrySums.row(functions, RadialSymmetry::kappa, distances);
    Tensor weight = new RadialFunction(new CutoffFunction(cutoff), 0).apply(distances.squeeze(1));
    return distances
        .subtract(shift)
        .square()
        .multiply(eta)
        .negate()
        .exp()
        .multiply(distances.multiply(kappa).cos())
        .multiply(weight);
  }
}
