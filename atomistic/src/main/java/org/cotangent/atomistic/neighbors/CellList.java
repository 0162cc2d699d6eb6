package org.cotangent.atomistic.neighbors;

import java.util.Arrays;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The atoms of a system sorted into bins at least about a cutoff wide, so that an atom's neighbors
 * are in the bins around its own. With a cell smaller than the cutoff, the bins around an atom are
 * taken more than once, with different shifts; with few atoms there is one bin. {@link PairSearch}
 * looks into them; nothing here changes once it is made, so that several threads may.
 */
final class CellList {
  /**
   * How many bins there are within a cutoff along each direction. Along the last, where bins stand
   * one after the other, more cost nothing, and those out of reach are left out.
   */
  private static final int[] FINENESS = {1, 1, 4};

  /** With fewer atoms, bins cost more than they save. */
  private static final int FEW_ATOMS = 32;

  /** Candidates examined beyond which a search would take hours. */
  private static final double MAX_CANDIDATES = 1e12;

  final SearchCell cell;
  final double cutoff;
  final int atoms;
  final boolean[] pbc;

  /** The positions as given, {@code [atoms, 3]}. */
  final double[] positions;

  /** How many cells away from the cell at the origin each atom is, {@code [atoms, 3]}. */
  final int[] image;

  /**
   * Coordinates along the basis vectors in units of bins, {@code [atoms, 3]}, from 0 on: an atom's
   * bin is the whole part.
   */
  private final double[] place;

  /** The distance between the two faces of a bin along each direction. */
  private final double[] width = new double[3];

  /** How many bins along the last direction a length spans. */
  final double layersPerLength;

  /** The number of bins along each direction. */
  final int[] bins = {1, 1, 1};

  /** How many bins to look at on either side of an atom's own. */
  final int[] reach = new int[3];

  /** Each atom's bin, {@code [atoms, 3]}. */
  final int[] binOf;

  /** The atoms of bin b are {@code sorted[start[b] .. start[b+1]-1]}, ascending. */
  final int[] start;

  final int[] sorted;

  /** Positions moved into the cell at the origin, in the order of {@link #sorted}. */
  final double[] wrappedX;

  final double[] wrappedY;
  final double[] wrappedZ;

  /**
   * Positions as given and images in the same order, which is that of space, {@code [atoms, 3]}.
   */
  final double[] slotPosition;

  final int[] slotImage;

  /** Whether all atoms are in the cell at the origin. */
  final boolean allInside;

  /** An upper bound of the rounding errors of lengths in this system. */
  final double rounding;

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
    this.place = new double[3 * atoms];
    this.rounding = wrap();
    this.binOf = new int[3 * atoms];
    chooseBins();
    this.layersPerLength = width[2] > 0 ? 1 / width[2] : 0;
    this.start = new int[bins[0] * bins[1] * bins[2] + 1];
    this.sorted = new int[atoms];
    this.slotPosition = new double[3 * atoms];
    this.slotImage = new int[3 * atoms];
    boolean inside = true;
    for (int cellsAway : image) {
      inside &= cellsAway == 0;
    }
    this.allInside = inside;
    this.wrappedX = new double[atoms];
    this.wrappedY = new double[atoms];
    this.wrappedZ = new double[atoms];
    sort();
  }

  /**
   * Fills in images and coordinates in units of cells, and returns the bound on rounding errors.
   */
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
        place[3 * i + d] = s;
        lowest[d] = Math.min(lowest[d], s);
      }
      longest = Math.max(longest, length);
    }
    for (int i = 0; i < atoms; i++) {
      for (int d = 0; d < 3; d++) {
        if (!pbc[d]) {
          place[3 * i + d] -= lowest[d];
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
        extent[d] = Math.max(extent[d], place[3 * i + d]);
      }
      double fitting = extent[d] * cell.height[d] / (cutoff + rounding);
      count[d] = Math.max(1, Math.floor(FINENESS[d] * fitting));
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
      width[d] = extent[d] * cell.height[d] / bins[d];
      for (int i = 0; i < atoms; i++) {
        double in = extent[d] == 0 ? 0 : place[3 * i + d] / extent[d] * bins[d];
        place[3 * i + d] = in;
        binOf[3 * i + d] = (int) Math.min(in, bins[d] - 1);
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
      java.lang.System.arraycopy(positions, 3 * i, slotPosition, 3 * at, 3);
      java.lang.System.arraycopy(image, 3 * i, slotImage, 3 * at, 3);
      wrappedX[at] = wrapped(i, 0);
      wrappedY[at] = wrapped(i, 1);
      wrappedZ[at] = wrapped(i, 2);
    }
  }

  /** Returns a coordinate of an atom moved into the cell at the origin. */
  double wrapped(int i, int k) {
    return positions[3 * i + k] - combination(image[3 * i], image[3 * i + 1], image[3 * i + 2], k);
  }

  /** Returns where an atom is along a direction, in units of bins. */
  double place(int i, int d) {
    return place[3 * i + d];
  }

  /** Returns the distance between the two faces of a bin along a direction. */
  double width(int d) {
    return width[d];
  }

  /** Returns a coordinate of an integer combination of the basis vectors. */
  double combination(int a, int b, int c, int k) {
    return a * cell.rows[k] + b * cell.rows[3 + k] + c * cell.rows[6 + k];
  }
}
