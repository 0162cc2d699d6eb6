package org.cotangent.atomistic.neighbors;

import java.util.Arrays;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The cell-list search: atoms are sorted into bins at least about a cutoff wide, and each atom
 * looks only into the bins around its own. With a cell smaller than the cutoff, the bins around an
 * atom are taken more than once, with different shifts; with few atoms there is one bin, and the
 * search is the plain double loop over atoms and images.
 *
 * <p>For a given pair of atoms, the bins are visited in lexicographic order of the shift, as {@link
 * PairBuilder} needs it.
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

  /**
   * Coordinates along the basis vectors, {@code [atoms, 3]}: in [0, 1) along periodic directions,
   * from 0 on along the others.
   */
  private final double[] fractional;

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
    this.fractional = new double[3 * atoms];
    this.rounding = wrap();
    this.binOf = new int[3 * atoms];
    chooseBins();
    this.start = new int[bins[0] * bins[1] * bins[2] + 1];
    this.sorted = new int[atoms];
    this.wrapped = new double[3 * atoms];
    sort();
  }

  /** Fills in images and fractional coordinates, and returns the bound on rounding errors. */
  private double wrap() {
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
                "atom "
                    + i
                    + " is "
                    + cells
                    + " cells away from the origin along direction "
                    + d
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
    double bound = 64 * Math.ulp(1.0) * (longest + cellLength) + 1e-10 * cutoff;
    if (!Double.isFinite(bound)) {
      throw new IllegalArgumentException(
          "positions of the size of " + longest + " are too large for a neighbor list");
    }
    return bound;
  }

  private double rowLength(int d) {
    return Math.abs(cell.rows[3 * d])
        + Math.abs(cell.rows[3 * d + 1])
        + Math.abs(cell.rows[3 * d + 2]);
  }

  private void chooseBins() {
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
      int most =
          count[0] >= count[1] ? (count[0] >= count[2] ? 0 : 2) : count[1] >= count[2] ? 1 : 2;
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
          "a neighbor list of "
              + atoms
              + " atoms with the cutoff "
              + cutoff
              + " would have to look at "
              + candidates * atoms
              + " pairs, the cutoff is too large for this cell");
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
            positions[3 * i + k] - combination(image[3 * i], image[3 * i + 1], image[3 * i + 2], k);
      }
    }
  }

  /** Returns the neighbor list. */
  NeighborList pairs(NeighborListOptions options) {
    PairBuilder pairs = new PairBuilder(atoms);
    for (int i = 0; i < atoms; i++) {
      around(i, options.fullList(), pairs);
      pairs.end(i);
    }
    return pairs.build(options);
  }

  private void around(int i, boolean full, PairBuilder pairs) {
    double[] origin = new double[3];
    for (int k = 0; k < 3; k++) {
      origin[k] =
          positions[3 * i + k] - combination(image[3 * i], image[3 * i + 1], image[3 * i + 2], k);
    }
    double loose = (cutoff + 2 * rounding) * (cutoff + 2 * rounding);
    for (int p = binOf[3 * i] - reach[0]; p <= binOf[3 * i] + reach[0]; p++) {
      int shiftP = Math.floorDiv(p, bins[0]);
      if (tooFar(i, 0, p, shiftP)) {
        continue;
      }
      for (int q = binOf[3 * i + 1] - reach[1]; q <= binOf[3 * i + 1] + reach[1]; q++) {
        int shiftQ = Math.floorDiv(q, bins[1]);
        if (tooFar(i, 1, q, shiftQ)) {
          continue;
        }
        for (int r = binOf[3 * i + 2] - reach[2]; r <= binOf[3 * i + 2] + reach[2]; r++) {
          int shiftR = Math.floorDiv(r, bins[2]);
          if (tooFar(i, 2, r, shiftR)) {
            continue;
          }
          int bin =
              ((p - shiftP * bins[0]) * bins[1] + q - shiftQ * bins[1]) * bins[2]
                  + r
                  - shiftR * bins[2];
          double x = origin[0] - combination(shiftP, shiftQ, shiftR, 0);
          double y = origin[1] - combination(shiftP, shiftQ, shiftR, 1);
          double z = origin[2] - combination(shiftP, shiftQ, shiftR, 2);
          for (int at = start[bin]; at < start[bin + 1]; at++) {
            double dx = wrapped[3 * at] - x;
            double dy = wrapped[3 * at + 1] - y;
            double dz = wrapped[3 * at + 2] - z;
            // the exact test, on positions as given, only for those that can pass it
            if (dx * dx + dy * dy + dz * dz <= loose) {
              accept(i, sorted[at], shiftP, shiftQ, shiftR, full, pairs);
            }
          }
        }
      }
    }
  }

  /** Returns whether all of a layer of bins is farther from an atom than the cutoff. */
  private boolean tooFar(int i, int d, int layer, int shift) {
    if (!pbc[d]) {
      return shift != 0;
    }
    double s = fractional[3 * i + d];
    double gap = Math.max((double) layer / bins[d] - s, s - (double) (layer + 1) / bins[d]);
    return gap * cell.height[d] > cutoff + 2 * rounding;
  }

  private double combination(int a, int b, int c, int k) {
    return a * cell.rows[k] + b * cell.rows[3 + k] + c * cell.rows[6 + k];
  }

  private void accept(
      int i, int j, int shiftP, int shiftQ, int shiftR, boolean full, PairBuilder pairs) {
    if (!full && i > j) {
      return;
    }
    int a = shiftP + image[3 * i] - image[3 * j];
    int b = shiftQ + image[3 * i + 1] - image[3 * j + 1];
    int c = shiftR + image[3 * i + 2] - image[3 * j + 2];
    if (i == j) {
      boolean positive = a != 0 ? a > 0 : b != 0 ? b > 0 : c > 0;
      if ((a | b | c) == 0 || (!full && !positive)) {
        return;
      }
    }
    double x = positions[3 * j] - positions[3 * i] + combination(a, b, c, 0);
    double y = positions[3 * j + 1] - positions[3 * i + 1] + combination(a, b, c, 1);
    double z = positions[3 * j + 2] - positions[3 * i + 2] + combination(a, b, c, 2);
    if (x * x + y * y + z * z < cutoff * cutoff) {
      pairs.add(j, a, b, c, x, y, z);
    }
  }
}
