package org.cotangent.atomistic.model;

import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.System;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model has to implement to be used by engines, through {@link AtomisticModel}. Everything
 * here is in the model's own units and element type.
 */
public interface Model {
  /**
   * Computes quantities.
   *
   * @param systems with the requested neighbor lists and inputs. Positions, cells and neighbor
   *     vectors may be recorded: what is returned should be computed from them on the tape, so that
   *     engines can differentiate through it
   * @param outputs what to return, by name: some of the outputs that the model declares. {@code
   *     atom} may be asked for as {@code system}, that is, summed over the atoms
   * @param selectedAtoms labels {@code (system, atom)} of the atoms to make rows for, all others
   *     only act on them; summed per system, only over these, and only for systems that have some.
   *     Null for all
   * @return exactly the requested outputs
   */
  Map<String, TensorMap> evaluate(
      List<System> systems, Map<String, ModelOutput> outputs, @Nullable Labels selectedAtoms);

  /** Returns the neighbor lists that systems need to have. */
  default List<NeighborListRequest> requestedNeighborLists() {
    return List.of();
  }

  /** Returns the custom data that systems need to have, by name. */
  default Map<String, ModelOutput> requestedInputs() {
    return Map.of();
  }
}
