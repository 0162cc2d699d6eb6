package org.cotangent.metatensor;

import java.util.Arrays;

/**
 * Lexicographic order of the rows of a flat, row-major {@code int[]}: comparison, sortedness,
 * sorting and the search for equal rows. Nothing here makes an object per row.
 */
final class RowOrder {
  private static final int MAX_DIGIT_BITS = 11;
  private static final int INSERTION_SORT_ROWS = 32;

  private RowOrder() {}

  /** Compares row {@code i} with row {@code j}: negative, 0 or positive. */
  static int compare(int[] values, int width, int i, int j) {
    int a = i * width;
    int b = j * width;
    for (int k = 0; k < width; k++) {
      int order = Integer.compare(values[a + k], values[b + k]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Returns whether no row is followed by a smaller one. */
  static boolean isSorted(int[] values, int width, int rows) {
    for (int i = 1; i < rows; i++) {
      if (compare(values, width, i - 1, i) > 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Looks for two equal rows: one pass where the rows are sorted, a sort otherwise.
   *
   * @return the two rows, the earlier one first, or an empty array
   */
  static int[] findDuplicate(int[] values, int width, int rows) {
    for (int i = 1; i < rows; i++) {
      int order = compare(values, width, i - 1, i);
      if (order == 0) {
        return new int[] {i - 1, i};
      }
      if (order > 0) {
        return findDuplicateUnsorted(values, width, rows);
      }
    }
    return new int[0];
  }

  private static int[] findDuplicateUnsorted(int[] values, int width, int rows) {
    int[] order = sortOrder(values, width, rows);
    for (int i = 1; i < rows; i++) {
      if (compare(values, width, order[i - 1], order[i]) == 0) {
        return new int[] {order[i - 1], order[i]};
      }
    }
    return new int[0];
  }

  /**
   * Returns the indices of the rows in lexicographic order; equal rows keep their order.
   *
   * <p>Radix sort from the last column to the first, on as many columns at a time as fit into 64
   * bits once their minimum is subtracted: indices are small and dense, so that usually all columns
   * together need two or three passes.
   */
  static int[] sortOrder(int[] values, int width, int rows) {
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = i;
    }
    if (rows <= INSERTION_SORT_ROWS) {
      insertionSort(values, width, order);
      return order;
    }
    int last = width;
    long[] keys = new long[rows];
    int[] buffer = new int[rows];
    while (last > 0) {
      Arrays.fill(keys, 0);
      int bits = 0;
      int column = last - 1;
      for (; column >= 0; column--) {
        int added = packColumn(values, width, column, keys, bits);
        if (added < 0) {
          break;
        }
        bits += added;
      }
      last = column + 1;
      if (radixSort(keys, bits, order, buffer)) {
        int[] swap = order;
        order = buffer;
        buffer = swap;
      }
    }
    return order;
  }

  private static void insertionSort(int[] values, int width, int[] order) {
    for (int i = 1; i < order.length; i++) {
      int row = order[i];
      int j = i - 1;
      while (j >= 0 && compare(values, width, order[j], row) > 0) {
        order[j + 1] = order[j];
        j--;
      }
      order[j + 1] = row;
    }
  }

  /**
   * Adds a column to the keys, above the bits that they use already.
   *
   * @return the number of bits added, or -1 where they do not fit any more (nothing is changed
   *     then)
   */
  private static int packColumn(int[] values, int width, int column, long[] keys, int bits) {
    int min = Integer.MAX_VALUE;
    int max = Integer.MIN_VALUE;
    for (int i = column; i < values.length; i += width) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    int added = Long.SIZE - Long.numberOfLeadingZeros((long) max - min);
    if (bits + added > Long.SIZE) {
      return -1;
    }
    for (int i = 0; i < keys.length; i++) {
      keys[i] |= ((long) values[i * width + column] - min) << bits;
    }
    return added;
  }

  /** Sorts by the low bits of the keys; returns whether the result lies in {@code buffer}. */
  private static boolean radixSort(long[] keys, int bits, int[] order, int[] buffer) {
    int widest =
        Math.min(MAX_DIGIT_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(order.length));
    int passes = (bits + widest - 1) / widest;
    if (passes == 0) {
      return false;
    }
    int digit = (bits + passes - 1) / passes;
    int mask = (1 << digit) - 1;
    int[] starts = new int[mask + 2];
    int[] from = order;
    int[] to = buffer;
    for (int pass = 0; pass < passes; pass++) {
      int shift = pass * digit;
      Arrays.fill(starts, 0);
      for (long key : keys) {
        starts[((int) (key >>> shift) & mask) + 1]++;
      }
      for (int d = 1; d < starts.length; d++) {
        starts[d] += starts[d - 1];
      }
      for (int row : from) {
        to[starts[(int) (keys[row] >>> shift) & mask]++] = row;
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
    return from == buffer;
  }
}
