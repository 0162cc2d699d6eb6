package org.cotangent.atomistic.descriptors;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorMap;

/**
 * Numbers that describe the surroundings of an atom and do not change when they are rotated: what
 * networks of elements see ({@link org.cotangent.atomistic.potentials.NetworkPotential}). Unlike
 * those of a {@link Descriptor}, they are the same for every system: as many for each atom as the
 * types in all give, zero where a neighbor of a type is missing.
 */
public sealed interface InvariantDescriptor
    permits NeighborDensity, SoapInvariants, SymmetryInvariants {
  /** Returns the atomic types that may occur, ascending. */
  List<Integer> types();

  /** Returns how far neighbors are seen, in the unit of the positions. */
  double cutoff();

  /** Returns the number of features of one atom. */
  int size();

  /** Returns one sentence's end that says what the numbers are, such as "invariants of …". */
  String description();

  /**
   * Computes the features of all atoms. They are on the tape where positions, cells or vectors are
   * recorded, to any order of derivatives.
   *
   * @param pairs found with {@link #cutoff}
   * @param positions of all atoms, {@code [atoms, 3]}: those of the systems, possibly recorded
   * @param gradients which explicit gradients are carried
   * @return keys {@code center_type}, one for each of {@link #types}; samples {@code (system,
   *     atom)}; one property for each feature
   * @throws IllegalArgumentException if an atom is of another type
   */
  TensorMap compute(PairBlocks pairs, Tensor positions, Set<PairGradient> gradients);

  /** Computes the features of systems of one element type. */
  default TensorMap compute(List<System> systems, Set<PairGradient> gradients) {
    PairBlocks pairs = new PairBlocks(systems, cutoff());
    return compute(pairs, pairs.positions(), gradients);
  }

  /** Computes the features of systems of one element type, without explicit gradients. */
  default TensorMap compute(List<System> systems) {
    return compute(systems, EnumSet.noneOf(PairGradient.class));
  }

  /** The keys {@code center_type} of a map with a block for each type. */
  static Labels keys(List<Integer> types) {
    return Labels.of("center_type", types.stream().mapToInt(Integer::intValue).toArray());
  }
}
