package org.cotangent.atomistic.neighbors;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.atomistic.RefusedSystemException;
import org.cotangent.atomistic.System;

/**
 * The pairs of several systems, with atoms numbered through all of them.
 *
 * @param start the number of the first atom of each system, and behind them that of all atoms
 * @param systemOf the system of each pair
 * @param first the first atom of each pair
 * @param second the second atom of each pair
 * @param shift the cell shift of each pair's second atom, {@code [pairs, 3]}
 * @param periodic whether any cell shift differs from zero
 * @param coincident the first pair whose atoms are at the same place, or -1
 */
record NumberedPairs(
    int[] start,
    int[] systemOf,
    int[] first,
    int[] second,
    int[] shift,
    boolean periodic,
    int coincident) {

  /**
   * Finds every ordered pair up to a cutoff.
   *
   * @throws IllegalArgumentException as {@link NeighborList#compute}, naming the system, and if
   *     there is none
   */
  static NumberedPairs compute(List<System> systems, double cutoff) {
    List<NeighborList> lists = new ArrayList<>();
    for (int s = 0; s < systems.size(); s++) {
      try {
        lists.add(NeighborList.compute(systems.get(s), NeighborListOptions.full(cutoff)));
      } catch (IllegalArgumentException refusal) {
        throw new RefusedSystemException(s, "", ": " + refusal.getMessage(), refusal);
      }
    }
    return of(systems, lists);
  }

  /**
   * Takes pairs from lists.
   *
   * @throws IllegalArgumentException if there is not one list for each system, or one is a half
   *     list or not strict, or there is no system
   */
  static NumberedPairs of(List<System> systems, List<NeighborList> lists) {
    if (lists.size() != systems.size()) {
      throw new IllegalArgumentException(
          lists.size() + " neighbor lists for " + systems.size() + " systems: each needs one");
    }
    List<OfSystem> found = new ArrayList<>();
    for (int s = 0; s < lists.size(); s++) {
      NeighborListOptions options = lists.get(s).options();
      if (!options.fullList() || !options.strict()) {
        throw new IllegalArgumentException(
            "pairs are taken from strict full lists, that of system " + s + " has " + options);
      }
      found.add(OfSystem.in(lists.get(s)));
    }
    return joined(systems, found);
  }

  /** Returns all ordered pairs of two different atoms of the same system, without images. */
  static NumberedPairs ofAllAtoms(List<System> systems) {
    return joined(systems, systems.stream().map(system -> OfSystem.all(system.size())).toList());
  }

  private static NumberedPairs joined(List<System> systems, List<OfSystem> found) {
    if (systems.isEmpty()) {
      throw new IllegalArgumentException("there are no systems: give at least one");
    }
    int[] start = new int[systems.size() + 1];
    for (int s = 0; s < systems.size(); s++) {
      start[s + 1] = start[s] + systems.get(s).size();
    }
    int pairs = found.stream().mapToInt(list -> list.first.length).sum();
    int[] systemOf = new int[pairs];
    int[] first = new int[pairs];
    int[] second = new int[pairs];
    int[] shift = new int[3 * pairs];
    int at = 0;
    int coincident = -1;
    for (int s = 0; s < systems.size(); s++) {
      OfSystem list = found.get(s);
      java.lang.System.arraycopy(list.shift, 0, shift, 3 * at, list.shift.length);
      if (coincident < 0 && list.coincident >= 0) {
        coincident = at + list.coincident;
      }
      for (int p = 0; p < list.first.length; p++, at++) {
        systemOf[at] = s;
        first[at] = start[s] + list.first[p];
        second[at] = start[s] + list.second[p];
      }
    }
    return new NumberedPairs(start, systemOf, first, second, shift, anyOf(shift), coincident);
  }

  private static boolean anyOf(int[] shift) {
    int bits = 0;
    for (int a : shift) {
      bits |= a;
    }
    return bits != 0;
  }

  /** The pairs of one system, whose atoms have its own numbers. */
  private record OfSystem(int[] first, int[] second, int[] shift, int coincident) {
    static OfSystem in(NeighborList list) {
      double[] v = list.vectors();
      int coincident = -1;
      for (int p = list.size() - 1; p >= 0; p--) {
        if (v[3 * p] == 0 && v[3 * p + 1] == 0 && v[3 * p + 2] == 0) {
          coincident = p;
        }
      }
      return new OfSystem(list.first(), list.second(), list.shift(), coincident);
    }

    static OfSystem all(int atoms) {
      int pairs = Math.multiplyExact(atoms, atoms) - atoms;
      int[] first = new int[pairs];
      int[] second = new int[pairs];
      int at = 0;
      for (int i = 0; i < atoms; i++) {
        for (int j = 0; j < atoms; j++) {
          if (i != j) {
            first[at] = i;
            second[at++] = j;
          }
        }
      }
      return new OfSystem(first, second, new int[3 * pairs], -1);
    }
  }

  /** Returns the number of atoms of all systems. */
  int atoms() {
    return start[start.length - 1];
  }

  /** Returns the number of pairs. */
  int size() {
    return first.length;
  }

  /** Returns whether a pair, not its reverse, belongs to a half list. */
  boolean isOfHalfList(int pair) {
    if (first[pair] != second[pair]) {
      return first[pair] < second[pair];
    }
    for (int a = 0; a < 3; a++) {
      if (shift[3 * pair + a] != 0) {
        return shift[3 * pair + a] > 0;
      }
    }
    return false;
  }

  /** Throws if two atoms are at the same place, naming the first two that are. */
  void checkApart() {
    if (coincident >= 0) {
      int s = systemOf[coincident];
      throw new RefusedSystemException(
          s,
          "atoms "
              + (first[coincident] - start[s])
              + " and "
              + (second[coincident] - start[s])
              + " of ",
          " are at the same place, move or remove one of them");
    }
  }

  /** Returns the labels of some pairs, whose atoms have the numbers that their systems give. */
  VectorGradients labels(int[] chosen) {
    int[] system = pick(systemOf, chosen);
    int[] one = new int[chosen.length];
    int[] other = new int[chosen.length];
    for (int k = 0; k < chosen.length; k++) {
      one[k] = first[chosen[k]] - start[system[k]];
      other[k] = second[chosen[k]] - start[system[k]];
    }
    return new VectorGradients(system, one, other, shifts(chosen));
  }

  /** Returns which images of the cells some pairs reach into. */
  CellImages images(int[] chosen) {
    return CellImages.of(pick(systemOf, chosen), shifts(chosen));
  }

  private int[] shifts(int[] chosen) {
    int[] shifts = new int[3 * chosen.length];
    for (int k = 0; k < chosen.length; k++) {
      java.lang.System.arraycopy(shift, 3 * chosen[k], shifts, 3 * k, 3);
    }
    return shifts;
  }

  /** Returns the entries of an array of pairs, such as {@link #first}, for some of them. */
  static int[] pick(int[] from, int[] chosen) {
    int[] out = new int[chosen.length];
    for (int k = 0; k < out.length; k++) {
      out[k] = from[chosen[k]];
    }
    return out;
  }
}
