package org.cotangent.atomistic.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.NeighborBlocks;
import org.cotangent.atomistic.neighbors.NeighborList;
import org.cotangent.atomistic.neighbors.NeighborListOptions;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.autodiff.conformance.ValueFormat;
import org.cotangent.metatensor.TensorBlock;

/** Ops {@code neighbor_list} and {@code check_neighbor_list}. */
public final class NeighborCases {
  private NeighborCases() {}

  /** The pairs in their documented order, which is that of the cases. */
  public static Object neighborList(ConformanceCall call) throws IOException {
    System system = Systems.of((JsonNode) call.input("system"));
    NeighborListOptions options = options(call);
    NeighborList list = NeighborList.compute(system, options);
    List<Integer> kept = new ArrayList<>();
    for (int p = 0; p < list.size(); p++) {
      if (options.strict() || length(list, p) < options.cutoff()) {
        kept.add(p);
      }
    }
    int[] pairs = new int[5 * kept.size()];
    double[] vectors = new double[3 * kept.size()];
    for (int row = 0; row < kept.size(); row++) {
      int p = kept.get(row);
      pairs[5 * row] = list.first()[p];
      pairs[5 * row + 1] = list.second()[p];
      java.lang.System.arraycopy(list.shift(), 3 * p, pairs, 5 * row + 2, 3);
      java.lang.System.arraycopy(list.vectors(), 3 * p, vectors, 3 * row, 3);
    }
    return Map.of(
        "pairs", Tensor.of(pairs, kept.size(), 5), "vectors", Tensor.of(vectors, kept.size(), 3));
  }

  public static Object checkNeighborList(ConformanceCall call) throws IOException {
    System system = Systems.of((JsonNode) call.input("system"));
    TensorBlock block = (TensorBlock) call.input("neighbors");
    NeighborListOptions options = options(call);
    System extended = system.withNeighborList(options, block);
    if (call.arg("check_vectors").booleanValue()) {
      NeighborBlocks.checkVectors(system, extended.neighborList(options));
    }
    return "ok";
  }

  private static NeighborListOptions options(ConformanceCall call) {
    return new NeighborListOptions(
        ValueFormat.real(call.arg("cutoff")),
        call.arg("full_list").booleanValue(),
        call.arg("strict").booleanValue());
  }

  private static double length(NeighborList list, int pair) {
    double[] v = list.vectors();
    return Math.sqrt(
        v[3 * pair] * v[3 * pair]
            + v[3 * pair + 1] * v[3 * pair + 1]
            + v[3 * pair + 2] * v[3 * pair + 2]);
  }
}
