package org.cotangent.atomistic.descriptors;

import java.util.List;
import java.util.Set;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.hyperparameters.Basis;
import org.cotangent.atomistic.descriptors.hyperparameters.Cutoff;
import org.cotangent.atomistic.descriptors.hyperparameters.Density;
import org.cotangent.atomistic.descriptors.hyperparameters.Hyperparameters;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * What each neighbor adds to the {@link SphericalExpansion}, before the sum over neighbors. A
 * center is paired with itself too, with shift zero, for l = 0 alone.
 */
public final class SphericalExpansionByPair implements Descriptor {
  private final DensityFunctions functions;

  /**
   * Prepares an expansion.
   *
   * @throws IllegalArgumentException if density and basis do not fit
   */
  public SphericalExpansionByPair(Cutoff cutoff, Density density, Basis basis) {
    functions = new DensityFunctions(cutoff, density, basis);
  }

  /** Reads {@code {"cutoff": {…}, "density": {…}, "basis": {…}}}. */
  static SphericalExpansionByPair read(Hyperparameters json) {
    SphericalExpansionByPair expansion =
        new SphericalExpansionByPair(
            Cutoff.read(json.object("cutoff")),
            Density.read(json.object("density")),
            Basis.read(json.object("basis")));
    json.done();
    return expansion;
  }

  /**
   * {@inheritDoc}
   *
   * @return keys {@code (o3_lambda, o3_sigma, first_atom_type, second_atom_type)}, a block for each
   *     pair of types that are neighbors, and for each type with itself; samples {@code (system,
   *     first_atom, second_atom, cell_shift_a, cell_shift_b, cell_shift_c)}; component {@code
   *     o3_mu}, property {@code n}
   */
  @Override
  public TensorMap compute(List<System> systems, Set<PairGradient> gradients) {
    CenterDensity density = new CenterDensity(functions, systems, gradients);
    ExpansionBlocks blocks = new ExpansionBlocks("first_atom_type", "second_atom_type");
    for (int first : density.types()) {
      for (int second : density.types()) {
        PairBlocks.Between between = density.between(first, second);
        if (between.first().length == 0 && first != second) {
          continue;
        }
        TensorBlock flat = density.ofPairs(between);
        for (DensityFunctions.Order order : functions.orders()) {
          boolean withCenters = order.l() == 0 && first == second;
          blocks.add(
              order,
              first,
              second,
              withCenters
                  ? SelfPairs.appended(flat, density.atoms(first), density.ofCenter())
                  : flat);
        }
      }
    }
    return blocks.map();
  }
}
