package org.cotangent.atomistic.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cotangent.atomistic.neighbors.NeighborListOptions;
import org.cotangent.atomistic.units.Units;

/**
 * A neighbor list that a model needs, and which of its parts asked for it.
 *
 * @param options the list, its cutoff in the model's length unit; also the name under which engines
 *     add it to a system, whatever their own unit is
 * @param lengthUnit of the cutoff; empty for that of the model
 * @param requestors the parts of the model that asked
 */
public record NeighborListRequest(
    NeighborListOptions options, String lengthUnit, List<String> requestors) {

  /**
   * Leaves out empty and repeated requestors.
   *
   * @throws IllegalArgumentException if the length unit is not one
   */
  public NeighborListRequest {
    ModelCapabilities.checkLength(lengthUnit);
    Set<String> distinct = new LinkedHashSet<>(requestors);
    distinct.remove("");
    requestors = List.copyOf(distinct);
  }

  /** Returns the request of one part of a model, in the model's length unit. */
  public static NeighborListRequest of(NeighborListOptions options, String requestor) {
    return new NeighborListRequest(options, "", List.of(requestor));
  }

  /**
   * Returns the list to compute on systems in an engine's length unit.
   *
   * @throws IllegalArgumentException if it is not a length unit
   */
  public NeighborListOptions engineOptions(String unit) {
    double cutoff = options.cutoff() * Units.conversionFactor(lengthUnit, unit);
    return new NeighborListOptions(cutoff, options.fullList(), options.strict());
  }

  /**
   * Returns the requests of a model with equal lists joined, all in the model's length unit.
   *
   * @throws IllegalArgumentException if a request is in another unit
   */
  static List<NeighborListRequest> merged(List<NeighborListRequest> all, String lengthUnit) {
    List<NeighborListRequest> merged = new ArrayList<>();
    for (NeighborListRequest request : all) {
      if (!request.lengthUnit.isEmpty() && !request.lengthUnit.equals(lengthUnit)) {
        throw new IllegalArgumentException(
            "%s asks for a neighbor list in '%s', the model's length unit is '%s'"
                .formatted(request.requestors, request.lengthUnit, lengthUnit));
      }
      int known = 0;
      while (known < merged.size() && !merged.get(known).options.equals(request.options)) {
        known++;
      }
      List<String> requestors = new ArrayList<>();
      if (known < merged.size()) {
        requestors.addAll(merged.remove(known).requestors);
      }
      requestors.addAll(request.requestors);
      merged.add(known, new NeighborListRequest(request.options, lengthUnit, requestors));
    }
    return List.copyOf(merged);
  }
}
