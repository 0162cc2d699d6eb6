package org.cotangent.metatensor;

/**
 * Finds rows of a flat, row-major {@code int[]} by their values: an open-addressing hash table with
 * linear probing that holds row numbers only, at most half full.
 */
final class RowIndex {
  /** Differs between runs, so that nobody can prepare rows that all fall into one slot. */
  private static final int SEED = (int) (System.nanoTime() * 0x9E3779B97F4A7C15L >>> 32);

  private final int[] values;
  private final int width;
  private final int[] table; // row + 1, or 0 for a free slot
  private final int mask;

  /** Indexes the rows, which must be unique. */
  RowIndex(int[] values, int width, int rows) {
    this.values = values;
    this.width = width;
    if (rows > 1 << 29) {
      throw new IllegalArgumentException(
          rows + " rows are more than the 536870912 that one index can hold");
    }
    // the power of two from 2 to 4 times the number of rows
    int capacity = Integer.highestOneBit(Math.max(1, rows - 1)) * 4;
    this.table = new int[capacity];
    this.mask = capacity - 1;
    for (int row = 0; row < rows; row++) {
      int slot = hash(values, row * width) & mask;
      while (table[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      table[slot] = row + 1;
    }
  }

  private int hash(int[] array, int offset) {
    int hash = SEED;
    for (int k = 0; k < width; k++) {
      hash = (hash ^ array[offset + k]) * 0x9E3779B1;
      hash ^= hash >>> 15;
    }
    hash *= 0x85EBCA6B;
    return hash ^ (hash >>> 13);
  }

  /** Returns the row equal to the {@code width} values from {@code offset} on, or -1. */
  int find(int[] array, int offset) {
    int slot = hash(array, offset) & mask;
    while (true) {
      int row = table[slot] - 1;
      if (row < 0 || matches(row * width, array, offset)) {
        return row;
      }
      slot = (slot + 1) & mask;
    }
  }

  private boolean matches(int start, int[] array, int offset) {
    for (int k = 0; k < width; k++) {
      if (values[start + k] != array[offset + k]) {
        return false;
      }
    }
    return true;
  }
}
