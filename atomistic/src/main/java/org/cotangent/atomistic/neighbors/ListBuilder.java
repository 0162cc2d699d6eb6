package org.cotangent.atomistic.neighbors;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Makes a neighbor list in two passes: pairs are counted, then each is written where it belongs, so
 * that arrays are made once and in their final size. Parts of many atoms are independent of each
 * other in both.
 */
final class ListBuilder {
  private static final int MAX_PAIRS = (Integer.MAX_VALUE - 8) / 3;

  /** Atoms that one thread takes at a time; a few milliseconds of work. */
  private static final int PART = 4096;

  private ListBuilder() {}

  static NeighborList build(CellList cells, NeighborListOptions options) {
    int atoms = cells.atoms;
    boolean full = options.fullList();
    int[] count = new int[atoms];
    inParts(
        atoms,
        part -> {
          PairSearch search = new PairSearch(cells, full);
          for (int i = part * PART; i < Math.min(atoms, (part + 1) * PART); i++) {
            count[i] = search.count(i);
          }
        });
    int[] start = new int[atoms];
    int pairs = 0;
    for (int i = 0; i < atoms; i++) {
      start[i] = pairs;
      if (count[i] > MAX_PAIRS - pairs) {
        throw new IllegalArgumentException(
            "a neighbor list cannot have more than "
                + MAX_PAIRS
                + " pairs, the first "
                + (i + 1)
                + " of "
                + atoms
                + " atoms have more already; use a smaller cutoff");
      }
      pairs += count[i];
    }
    int[] first = new int[pairs];
    int[] second = new int[pairs];
    int[] shift = new int[3 * pairs];
    double[] vectors = new double[3 * pairs];
    inParts(
        atoms,
        part -> {
          PairSearch search = new PairSearch(cells, full);
          for (int i = part * PART; i < Math.min(atoms, (part + 1) * PART); i++) {
            search.write(i, start[i], first, second, shift, vectors);
          }
        });
    return new NeighborList(options, first, second, shift, vectors);
  }

  private static void inParts(int atoms, IntConsumer part) {
    int parts = (atoms + PART - 1) / PART;
    IntStream range = IntStream.range(0, parts);
    (parts > 1 ? range.parallel() : range).forEach(part);
  }
}
