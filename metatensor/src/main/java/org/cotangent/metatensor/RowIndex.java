package org.cotangent.metatensor;

/**
 * Finds rows of a flat, row-major {@code int[]} by their values: an open-addressing hash table with
 * linear probing that holds row numbers, at most half full.
 *
 * <p>Rows that differ only in the last four bits of their last column, as neighbours usually do,
 * share a line of 16 slots, so that looking up rows in order walks through memory in order. The
 * bits of a slot that no row number needs hold a part of the hash: other rows are passed over
 * without reading their values.
 */
final class RowIndex {
  /** Differs between runs, so that nobody can prepare rows that all fall into one slot. */
  private static final int SEED = (int) ((System.nanoTime() * 0x9E3779B97F4A7C15L) >>> 32);

  private static final int LINE = 16;

  private final int[] values;
  private final int width;
  private final int[] table; // row + 1 and a tag of the hash above it, or 0 for a free slot
  private final int mask;
  private final int rowMask;

  /** Indexes the rows, which must be unique. */
  RowIndex(int[] values, int width, int rows) {
    this.values = values;
    this.width = width;
    if (rows > 1 << 29) {
      throw new IllegalArgumentException(
          rows + " rows are more than the 536870912 that one index can hold");
    }
    // the power of two from 2 to 4 times the number of rows, at least a line
    int capacity = Math.max(LINE, Integer.highestOneBit(Math.max(1, rows - 1)) * 4);
    this.table = new int[capacity];
    this.mask = capacity - 1;
    this.rowMask = mask; // rows < capacity, and what is left of 32 bits is the tag
    for (int row = 0; row < rows; row++) {
      int hash = hash(values, row * width);
      int slot = slot(hash, values, row * width);
      while (table[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      table[slot] = (row + 1) | (hash & ~rowMask);
    }
  }

  private int hash(int[] array, int offset) {
    int hash = SEED;
    int last = offset + width - 1;
    for (int k = offset; k < last; k++) {
      hash = (hash ^ array[k]) * 0x9E3779B1;
      hash ^= hash >>> 15;
    }
    if (width > 0) {
      hash = (hash ^ (array[last] >> 4)) * 0x9E3779B1;
    }
    hash ^= hash >>> 15;
    hash *= 0x85EBCA6B;
    return hash ^ (hash >>> 13);
  }

  private int slot(int hash, int[] array, int offset) {
    int low = width > 0 ? array[offset + width - 1] & (LINE - 1) : 0;
    return ((hash & -LINE) | low) & mask;
  }

  /** Returns the row equal to the {@code width} values from {@code offset} on, or -1. */
  int find(int[] array, int offset) {
    int hash = hash(array, offset);
    int slot = slot(hash, array, offset);
    int tag = hash & ~rowMask;
    while (true) {
      int entry = table[slot];
      if (entry == 0) {
        return -1;
      }
      int row = (entry & rowMask) - 1;
      if ((entry & ~rowMask) == tag && matches(row * width, array, offset)) {
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
