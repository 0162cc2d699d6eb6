package org.cotangent.atomistic.descriptors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.cotangent.atomistic.System;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/** What the gradients of anything that depends on distances and directions alone add up to. */
final class SumRules {
  private static final double ROUNDING = 1e-11;

  private SumRules() {}

  /** Σ_k ∂v/∂r_k = 0 for every value: nothing changes if all atoms move together. */
  static void checkPositions(TensorMap map) {
    for (int k = 0; k < map.size(); k++) {
      TensorBlock block = map.block(k);
      TensorBlock gradient = block.gradient("positions");
      double[] sums = new double[3 * block.values().size()];
      double largest = add(sums, gradient, 1, (g, a, b) -> a == 0 ? 1 : 0, block);
      for (double sum : sums) {
        assertEquals(0, sum, ROUNDING * largest, "block " + map.keys().entry(k));
      }
    }
  }

  /**
   * ∂v/∂e_ab = Σ_k r_ka·∂v/∂r_kb + Σ_c cell_ca·∂v/∂cell_cb: a strain moves atoms and lattice
   * vectors, and nothing else.
   */
  static void checkStrain(TensorMap map, System system) {
    double[] r = system.positions().toDoubleArray();
    double[] cell = system.cell().toDoubleArray();
    for (int k = 0; k < map.size(); k++) {
      TensorBlock block = map.block(k);
      double[] expected = new double[9 * block.values().size()];
      TensorBlock positions = block.gradient("positions");
      double largest =
          add(
              expected,
              positions,
              3,
              (g, a, c) -> c == 0 ? r[3 * positions.samples().value(g, 2) + a] : 0,
              block);
      largest =
          Math.max(
              largest,
              add(expected, block.gradient("cell"), 3, (g, a, c) -> cell[3 * c + a], block));
      double[] found = new double[expected.length];
      add(found, block.gradient("strain"), 3, (g, a, c) -> a == c ? 1 : 0, block);
      for (int i = 0; i < expected.length; i++) {
        assertEquals(
            expected[i], found[i], 10 * ROUNDING * largest, "block " + map.keys().entry(k));
      }
    }
  }

  /** A factor of row c of a gradient in row a of a result. */
  private interface Factor {
    double of(int sample, int a, int c);
  }

  /**
   * Adds to {@code [values, rows, 3]}, for each value and a: Σ_c factor(a, c)·gradient[c][b], over
   * all samples of the gradient. Returns the largest number of the gradient, at least 1.
   */
  private static double add(
      double[] sums, TensorBlock gradient, int rows, Factor factor, TensorBlock block) {
    if (gradient.samples().size() == 0) {
      return 1;
    }
    int inner = block.values().size() / block.samples().size();
    double[] values = gradient.values().toDoubleArray();
    int directions = values.length / gradient.samples().size() / inner / 3; // 1 or 3
    double largest = 1;
    for (int g = 0; g < gradient.samples().size(); g++) {
      int sample = gradient.samples().value(g, 0);
      for (int a = 0; a < rows; a++) {
        for (int c = 0; c < directions; c++) {
          for (int b = 0; b < 3; b++) {
            for (int i = 0; i < inner; i++) {
              double value = values[((g * directions + c) * 3 + b) * inner + i];
              largest = Math.max(largest, Math.abs(value));
              sums[((sample * inner + i) * rows + a) * 3 + b] += factor.of(g, a, c) * value;
            }
          }
        }
      }
    }
    return largest;
  }
}
