package org.cotangent.atomistic.descriptors;

import java.util.Arrays;
import org.cotangent.atomistic.neighbors.PairBlocks;

/**
 * Centers with two of their neighbors.
 *
 * @param first for each the pair with one neighbor, among the pairs with neighbors of one type
 * @param second the pair with the other, among those of the other type
 * @param center the center, numbered through all systems
 */
record Triples(int[] first, int[] second, int[] center) {
  /**
   * Finds all of them, by the first pair and then the second; if both are the same pairs, each two
   * once.
   */
  static Triples of(PairBlocks.Between one, PairBlocks.Between other) {
    int atoms = 0;
    for (int atom : one.first()) {
      atoms = Math.max(atoms, atom + 1);
    }
    int[] start = new int[atoms + 1]; // the others' pairs by center
    int[] pairsOf = byCenter(other.first(), atoms, start);
    boolean same = one == other;
    int count = 0;
    int[][] found = new int[3][16];
    for (int p = 0; p < one.first().length; p++) {
      int atom = one.first()[p];
      for (int k = start[atom]; k < start[atom + 1]; k++) {
        int q = pairsOf[k];
        if (same && q <= p) {
          continue;
        }
        if (count == found[0].length) {
          for (int row = 0; row < 3; row++) {
            found[row] = Arrays.copyOf(found[row], 2 * count);
          }
        }
        found[0][count] = p;
        found[1][count] = q;
        found[2][count++] = atom;
      }
    }
    return new Triples(
        Arrays.copyOf(found[0], count),
        Arrays.copyOf(found[1], count),
        Arrays.copyOf(found[2], count));
  }

  /** The pairs ordered by their center, those of atoms beyond the last left out. */
  private static int[] byCenter(int[] first, int atoms, int[] start) {
    for (int atom : first) {
      if (atom < atoms) {
        start[atom + 1]++;
      }
    }
    for (int atom = 0; atom < atoms; atom++) {
      start[atom + 1] += start[atom];
    }
    int[] next = Arrays.copyOf(start, atoms);
    int[] ordered = new int[start[atoms]];
    for (int p = 0; p < first.length; p++) {
      if (first[p] < atoms) {
        ordered[next[first[p]]++] = p;
      }
    }
    return ordered;
  }

  int size() {
    return center.length;
  }
}
