package org.cotangent.atomistic.engine;

import org.cotangent.atomistic.System;
import org.cotangent.autodiff.Tensor;

/**
 * Atoms as an engine has them, in its units.
 *
 * @param types the atomic number of each atom, {@code [atoms]}
 * @param positions {@code [atoms·3]}, in the engine's unit of length
 * @param cell the lattice vectors as rows, {@code [9]}, in the engine's unit of length; rows of
 *     directions that are not periodic do not matter
 * @param pbc which of the three lattice directions are periodic, {@code [3]}
 */
public record Configuration(int[] types, double[] positions, double[] cell, boolean[] pbc) {
  /**
   * @throws IllegalArgumentException if an array has another length
   */
  public Configuration {
    if (positions.length != 3 * types.length || cell.length != 9 || pbc.length != 3) {
      throw new IllegalArgumentException(
          "%d atoms need %d coordinates, a cell of 9 numbers and 3 periodic directions, got %d, %d and %d"
              .formatted(
                  types.length, 3 * types.length, positions.length, cell.length, pbc.length));
    }
  }

  /** Returns the atoms of a system whose lengths are in the engine's unit. */
  public static Configuration of(System system) {
    return new Configuration(
        system.types(),
        system.positions().toDoubleArray(),
        system.cell().toDoubleArray(),
        system.pbc());
  }

  /** Returns the same atoms elsewhere. */
  public Configuration moved(double[] positions, double[] cell) {
    return new Configuration(types, positions, cell, pbc);
  }

  /**
   * Returns the atoms as a system in Å, float64.
   *
   * @param length the engine's unit of length, in Å
   * @throws IllegalArgumentException if a number is not finite, or the three vectors of a cell are
   *     left-handed or span no volume; the message names the atom or gives the volume
   */
  System system(double length) {
    double[] rows = cell.clone();
    for (int k = 0; k < 9; k++) {
      rows[k] = pbc[k / 3] ? rows[k] * length : 0;
    }
    double volume =
        rows[0] * (rows[4] * rows[8] - rows[5] * rows[7])
            + rows[1] * (rows[5] * rows[6] - rows[3] * rows[8])
            + rows[2] * (rows[3] * rows[7] - rows[4] * rows[6]);
    if (pbc[0] && pbc[1] && pbc[2] && volume <= 0) {
      throw new IllegalArgumentException(
          "the cell has the volume %.6g Å³: its vectors must be right-handed and linearly independent"
              .formatted(volume));
    }
    double[] scaled = positions.clone();
    for (int k = 0; k < scaled.length; k++) {
      scaled[k] *= length;
    }
    return new System(types, Tensor.of(scaled, types.length, 3), Tensor.of(rows, 3, 3), pbc);
  }
}
