package org.cotangent.atomistic.descriptors;

import java.util.Arrays;
import org.cotangent.atomistic.RefusedSystemException;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.Tensor;

/** Which vectors of a system's reciprocal lattice are below a cutoff. */
final class ReciprocalLattice {
  private ReciprocalLattice() {}

  /**
   * Returns the coefficients n of the vectors 2π·n·B with B the inverse transpose of the cell: the
   * zero vector, then one of each two opposite ones that are shorter than the cutoff, {@code
   * [waves, 3]}, float64.
   *
   * @param number what the system is called in messages
   * @throws RefusedSystemException if the system is not periodic in three directions, its cell has
   *     no volume, or no vector is below the cutoff
   */
  static Tensor within(double cutoff, System system, int number) {
    if (!(system.pbc(0) && system.pbc(1) && system.pbc(2))) {
      throw new RefusedSystemException(
          number,
          "LODE needs systems that are periodic in three directions, ",
          " is periodic along " + Arrays.toString(system.pbc()));
    }
    double[] cell = system.cell().toDoubleArray();
    double volume = system.volume();
    if (!(volume > 0)) {
      throw new RefusedSystemException(
          number,
          "LODE needs a cell with a volume, the lattice vectors of ",
          " are linearly dependent: " + Arrays.toString(cell));
    }
    double[] found = coefficients(cell, volume, cutoff);
    if (found.length == 3) {
      throw new RefusedSystemException(
          number,
          "no reciprocal vector of ",
          " is shorter than the k_cutoff " + cutoff + "; raise it");
    }
    return Tensor.of(found, found.length / 3, 3);
  }

  private static double[] coefficients(double[] cell, double volume, double cutoff) {
    double[] reciprocal = new double[9]; // rows 2π·(b×c)/volume and so on, up to a common sign
    int[] most = new int[3];
    for (int a = 0; a < 3; a++) {
      int b = (a + 1) % 3;
      int c = (a + 2) % 3;
      double squared = 0;
      for (int k = 0; k < 3; k++) {
        int k1 = (k + 1) % 3;
        int k2 = (k + 2) % 3;
        double cross = cell[3 * b + k1] * cell[3 * c + k2] - cell[3 * b + k2] * cell[3 * c + k1];
        reciprocal[3 * a + k] = 2 * Math.PI * cross / volume;
        squared += cell[3 * a + k] * cell[3 * a + k];
      }
      most[a] = (int) Math.floor(cutoff * Math.sqrt(squared) / (2 * Math.PI));
    }
    double[] found = new double[3 * 64];
    int count = 1;
    for (int i = 0; i <= most[0]; i++) {
      for (int j = i == 0 ? 0 : -most[1]; j <= most[1]; j++) {
        for (int h = i == 0 && j == 0 ? 1 : -most[2]; h <= most[2]; h++) {
          double squared = 0;
          for (int x = 0; x < 3; x++) {
            double k = i * reciprocal[x] + j * reciprocal[3 + x] + h * reciprocal[6 + x];
            squared += k * k;
          }
          if (squared < cutoff * cutoff) {
            if (3 * count == found.length) {
              found = Arrays.copyOf(found, 2 * found.length);
            }
            found[3 * count] = i;
            found[3 * count + 1] = j;
            found[3 * count++ + 2] = h;
          }
        }
      }
    }
    return Arrays.copyOf(found, 3 * count);
  }
}
