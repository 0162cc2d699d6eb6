package org.cotangent.atomistic.engine.lammps;

import java.util.Arrays;
import org.cotangent.atomistic.engine.Configuration;

/**
 * The atoms that act on those of one process: these themselves and what is within the interaction
 * range of the box around them. The same ones stay chosen as long as no atom has moved far, so that
 * neighbor lists can be reused.
 */
final class Reach {
  private final double range;
  private final double skin;
  private int[] own = new int[0];
  private int[] chosen = new int[0];
  private double[] reference = new double[0];
  private double[] cell = new double[0];

  /**
   * @param range of the model's interactions, in the unit of the positions; may be infinite
   * @param skin how much farther to look
   */
  Reach(double range, double skin) {
    this.range = range;
    this.skin = skin;
  }

  /**
   * Returns the atoms to compute on, ascending.
   *
   * @param all the atoms of all processes
   * @param mine those of this process, ascending
   */
  int[] choose(Configuration all, int[] mine) {
    if (!stillHolds(all, mine)) {
      chosen = search(all, mine);
      own = mine.clone();
      reference = all.positions().clone();
      cell = all.cell().clone();
    }
    return chosen;
  }

  private boolean stillHolds(Configuration all, int[] mine) {
    if (!Arrays.equals(mine, own)
        || reference.length != all.positions().length
        || !Arrays.equals(cell, all.cell())) {
      return false;
    }
    for (int k = 0; k < reference.length; k += 3) {
      double x = all.positions()[k] - reference[k];
      double y = all.positions()[k + 1] - reference[k + 1];
      double z = all.positions()[k + 2] - reference[k + 2];
      if (x * x + y * y + z * z > skin * skin / 4) {
        return false;
      }
    }
    return true;
  }

  private int[] search(Configuration all, int[] mine) {
    int count = all.types().length;
    double[] inverse = inverse(all.cell());
    double[] fractions = new double[3 * count];
    for (int i = 0; i < count; i++) {
      for (int d = 0; d < 3; d++) {
        for (int k = 0; k < 3; k++) {
          fractions[3 * i + d] += all.positions()[3 * i + k] * inverse[3 * k + d];
        }
      }
    }
    boolean[] within = new boolean[count];
    Arrays.fill(within, mine.length > 0);
    for (int d = 0; d < 3; d++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int i : mine) {
        low = Math.min(low, fractions[3 * i + d]);
        high = Math.max(high, fractions[3 * i + d]);
      }
      // planes of equal fraction 0 and 1 are 1/|column of the inverse| apart
      double height = Math.hypot(Math.hypot(inverse[d], inverse[3 + d]), inverse[6 + d]);
      double reach = (range + skin) * height;
      for (int i = 0; i < count; i++) {
        within[i] &= isBetween(fractions[3 * i + d], low - reach, high + reach, all.pbc()[d]);
      }
    }
    int[] found = new int[count];
    int size = 0;
    for (int i = 0; i < count; i++) {
      if (within[i]) {
        found[size++] = i;
      }
    }
    return Arrays.copyOf(found, size);
  }

  /** Whether a fraction, or one that differs by a whole number if periodic, is in an interval. */
  private static boolean isBetween(double fraction, double low, double high, boolean periodic) {
    if (!periodic) {
      return fraction >= low && fraction <= high;
    }
    return high - low >= 1 || fraction - Math.floor(fraction - low) <= high;
  }

  private static double[] inverse(double[] m) {
    double[] c = {
      m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
      m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
      m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]
    };
    double determinant = m[0] * c[0] + m[1] * c[3] + m[2] * c[6];
    for (int k = 0; k < 9; k++) {
      c[k] /= determinant;
    }
    return c;
  }
}
