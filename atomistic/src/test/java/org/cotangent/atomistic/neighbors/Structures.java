package org.cotangent.atomistic.neighbors;

import java.util.Random;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.Tensor;

/** Systems for tests of pair searches. */
final class Structures {
  private Structures() {}

  /**
   * Returns random atoms, some outside of the cell, in a random cell with the given periodic
   * directions.
   */
  static System random(Random random, int atoms, double edge, boolean... pbc) {
    double[] cell = new double[9];
    for (int d = 0; d < 3; d++) {
      for (int k = 0; k < 3 && pbc[d]; k++) {
        cell[3 * d + k] = (d == k ? edge : 0) + edge * 0.4 * (random.nextDouble() - 0.5);
      }
    }
    double[] positions = new double[3 * atoms];
    for (int k = 0; k < positions.length; k++) {
      positions[k] = edge * (3 * random.nextDouble() - 1);
    }
    return new System(new int[atoms], Tensor.of(positions, atoms, 3), Tensor.of(cell, 3, 3), pbc);
  }

  /** Returns the three flags of a number from 0 to 7. */
  static boolean[] flags(int bits) {
    return new boolean[] {(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0};
  }
}
