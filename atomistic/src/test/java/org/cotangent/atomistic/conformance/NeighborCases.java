package org.cotangent.atomistic.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.NeighborList;
import org.cotangent.atomistic.neighbors.NeighborListOptions;
import org.cotangent.autodiff.Tensor;

/** Op {@code neighbor_list}. */
public final class NeighborCases {
  private NeighborCases() {}

  public static void neighborList(ConformanceCase test) throws IOException {
    System system = Systems.of(test.inputJson("system"));
    NeighborListOptions options =
        new NeighborListOptions(
            ConformanceCase.number(test.args().get("cutoff")),
            test.args().get("full_list").asBoolean(),
            test.args().get("strict").asBoolean());
    NeighborList list = NeighborList.compute(system, options);
    Tensor pairs = test.expectedTensor("pairs");
    Tensor vectors = test.expectedTensor("vectors");

    Map<List<Integer>, Integer> found = new HashMap<>();
    for (int p = 0; p < list.size(); p++) {
      int[] s = list.shift();
      found.put(
          List.of(list.first()[p], list.second()[p], s[3 * p], s[3 * p + 1], s[3 * p + 2]), p);
    }
    assertEquals(list.size(), found.size(), "a pair is listed twice");
    Set<List<Integer>> expected = new HashSet<>();
    for (int row = 0; row < pairs.dim(0); row++) {
      List<Integer> pair =
          Arrays.stream(Arrays.copyOfRange(pairs.toIntArray(), 5 * row, 5 * row + 5))
              .boxed()
              .toList();
      expected.add(pair);
      assertTrue(found.containsKey(pair), () -> "the pair " + pair + " is missing");
      for (int k = 0; k < 3; k++) {
        double value = vectors.at(3 * row + k);
        assertEquals(
            value,
            list.vectors()[3 * found.get(pair) + k],
            test.atol() + test.rtol() * Math.abs(value));
      }
    }
    for (Map.Entry<List<Integer>, Integer> entry : found.entrySet()) {
      if (!expected.contains(entry.getKey())) {
        assertTrue(!options.strict(), () -> "the pair " + entry.getKey() + " should not be there");
        double[] v = list.vectors();
        int at = 3 * entry.getValue();
        double squared = v[at] * v[at] + v[at + 1] * v[at + 1] + v[at + 2] * v[at + 2];
        assertTrue(squared >= options.cutoff() * options.cutoff());
      }
    }
  }
}
