package org.cotangent.atomistic.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.XyzWriter;
import org.cotangent.autodiff.Tensor;

/** Fifty structures of H, C and O of four kinds; those of a kind have the same atoms. */
final class EngineStructures {
  private static final int EACH = 13;

  private EngineStructures() {}

  /** Returns the structures by kind: molecules, crystals, triclinic crystals, slabs. */
  static SequencedMap<String, List<System>> byKind() {
    SequencedMap<String, List<System>> kinds = new java.util.LinkedHashMap<>();
    kinds.put("molecule", displaced(SmallSystems.molecule(), EACH, 0));
    kinds.put("crystal", displaced(crystal(new double[] {4, 0, 0, 0, 4.4, 0, 0, 0, 4.8}), EACH, 1));
    kinds.put(
        "triclinic",
        displaced(crystal(new double[] {4.1, 0, 0, 0.9, 4.3, 0, -0.7, 0.8, 4.6}), EACH - 1, 2));
    System slab = crystal(new double[] {4, 0, 0, 0.6, 4.2, 0, 0, 0, 20});
    System open =
        new System(
            slab.types(),
            slab.positions(),
            Tensor.of(new double[] {4, 0, 0, 0.6, 4.2, 0, 0, 0, 0}, 3, 3),
            new boolean[] {true, true, false});
    kinds.put("slab", displaced(open, EACH - 1, 3));
    return kinds;
  }

  /** Returns solid argon, under some pressure, in as many cubes along each direction. */
  static System argon(int cubes) {
    int atoms = 4 * cubes * cubes * cubes;
    int[] types = new int[atoms];
    Arrays.fill(types, 18);
    double[] positions = new double[3 * atoms];
    for (int k = 0; k < atoms; k++) {
      int cube = k / 4;
      int[] at = {cube / cubes / cubes, cube / cubes % cubes, cube % cubes};
      for (int d = 0; d < 3; d++) {
        boolean face = k % 4 != 0 && k % 4 != d + 1;
        positions[3 * k + d] = 5.4 * (at[d] + (face ? 0.5 : 0));
      }
    }
    double edge = 5.4 * cubes;
    return new System(
        types,
        Tensor.of(positions, atoms, 3),
        Tensor.of(new double[] {edge, 0, 0, 0, edge, 0, 0, 0, edge}, 3, 3),
        new boolean[] {true, true, true});
  }

  private static System crystal(double[] cell) {
    int[] types = {6, 8, 1, 1, 6, 8, 1, 6};
    double[] positions = new double[24];
    for (int k = 0; k < 8; k++) {
      int[] site = {k & 1, k >> 1 & 1, k >> 2};
      for (int d = 0; d < 3; d++) {
        positions[3 * k + d] = 0.3 + 2.0 * site[d] + (d == 0 ? 0.3 * site[1] : 0);
      }
    }
    return new System(
        types, Tensor.of(positions, 8, 3), Tensor.of(cell, 3, 3), new boolean[] {true, true, true});
  }

  private static List<System> displaced(System system, int count, long seed) {
    Random random = new Random(seed);
    List<System> result = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      result.add(
          system.withPositions(
              system.positions().add(SmallSystems.noise(random, 0.1, system.size(), 3))));
    }
    return result;
  }

  static void write(Path file, List<System> systems) throws IOException {
    XyzWriter.write(
        file, systems.stream().map(system -> new Frame(system, Map.of(), Map.of())).toList());
  }
}
