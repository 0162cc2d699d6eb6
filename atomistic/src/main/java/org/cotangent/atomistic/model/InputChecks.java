package org.cotangent.atomistic.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.RefusedSystemException;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.NeighborBlocks;
import org.cotangent.autodiff.DType;
import org.cotangent.metatensor.Labels;
import org.jspecify.annotations.Nullable;

/** Whether an engine gives a model what it needs, and asks for what it can compute. */
public final class InputChecks {
  private InputChecks() {}

  /**
   * Checks that all atoms are of types that a model knows.
   *
   * @throws RefusedSystemException naming the first atom that is not
   */
  public static void checkTypes(List<System> systems, Collection<Integer> types) {
    for (int s = 0; s < systems.size(); s++) {
      System system = systems.get(s);
      for (int atom = 0; atom < system.size(); atom++) {
        int type = system.type(atom);
        if (!types.contains(type)) {
          throw new RefusedSystemException(
              s,
              "atom " + atom + " of ",
              " is %s, the model knows only %s"
                  .formatted(printed(type), types.stream().map(InputChecks::printed).toList()));
        }
      }
    }
  }

  private static String printed(int type) {
    return type > 0 && type <= Elements.MAX_NUMBER ? Elements.symbol(type) : "type " + type;
  }

  /**
   * Checks that an output can be computed as it is asked for.
   *
   * @param declared by the model, null if it is not
   */
  static void checkRequest(
      String name,
      @Nullable ModelOutput declared,
      ModelOutput request,
      Collection<String> outputs) {
    if (declared == null) {
      throw new IllegalArgumentException(
          "the model cannot compute '%s', only %s".formatted(name, outputs));
    }
    for (String parameter : request.explicitGradients()) {
      if (!declared.explicitGradients().contains(parameter)) {
        throw new IllegalArgumentException(
            "the model gives no explicit gradient of '%s' by '%s', only by %s"
                .formatted(name, parameter, declared.explicitGradients()));
      }
    }
    SampleKind wanted = request.sampleKind();
    SampleKind has = declared.sampleKind();
    boolean possible = wanted == has || (wanted == SampleKind.SYSTEM && has == SampleKind.ATOM);
    if (!possible) {
      throw new IllegalArgumentException(
          "the model computes '%s' by %s, not by %s".formatted(name, has, wanted));
    }
  }

  /** Checks that the selected atoms are there. */
  static void checkSelected(List<System> systems, Labels selected) {
    for (int row = 0; row < selected.size(); row++) {
      int system = selected.value(row, 0);
      int atom = selected.value(row, 1);
      if (system < 0 || system >= systems.size()) {
        throw new IllegalArgumentException(
            "selected atom %d, %s, is of one of %d systems"
                .formatted(row, selected.entry(row).print(), systems.size()));
      }
      if (atom < 0 || atom >= systems.get(system).size()) {
        throw new IllegalArgumentException(
            "selected atom %d, %s, is of a system that has %d atoms"
                .formatted(row, selected.entry(row).print(), systems.get(system).size()));
      }
    }
  }

  /** Checks element type, neighbor lists and custom data of the systems. */
  static void checkSystems(
      List<System> systems,
      DType dtype,
      List<NeighborListRequest> neighborLists,
      Map<String, ModelOutput> inputs) {
    for (int s = 0; s < systems.size(); s++) {
      System system = systems.get(s);
      if (system.dtype() != dtype) {
        throw new IllegalArgumentException(
            "system %d is of %s, the model wants %s: convert it with to(DType)"
                .formatted(s, system.dtype(), dtype));
      }
      for (NeighborListRequest request : neighborLists) {
        checkNeighborList(s, system, request);
      }
      OutputChecks layout = new OutputChecks(new int[] {system.size()}, null, dtype);
      for (Map.Entry<String, ModelOutput> input : inputs.entrySet()) {
        if (!system.data().containsKey(input.getKey())) {
          throw new IllegalArgumentException(
              "system %d has no data called '%s', which the model needs: add it with withData"
                  .formatted(s, input.getKey()));
        }
        layout.check(input.getKey(), system.data(input.getKey()), input.getValue());
      }
    }
  }

  private static void checkNeighborList(int s, System system, NeighborListRequest request) {
    if (!system.neighborLists().containsKey(request.options())) {
      throw new IllegalArgumentException(
          "system %d has no neighbor list for %s, which %s asked for: add it with withNeighborList"
              .formatted(s, request.options(), request.requestors()));
    }
    try {
      NeighborBlocks.checkVectors(system, system.neighborList(request.options()));
    } catch (IllegalArgumentException refusal) {
      throw new IllegalArgumentException(
          "in the neighbor list of system %d for %s, %s"
              .formatted(s, request.options(), refusal.getMessage()),
          refusal);
    }
  }
}
