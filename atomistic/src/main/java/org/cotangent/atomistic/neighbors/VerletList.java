package org.cotangent.atomistic.neighbors;

import java.util.Arrays;
import org.cotangent.atomistic.System;
import org.jspecify.annotations.Nullable;

/**
 * Neighbor lists for a system that moves little from step to step: pairs are searched up to the
 * cutoff plus a skin, and searched again only when an atom has moved by half of the skin or more
 * (L. Verlet, Phys. Rev. 159 (1967) 98). In between, only vectors are computed anew.
 *
 * <p>The result is that of {@link NeighborList#compute}, in the same order; with options that are
 * not strict, the pairs in the skin are left in. The pairs are searched again also when the cell,
 * the periodic directions or the number of atoms change, and when atoms jump because they are
 * wrapped.
 *
 * <p>Not for use by several threads at once.
 */
public final class VerletList {
  private final NeighborListOptions options;
  private final double skin;
  private @Nullable NeighborList candidates;
  private double[] reference = new double[0];
  private double[] cell = new double[0];
  private boolean[] pbc = new boolean[0];

  /**
   * @param skin how much farther than the cutoff to search, in the unit of the positions
   * @throws IllegalArgumentException if the skin is negative or not finite
   */
  public VerletList(NeighborListOptions options, double skin) {
    if (!(skin >= 0 && skin < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the skin of a Verlet list must be finite and not negative, it is " + skin);
    }
    this.options = options;
    this.skin = skin;
  }

  /**
   * Returns the neighbor list of a system, which may be one that has moved since the last call.
   *
   * @throws IllegalArgumentException as {@link NeighborList#compute}
   */
  public NeighborList update(System system) {
    double[] positions = system.positions().toDoubleArray();
    NeighborList pairs = candidates;
    if (pairs == null || !stillHolds(system, positions)) {
      NeighborListOptions wider =
          new NeighborListOptions(options.cutoff() + skin, options.fullList(), true);
      pairs = NeighborList.compute(system, wider);
      candidates = pairs;
      reference = positions;
      cell = system.cell().toDoubleArray();
      pbc = system.pbc();
    }
    double[] vectors = vectors(pairs, positions);
    if (!options.strict()) {
      return new NeighborList(options, pairs.first(), pairs.second(), pairs.shift(), vectors);
    }
    return withinCutoff(pairs, vectors);
  }

  private boolean stillHolds(System system, double[] positions) {
    if (positions.length != reference.length
        || !Arrays.equals(pbc, system.pbc())
        || !Arrays.equals(cell, system.cell().toDoubleArray())) {
      return false;
    }
    double limit = skin * skin / 4;
    for (int i = 0; i < positions.length; i += 3) {
      double dx = positions[i] - reference[i];
      double dy = positions[i + 1] - reference[i + 1];
      double dz = positions[i + 2] - reference[i + 2];
      if (dx * dx + dy * dy + dz * dz >= limit) {
        return false;
      }
    }
    return true;
  }

  private double[] vectors(NeighborList pairs, double[] r) {
    double[] vectors = new double[3 * pairs.size()];
    int[] shift = pairs.shift();
    for (int p = 0; p < pairs.size(); p++) {
      int i = 3 * pairs.first()[p];
      int j = 3 * pairs.second()[p];
      for (int k = 0; k < 3; k++) {
        vectors[3 * p + k] =
            r[j + k]
                - r[i + k]
                + (shift[3 * p] * cell[k]
                    + shift[3 * p + 1] * cell[3 + k]
                    + shift[3 * p + 2] * cell[6 + k]);
      }
    }
    return vectors;
  }

  private NeighborList withinCutoff(NeighborList pairs, double[] vectors) {
    int[] first = pairs.first().clone();
    int[] second = pairs.second().clone();
    int[] shift = pairs.shift().clone();
    double squared = options.cutoff() * options.cutoff();
    int kept = 0;
    for (int p = 0; p < first.length; p++) {
      double x = vectors[3 * p];
      double y = vectors[3 * p + 1];
      double z = vectors[3 * p + 2];
      if (x * x + y * y + z * z < squared) {
        first[kept] = first[p];
        second[kept] = second[p];
        for (int k = 0; k < 3; k++) {
          shift[3 * kept + k] = shift[3 * p + k];
          vectors[3 * kept + k] = vectors[3 * p + k];
        }
        kept++;
      }
    }
    return new NeighborList(
        options,
        Arrays.copyOf(first, kept),
        Arrays.copyOf(second, kept),
        Arrays.copyOf(shift, 3 * kept),
        Arrays.copyOf(vectors, 3 * kept));
  }
}
