package org.cotangent.atomistic.neighbors;

import java.util.Arrays;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The cell-list search: atoms are sorted into bins at least about a cutoff wide, and each atom looks
 * only into the bins around its own. With a cell smaller than the cutoff, the bins around an atom
 * are taken more than once, with different shifts; with few atoms there is one bin, and the search is
 * the plain double loop over atoms and images.
 *
 * <p>The sorted order of the result comes for free. The outer loop runs over the <i>second</i> atom
 * of the pairs, ascending, and appends each pair to the row of its first atom, so every row is
 * sorted by second atom. The images of one pair of atoms are met in lexicographic order of the
 * shift of the first atom relative to the second, which is the reverse of the order wanted; reading
 * them backwards puts it right.
 */
final class CellList {
  /** With fewer atoms, bins cost more than they save. */
  private static final int FEW_ATOMS = 32;

  /** Candidates examined beyond which a search would take hours. */
  private static final double MAX_CANDIDATES = 1e12;

  private final SearchCell cell;
  private final double cutoff;
  private final int atoms;
  private final boolean[] pbc;

  /** The positions as given, {@code [atoms, 3]}. */
  private final double[] positions;

  /** How many cells away from the cell at the origin each atom is, {@code [atoms, 3]}. */
  private final int[] image;

  /** The number of bins along each direction. */
  private final int[] bins = {1, 1, 1};

  /** How many bins to look at on either side of an atom's own. */
  private final int[] reach = new int[3];

  /** Each atom's bin, {@code [atoms, 3]}. */
  private final int[] binOf;

  /** The atoms of bin b are {@code sorted[start[b] .. start[b+1]-1]}, ascending. */
  private final int[] start;

  private final int[] sorted;

  /** Positions moved into the cell at the origin, in the order of {@link #sorted}. */
  private final double[] wrapped;

  /** An upper bound of the rounding errors of lengths in this system. */
  private final double rounding;

  CellList(System system, double cutoff) {
    this.cutoff = cutoff;
    this.atoms = system.size();
    this.pbc = system.pbc();
    this.positions =
        system.dtype() == DType.FLOAT64
            ? TensorData.doubles(system.positions())
            : system.positions().toDoubleArray();
    this.cell = new SearchCell(system);
    this.image = new int[3 * atoms];
    double[] fractional = new double[3 * atoms];
    this.rounding = wrap(fractional);
    this.binOf = new int[3 * atoms];
    chooseBins(fractional);
    this.start = new int[bins[0] * bins[1] * bins[2] + 1];
    this.sorted = new int[atoms];
    this.wrapped = new double[3 * atoms];
    sort();
  }

  /**
   * Fills in fractional coordinates, in [0, 1) along periodic directions and from 0 on along the
   * others, and returns the bound on rounding errors.
   */
  private double wrap(double[] fractional) {
    double[] lowest = new double[3];
    Arrays.fill(lowest, Double.POSITIVE_INFINITY);
    double longest = 0;
    for (int i = 0; i < atoms; i++) {
      double length = 0;
      for (int d = 0; d < 3; d++) {
        double s = 0;
        for (int k = 0; k < 3; k++) {
          s += positions[3 * i + k] * cell.inverse[3 * k + d];
          length += Math.abs(positions[3 * i + k]);
        }
        if (pbc[d]) {
          double cells = Math.floor(s);
          if (!(Math.abs(cells) < 1 << 29)) {
            throw new IllegalArgumentException(
                "atom " + i + " is " + cells + " cells away from the origin along direction " + d
                    + ", wrap the positions into the cell first");
          }
          image[3 * i + d] = (int) cells;
          s -= cells;
          length += Math.abs(cells) * rowLength(d);
        }
        fractional[3 * i + d] = s;
        lowest[d] = Math.min(lowest[d], s);
      }
      longest = Math.max(longest, length);
    }
    for (int i = 0; i < atoms; i++) {
      for (int d = 0; d < 3; d++) {
        if (!pbc[d]) {
          fractional[3 * i + d] -= lowest[d];
        }
      }
    }
    double cellLength = rowLength(0) + rowLength(1) + rowLength(2);
    return 64 * Math.ulp(1.0) * (longest + cellLength) + 1e-10 * cutoff;
  }

  private double rowLength(int d) {
    return Math.abs(cell.rows[3 * d])
        + Math.abs(cell.rows[3 * d + 1])
        + Math.abs(cell.rows[3 * d + 2]);
  }

  private void chooseBins(double[] fractional) {
    double[] extent = new double[3];
    double[] count = new double[3];
    for (int d = 0; d < 3; d++) {
      extent[d] = pbc[d] ? 1 : 0;
      for (int i = 0; i < atoms && !pbc[d]; i++) {
        extent[d] = Math.max(extent[d], fractional[3 * i + d]);
      }
      count[d] = Math.max(1, Math.floor(extent[d] * cell.height[d] / (cutoff + rounding)));
    }
    double limit = atoms < FEW_ATOMS ? 1 : 4.0 * atoms;
    while (count[0] * count[1] * count[2] > limit) {
      int most = count[0] >= count[1] ? (count[0] >= count[2] ? 0 : 2) : count[1] >= count[2] ? 1 : 2;
      // beyond the limit in one step when far away, then by halves
      count[most] = Math.max(1, Math.floor(Math.min(count[most] / 2, limit)));
    }
    double candidates = atoms;
    for (int d = 0; d < 3; d++) {
      bins[d] = (int) count[d];
      double range = Math.ceil((cutoff + rounding) / cell.height[d] * count[d] / extent[d]);
      if (!pbc[d]) {
        range = bins[d] == 1 ? 0 : Math.min(range, bins[d] - 1);
      }
      reach[d] = (int) Math.min(range, Integer.MAX_VALUE);
      candidates *= (2 * range + 1) / count[d];
      for (int i = 0; i < atoms; i++) {
        double b = bins[d] == 1 ? 0 : fractional[3 * i + d] / extent[d] * bins[d];
        binOf[3 * i + d] = (int) Math.min(b, bins[d] - 1);
      }
    }
    if (candidates * atoms > MAX_CANDIDATES) {
      throw new IllegalArgumentException(
          "a neighbor list of " + atoms + " atoms with the cutoff " + cutoff + " would have to look at "
              + candidates * atoms + " pairs, the cutoff is too large for this cell");
    }
  }

  /** Sorts the atoms by bin (a counting sort, so atoms stay ascending within a bin). */
  private void sort() {
    int[] bin = new int[atoms];
    for (int i = 0; i < atoms; i++) {
      bin[i] = (binOf[3 * i] * bins[1] + binOf[3 * i + 1]) * bins[2] + binOf[3 * i + 2];
      start[bin[i] + 1]++;
    }
    for (int b = 1; b < start.length; b++) {
      start[b] += start[b - 1];
    }
    int[] next = start.clone();
    for (int i = 0; i < atoms; i++) {
      int at = next[bin[i]]++;
      sorted[at] = i;
      for (int k = 0; k < 3; k++) {
        wrapped[3 * at + k] =
            positions[3 * i + k]
                - (image[3 * i] * cell.rows[k]
                    + image[3 * i + 1] * cell.rows[3 + k]
                    + image[3 * i + 2] * cell.rows[6 + k]);
      }
    }
  }

  /** Returns the neighbor list. */
  NeighborList pairs(NeighborListOptions options) {
    Candidates found = new Candidates(atoms);
    for (int j = 0; j < atoms; j++) {
      found.begin(j);
      around(j, options.fullList(), found);
    }
    return found.transposed(options, positions, cell.rows);
  }

  /** Appends all first atoms i of pairs whose second atom is j, with the shift of i relative to j. */
  private void around(int j, boolean full, Candidates found) {
    double x = positions[3 * j];
    double y = positions[3 * j + 1];
    double z = positions[3 * j + 2];
    double[] c = cell.rows;
    double moveX = image[3 * j] * c[0] + image[3 * j + 1] * c[3] + image[3 * j + 2] * c[6];
    double moveY = image[3 * j] * c[1] + image[3 * j + 1] * c[4] + image[3 * j + 2] * c[7];
    double moveZ = image[3 * j] * c[2] + image[3 * j + 1] * c[5] + image[3 * j + 2] * c[8];
    double loose = (cutoff + 2 * rounding) * (cutoff + 2 * rounding);
    for (int p = binOf[3 * j] - reach[0]; p <= binOf[3 * j] + reach[0]; p++) {
      int shiftP = Math.floorDiv(p, bins[0]);
      if (!pbc[0] && shiftP != 0) {
        continue;
      }
      for (int q = binOf[3 * j + 1] - reach[1]; q <= binOf[3 * j + 1] + reach[1]; q++) {
        int shiftQ = Math.floorDiv(q, bins[1]);
        if (!pbc[1] && shiftQ != 0) {
          continue;
        }
        for (int r = binOf[3 * j + 2] - reach[2]; r <= binOf[3 * j + 2] + reach[2]; r++) {
          int shiftR = Math.floorDiv(r, bins[2]);
          if (!pbc[2] && shiftR != 0) {
            continue;
          }
          int bin =
              ((p - shiftP * bins[0]) * bins[1] + q - shiftQ * bins[1]) * bins[2]
                  + r - shiftR * bins[2];
          double originX = x - moveX - (shiftP * c[0] + shiftQ * c[3] + shiftR * c[6]);
          double originY = y - moveY - (shiftP * c[1] + shiftQ * c[4] + shiftR * c[7]);
          double originZ = z - moveZ - (shiftP * c[2] + shiftQ * c[5] + shiftR * c[8]);
          for (int at = start[bin]; at < start[bin + 1]; at++) {
            double dx = wrapped[3 * at] - originX;
            double dy = wrapped[3 * at + 1] - originY;
            double dz = wrapped[3 * at + 2] - originZ;
            // the exact test, on positions as given, only for those that can pass it
            if (dx * dx + dy * dy + dz * dz <= loose) {
              accept(sorted[at], j, shiftP, shiftQ, shiftR, full, found);
            }
          }
        }
      }
    }
  }

  private void accept(
      int i, int j, int shiftP, int shiftQ, int shiftR, boolean full, Candidates found) {
    if (!full && i > j) {
      return;
    }
    int a = shiftP + image[3 * j] - image[3 * i];
    int b = shiftQ + image[3 * j + 1] - image[3 * i + 1];
    int c = shiftR + image[3 * j + 2] - image[3 * i + 2];
    if (i == j) {
      // the pair's own shift is the negative of (a, b, c)
      boolean negative = a != 0 ? a < 0 : b != 0 ? b < 0 : c < 0;
      if ((a | b | c) == 0 || (!full && !negative)) {
        return;
      }
    }
    double dx = Candidates.component(positions, cell.rows, j, i, a, b, c, 0);
    double dy = Candidates.component(positions, cell.rows, j, i, a, b, c, 1);
    double dz = Candidates.component(positions, cell.rows, j, i, a, b, c, 2);
    if (dx * dx + dy * dy + dz * dz < cutoff * cutoff) {
      found.add(i, a, b, c);
    }
  }
}
