package org.cotangent.atomistic.neighbors;

import java.util.Arrays;

/**
 * Finds the pairs of single first atoms in a {@link CellList}; for one thread.
 *
 * <p>Bins along the last direction stand one after the other, so that those around an atom are few
 * runs of consecutive atoms. All atoms of a run are tested at once with positions moved into one
 * cell, which is fast and off by roundings; the exact test, on positions as given, is only for
 * those that can pass it.
 *
 * <p>For a given pair of atoms, runs come in lexicographic order of the shift, so that sorting by
 * second atom and order of arrival is enough.
 */
final class PairSearch {
  private final CellList cells;
  private final boolean full;

  /** The squared distances beyond which no pair is accepted, and below which each is. */
  private final double loose;

  private final double tight;

  /** The layers of bins around the atom along the first two directions: see {@link Layers}. */
  private final Layers[] around;

  /** The atom, moved into the cell at the origin, and its place along the last direction. */
  private double atomX;

  private double atomY;
  private double atomZ;
  private double place;

  /** The first bin of the row, the next of its layers to look at and the last. */
  private int row;

  private int layer;
  private int lastLayer;

  /** The shift of the run, its slots, and the atom as seen from there. */
  private int a;

  private int b;
  private int c;
  private int begin;
  private int end;
  private double x;
  private double y;
  private double z;

  /** The slots of a run that pass the first test. */
  private int[] near = new int[64];

  /** The pairs found: second atom in the upper, arrival in the lower half. */
  private long[] arrivals = new long[64];

  private int[] shifts = new int[3 * 64];
  private double[] vectors = new double[3 * 64];
  private int arrived;

  PairSearch(CellList cells, boolean full) {
    this.cells = cells;
    this.full = full;
    double outer = cells.cutoff + 2 * cells.rounding;
    loose = outer * outer;
    around = new Layers[] {new Layers(cells, 0, outer), new Layers(cells, 1, outer)};
    double inner = Math.max(0, cells.cutoff - 2 * cells.rounding);
    tight = inner * inner;
  }

  /** Returns the number of pairs with this first atom. */
  int count(int i) {
    if (!full) {
      return find(i);
    }
    surround(i);
    int passed = 0;
    int sure = 0;
    for (int p = 0; p < around[0].count; p++) {
      for (int q = 0; q < around[1].count; q++) {
        startRow(i, p, q);
        while (nextRun()) {
          for (int at = begin, to = end; at < to; at++) {
            double square = square(at);
            passed += isBelow(square, loose);
            sure += isBelow(square, tight);
          }
        }
      }
    }
    return passed == sure ? passed - 1 : find(i); // all but the atom itself
  }

  /**
   * Writes the pairs with this first atom, sorted, into arrays of a list.
   *
   * @param to the first pair's place
   */
  void write(int i, int to, int[] first, int[] second, int[] shift, double[] vector) {
    find(i);
    Arrays.sort(arrivals, 0, arrived);
    for (int k = 0; k < arrived; k++) {
      int from = 3 * (int) arrivals[k];
      int at = 3 * (to + k);
      first[to + k] = i;
      second[to + k] = (int) (arrivals[k] >>> 32);
      shift[at] = shifts[from];
      shift[at + 1] = shifts[from + 1];
      shift[at + 2] = shifts[from + 2];
      vector[at] = vectors[from];
      vector[at + 1] = vectors[from + 1];
      vector[at + 2] = vectors[from + 2];
    }
  }

  private void surround(int i) {
    around[0].surround(i);
    around[1].surround(i);
    atomX = cells.wrapped(i, 0);
    atomY = cells.wrapped(i, 1);
    atomZ = cells.wrapped(i, 2);
    place = cells.place(i, 2);
  }

  /** Begins with the bins of two layers, and finds the first and the last of them. */
  private void startRow(int i, int p, int q) {
    double left = loose - around[0].squaredGap[p] - around[1].squaredGap[q];
    if (left < 0) { // only where the gaps are orthogonal, so that their squares add up
      lastLayer = layer - 1;
      return;
    }
    a = around[0].shift[p];
    b = around[1].shift[q];
    row = (around[0].bin[p] * cells.bins[1] + around[1].bin[q]) * cells.bins[2];
    double range = Math.sqrt(left) * cells.layersPerLength;
    int own = cells.binOf[3 * i + 2];
    layer = Math.max((int) Math.floor(place - range), own - cells.reach[2]);
    lastLayer = Math.min((int) Math.floor(place + range), own + cells.reach[2]);
    if (!cells.pbc[2]) {
      layer = Math.max(layer, 0);
      lastLayer = Math.min(lastLayer, cells.bins[2] - 1);
    }
  }

  /** Takes the next consecutive bins of the row that have one shift; false if there are none. */
  private boolean nextRun() {
    if (layer > lastLayer) {
      return false;
    }
    int count = cells.bins[2];
    c = layer >= 0 && layer < count ? 0 : Math.floorDiv(layer, count);
    int last = Math.min(lastLayer, (c + 1) * count - 1);
    begin = cells.start[row + layer - c * count];
    end = cells.start[row + last - c * count + 1];
    layer = last + 1;
    x = atomX;
    y = atomY;
    z = atomZ;
    if ((a | b | c) != 0) {
      x -= cells.combination(a, b, c, 0);
      y -= cells.combination(a, b, c, 1);
      z -= cells.combination(a, b, c, 2);
    }
    return true;
  }

  /**
   * 1 or 0, from the sign bit of the difference: a branch here would be guessed wrong too often.
   */
  private static int isBelow(double square, double limit) {
    return (int) (Double.doubleToRawLongBits(square - limit) >>> 63);
  }

  private double square(int at) {
    double dx = cells.wrappedX[at] - x;
    double dy = cells.wrappedY[at] - y;
    double dz = cells.wrappedZ[at] - z;
    return dx * dx + dy * dy + dz * dz;
  }

  /** Collects the pairs in the order of arrival and returns their number. */
  private int find(int i) {
    surround(i);
    arrived = 0;
    for (int p = 0; p < around[0].count; p++) {
      for (int q = 0; q < around[1].count; q++) {
        startRow(i, p, q);
        while (nextRun()) {
          int count = nearInRun();
          for (int k = 0; k < count; k++) {
            accept(i, near[k]);
          }
        }
      }
    }
    return arrived;
  }

  private int nearInRun() {
    if (near.length <= end - begin) {
      near = new int[2 * (end - begin)];
    }
    int[] found = near;
    double[] xs = cells.wrappedX;
    double[] ys = cells.wrappedY;
    double[] zs = cells.wrappedZ;
    double fromX = x;
    double fromY = y;
    double fromZ = z;
    int count = 0;
    for (int at = begin, to = end; at < to; at++) {
      double dx = xs[at] - fromX;
      double dy = ys[at] - fromY;
      double dz = zs[at] - fromZ;
      found[count] = at; // kept or overwritten by the next: no branch that nobody can foresee
      count += isBelow(dx * dx + dy * dy + dz * dz, loose);
    }
    return count;
  }

  /** Adds the pair with the atom in a slot, if it is one. */
  private void accept(int i, int slot) {
    int j = cells.sorted[slot];
    if (!full && i > j) {
      return;
    }
    double[] r = cells.positions;
    double[] other = cells.slotPosition;
    int sa = a;
    int sb = b;
    int sc = c;
    if (!cells.allInside) {
      sa += cells.image[3 * i] - cells.slotImage[3 * slot];
      sb += cells.image[3 * i + 1] - cells.slotImage[3 * slot + 1];
      sc += cells.image[3 * i + 2] - cells.slotImage[3 * slot + 2];
    }
    if (i == j) {
      boolean positive = sa != 0 ? sa > 0 : sb != 0 ? sb > 0 : sc > 0;
      if ((sa | sb | sc) == 0 || (!full && !positive)) {
        return;
      }
    }
    double vx = other[3 * slot] - r[3 * i] + cells.combination(sa, sb, sc, 0);
    double vy = other[3 * slot + 1] - r[3 * i + 1] + cells.combination(sa, sb, sc, 1);
    double vz = other[3 * slot + 2] - r[3 * i + 2] + cells.combination(sa, sb, sc, 2);
    if (vx * vx + vy * vy + vz * vz < cells.cutoff * cells.cutoff) {
      if (arrived == arrivals.length) {
        arrivals = Arrays.copyOf(arrivals, 2 * arrived);
        shifts = Arrays.copyOf(shifts, 6 * arrived);
        vectors = Arrays.copyOf(vectors, 6 * arrived);
      }
      int to = 3 * arrived;
      arrivals[arrived] = (long) j << 32 | arrived;
      shifts[to] = sa;
      shifts[to + 1] = sb;
      shifts[to + 2] = sc;
      vectors[to] = vx;
      vectors[to + 1] = vy;
      vectors[to + 2] = vz;
      arrived++;
    }
  }
}
