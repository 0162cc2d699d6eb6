package org.cotangent.atomistic.neighbors;

import java.util.Arrays;

/** Pairs as the search finds them, by second atom, and their transposition into a list. */
final class Candidates {
  private static final int MAX_PAIRS = (Integer.MAX_VALUE - 8) / 3;

  private final int[] start;
  private int rows;
  private int size;
  private int[] atom;
  private int[] shift;

  Candidates(int atoms) {
    start = new int[atoms + 1];
    int capacity = Math.min(16 * atoms, MAX_PAIRS);
    atom = new int[capacity];
    shift = new int[3 * capacity];
  }

  /** Starts the pairs whose second atom is {@code second}, which must be the next one. */
  void begin(int second) {
    rows = second + 1;
    start[rows] = size;
  }

  /** Adds a pair by its first atom and the shift of the first relative to the second. */
  void add(int first, int a, int b, int c) {
    if (size == atom.length) {
      grow();
    }
    atom[size] = first;
    shift[3 * size] = a;
    shift[3 * size + 1] = b;
    shift[3 * size + 2] = c;
    start[rows] = ++size;
  }

  private void grow() {
    if (size >= MAX_PAIRS) {
      throw new IllegalArgumentException(
          "a neighbor list cannot have more than " + MAX_PAIRS + " pairs, use a smaller cutoff");
    }
    int capacity = (int) Math.min(Math.max(16, 2L * size), MAX_PAIRS);
    atom = Arrays.copyOf(atom, capacity);
    shift = Arrays.copyOf(shift, 3 * capacity);
  }

  /** Returns the list, sorted by first atom, second atom and shift, with its vectors. */
  NeighborList transposed(NeighborListOptions options, double[] positions, double[] cell) {
    int atoms = start.length - 1;
    int[] next = new int[atoms + 1];
    for (int p = 0; p < size; p++) {
      next[atom[p] + 1]++;
    }
    for (int i = 0; i < atoms; i++) {
      next[i + 1] += next[i];
    }
    int[] first = new int[size];
    int[] second = new int[size];
    int[] shifts = new int[3 * size];
    for (int j = 0; j < atoms; j++) {
      for (int p = start[j + 1] - 1; p >= start[j]; p--) {
        int i = atom[p];
        int to = next[i]++;
        first[to] = i;
        second[to] = j;
        shifts[3 * to] = -shift[3 * p];
        shifts[3 * to + 1] = -shift[3 * p + 1];
        shifts[3 * to + 2] = -shift[3 * p + 2];
      }
    }
    return new NeighborList(
        options, first, second, shifts, vectors(first, second, shifts, positions, cell));
  }

  /** Returns the vectors of pairs, {@code [pairs, 3]}. */
  static double[] vectors(
      int[] first, int[] second, int[] shift, double[] positions, double[] cell) {
    double[] vectors = new double[3 * first.length];
    for (int p = 0; p < first.length; p++) {
      int a = shift[3 * p];
      int b = shift[3 * p + 1];
      int c = shift[3 * p + 2];
      for (int k = 0; k < 3; k++) {
        vectors[3 * p + k] = component(positions, cell, first[p], second[p], a, b, c, k);
      }
    }
    return vectors;
  }

  /** Returns one component of a pair's vector; reversing the pair changes exactly the sign. */
  static double component(
      double[] positions, double[] cell, int first, int second, int a, int b, int c, int k) {
    return positions[3 * second + k]
        - positions[3 * first + k]
        + (a * cell[k] + b * cell[3 + k] + c * cell[6 + k]);
  }
}
