package org.cotangent.atomistic.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Cells that no structure has. They are found before neighbors are looked for: an atom in a cell of
 * nearly no volume has nearly infinitely many.
 */
final class CellFaults {
  /** No atom repeats itself in less, in Å. */
  private static final double SHORTEST = 0.5;

  private CellFaults() {}

  /** Returns what is wrong with the cell of a system, or null. */
  static @Nullable String of(System system) {
    Tensor cell = system.cell();
    List<double[]> spanned = new ArrayList<>(); // periodic vectors, orthogonal to those before
    double measure = 1;
    double least = 1;
    for (int axis = 0; axis < 3; axis++) {
      if (system.pbc(axis)) {
        double[] row = {cell.get(axis, 0), cell.get(axis, 1), cell.get(axis, 2)};
        if (length(row) < SHORTEST) {
          return String.format(
              Locale.ROOT,
              "the lattice vector %s is %s Å long",
              "abc".charAt(axis),
              (float) length(row));
        }
        for (double[] other : spanned) {
          double along = dot(row, other) / dot(other, other);
          for (int k = 0; k < 3; k++) {
            row[k] -= along * other[k];
          }
        }
        measure *= length(row);
        least *= SHORTEST;
        if (measure < least) {
          return "the periodic lattice vectors are linearly dependent, or nearly so";
        }
        spanned.add(row);
      }
    }
    return null;
  }

  private static double dot(double[] one, double[] other) {
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
  }

  private static double length(double[] vector) {
    return Math.sqrt(dot(vector, vector));
  }
}
