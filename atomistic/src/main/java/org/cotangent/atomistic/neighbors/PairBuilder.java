package org.cotangent.atomistic.neighbors;

import java.util.Arrays;

/**
 * Takes pairs as a search finds them, one first atom after the other, and makes the list of them.
 *
 * <p>The pairs of one first atom may come in any order of their second atoms, but those with the
 * same second atom in ascending order of the shift, so that sorting by second atom and order of
 * arrival is enough.
 */
final class PairBuilder {
  private static final int MAX_PAIRS = (Integer.MAX_VALUE - 8) / 3;

  private final int atoms;
  private int size;
  private int[] first;
  private int[] second;
  private int[] shift;
  private double[] vectors;

  /** The pairs of the current first atom: second atom in the upper, arrival in the lower half. */
  private long[] arrivals = new long[64];

  private int[] arrivalShift = new int[3 * 64];
  private double[] arrivalVectors = new double[3 * 64];
  private int arrived;

  PairBuilder(int atoms) {
    this.atoms = atoms;
    int capacity = 16 * Math.min(atoms, 1024);
    first = new int[capacity];
    second = new int[capacity];
    shift = new int[3 * capacity];
    vectors = new double[3 * capacity];
  }

  /** Adds a pair of the current first atom. */
  void add(int second, int a, int b, int c, double x, double y, double z) {
    if (arrived == arrivals.length) {
      int capacity = larger(arrived, 2.0 * arrived);
      arrivals = Arrays.copyOf(arrivals, capacity);
      arrivalShift = Arrays.copyOf(arrivalShift, 3 * capacity);
      arrivalVectors = Arrays.copyOf(arrivalVectors, 3 * capacity);
    }
    arrivals[arrived] = (long) second << 32 | arrived;
    arrivalShift[3 * arrived] = a;
    arrivalShift[3 * arrived + 1] = b;
    arrivalShift[3 * arrived + 2] = c;
    arrivalVectors[3 * arrived] = x;
    arrivalVectors[3 * arrived + 1] = y;
    arrivalVectors[3 * arrived + 2] = z;
    arrived++;
  }

  /** Ends the pairs of this first atom. */
  void end(int atom) {
    Arrays.sort(arrivals, 0, arrived);
    for (int k = 0; k < arrived; k++) {
      if (size == second.length) {
        // as many as there will be if the other atoms have as many neighbors
        resize(larger(size, 1.1 * size * atoms / (atom + 1)));
      }
      int from = 3 * (int) arrivals[k];
      int to = 3 * size;
      first[size] = atom;
      second[size] = (int) (arrivals[k] >>> 32);
      shift[to] = arrivalShift[from];
      shift[to + 1] = arrivalShift[from + 1];
      shift[to + 2] = arrivalShift[from + 2];
      vectors[to] = arrivalVectors[from];
      vectors[to + 1] = arrivalVectors[from + 1];
      vectors[to + 2] = arrivalVectors[from + 2];
      size++;
    }
    arrived = 0;
  }

  private static int larger(int capacity, double wanted) {
    if (capacity >= MAX_PAIRS) {
      throw new IllegalArgumentException(
          "a neighbor list cannot have more than " + MAX_PAIRS + " pairs, use a smaller cutoff");
    }
    double larger = Math.clamp(wanted, 1.25 * capacity + 16, 4.0 * capacity + 16);
    return (int) Math.min(larger, MAX_PAIRS);
  }

  private void resize(int capacity) {
    first = Arrays.copyOf(first, capacity);
    second = Arrays.copyOf(second, capacity);
    shift = Arrays.copyOf(shift, 3 * capacity);
    vectors = Arrays.copyOf(vectors, 3 * capacity);
  }

  /** Returns the list of all pairs so far. */
  NeighborList build(NeighborListOptions options) {
    resize(size);
    return new NeighborList(options, first, second, shift, vectors);
  }
}
