package org.cotangent.atomistic.neighbors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The pair lists that metatomic tests engines with. */
class ReferenceListsTest {
  private static final Path FOLDER = Path.of("../../shared/data/neighbors");

  @TestFactory
  List<DynamicTest> files() throws IOException {
    if (!Files.isDirectory(FOLDER)) {
      return List.of(dynamicTest("pair lists", () -> abort("no pair lists in " + FOLDER)));
    }
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.sorted().toList()) {
        tests.add(dynamicTest(file.getFileName().toString(), () -> compare(file)));
      }
    }
    return tests;
  }

  private static void compare(Path file) throws IOException {
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    Tensor positions = matrix(json.get("system").get("positions"));
    Tensor cell = matrix(json.get("system").get("cell"));
    boolean[] pbc = new boolean[3];
    for (int k = 0; k < 9; k++) {
      pbc[k / 3] |= cell.at(k) != 0;
    }
    boolean full = json.get("options").get("full_list").asBoolean();
    double cutoff = json.get("options").get("cutoff").asDouble();
    NeighborList list =
        NeighborList.compute(
            new System(new int[positions.dim(0)], positions, cell, pbc),
            new NeighborListOptions(cutoff, full, true));

    Map<List<Integer>, double[]> found = new HashMap<>();
    for (int p = 0; p < list.size(); p++) {
      int[] s = list.shift();
      int i = list.first()[p];
      int j = list.second()[p];
      double[] v = {list.vectors()[3 * p], list.vectors()[3 * p + 1], list.vectors()[3 * p + 2]};
      double[] back = {-v[0], -v[1], -v[2]};
      found.put(List.of(i, j, s[3 * p], s[3 * p + 1], s[3 * p + 2]), v);
      if (!full) { // either orientation of a half list is right
        found.put(List.of(j, i, -s[3 * p], -s[3 * p + 1], -s[3 * p + 2]), back);
      }
    }
    JsonNode samples = json.get("expected-neighbors").get("samples");
    JsonNode vectors = json.get("expected-neighbors").get("distances");
    assertEquals(samples.size(), list.size());
    for (int p = 0; p < samples.size(); p++) {
      List<Integer> pair = new ArrayList<>();
      samples.get(p).forEach(entry -> pair.add(entry.asInt()));
      double[] v = found.remove(pair);
      for (int k = 0; k < 3; k++) {
        assertEquals(vectors.get(p).get(k).asDouble(), v[k], 1e-6, () -> "pair " + pair);
      }
    }
  }

  private static Tensor matrix(JsonNode rows) {
    double[] values = new double[3 * rows.size()];
    for (int k = 0; k < values.length; k++) {
      values[k] = rows.get(k / 3).get(k % 3).asDouble();
    }
    return Tensor.of(values, rows.size(), 3);
  }
}
