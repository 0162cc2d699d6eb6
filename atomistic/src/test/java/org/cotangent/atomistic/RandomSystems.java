package org.cotangent.atomistic;

import java.util.Random;
import org.cotangent.autodiff.Tensor;

/**
 * Systems for tests of properties that all systems have. Of each, atoms 0, 1 and 2 are in a line
 * along z, where angles to a polar axis are not defined; no two atoms or images are closer than 0.9
 * Å.
 */
public final class RandomSystems {
  private static final double CLOSEST = 0.9;
  private static final int[] TYPES = {1, 6, 8};

  private RandomSystems() {}

  /** Returns a free molecule within about 5 Å. */
  public static System molecule(long seed, int atoms) {
    return of(seed, atoms, new boolean[3]);
  }

  /** Returns a crystal with a skewed cell of 3 to 4.5 Å. */
  public static System crystal(long seed, int atoms) {
    return of(seed, atoms, new boolean[] {true, true, true});
  }

  /** Returns a system that is periodic in some directions. */
  public static System of(long seed, int atoms, boolean[] periodic) {
    Random random = new Random(seed);
    while (true) {
      double[] cell = new double[9];
      for (int k = 0; k < 9; k++) {
        double width = k % 4 == 0 ? random.nextDouble(3, 4.5) : random.nextDouble(-0.7, 0.7);
        cell[k] = periodic[k / 3] ? width : 0;
      }
      double[] positions = new double[3 * atoms];
      int[] types = new int[atoms];
      for (int atom = 0; atom < atoms; atom++) {
        types[atom] = TYPES[atom < 3 ? atom : random.nextInt(3)];
        for (int axis = 0; axis < 3; axis++) {
          positions[3 * atom + axis] = random.nextDouble(0, 3.5);
        }
        if (atom == 1 || atom == 2) {
          positions[3 * atom] = positions[0];
          positions[3 * atom + 1] = positions[1];
          positions[3 * atom + 2] = positions[2] + (atom == 1 ? 1.23 : -1.07);
        }
      }
      if (apart(positions, cell)) {
        return new System(
            types, Tensor.of(positions, atoms, 3), Tensor.of(cell, 3, 3), periodic.clone());
      }
    }
  }

  private static boolean apart(double[] positions, double[] cell) {
    int atoms = positions.length / 3;
    for (int i = 0; i < atoms; i++) {
      for (int j = 0; j <= i; j++) {
        for (int image = 0; image < 27; image++) {
          double squared = 0;
          int[] n = {image % 3 - 1, image / 3 % 3 - 1, image / 9 - 1};
          for (int axis = 0; axis < 3; axis++) {
            double d = positions[3 * i + axis] - positions[3 * j + axis];
            for (int a = 0; a < 3; a++) {
              d += n[a] * cell[3 * a + axis];
            }
            squared += d * d;
          }
          boolean itself = i == j && squared == 0;
          if (!itself && squared < CLOSEST * CLOSEST) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** Returns a random rotation, from a normalised quaternion. */
  public static Tensor rotation(long seed) {
    Random random = new Random(seed);
    double w = random.nextGaussian();
    double x = random.nextGaussian();
    double y = random.nextGaussian();
    double z = random.nextGaussian();
    double s = 2 / (w * w + x * x + y * y + z * z);
    return Tensor.of(
        new double[] {
          1 - s * (y * y + z * z),
          s * (x * y - z * w),
          s * (x * z + y * w),
          s * (x * y + z * w),
          1 - s * (x * x + z * z),
          s * (y * z - x * w),
          s * (x * z - y * w),
          s * (y * z + x * w),
          1 - s * (x * x + y * y)
        },
        3,
        3);
  }

  /** Returns a random order of so many atoms. */
  public static int[] order(long seed, int atoms) {
    Random random = new Random(seed);
    int[] order = new int[atoms];
    for (int k = 0; k < atoms; k++) {
      int other = random.nextInt(k + 1);
      order[k] = order[other];
      order[other] = k;
    }
    return order;
  }
}
