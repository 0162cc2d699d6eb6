package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.List;

/** Columns, rows and groups of {@link Labels}. */
final class LabelsDimensions {
  private LabelsDimensions() {}

  static int[] columns(Labels labels, List<String> names) {
    int[] from = new int[names.size()];
    for (int k = 0; k < from.length; k++) {
      from[k] = labels.dimension(names.get(k));
    }
    return columns(labels, from);
  }

  private static int[] columns(Labels labels, int[] from) {
    int width = labels.width();
    int[] out = new int[Math.multiplyExact(labels.size(), from.length)];
    int next = 0;
    for (int start = 0; start < labels.values.length; start += width) {
      for (int column : from) {
        out[next++] = labels.values[start + column];
      }
    }
    return out;
  }

  static Labels rows(Labels labels, int[] indices) {
    int width = labels.width();
    if (indices.length > labels.size()) {
      throw new IllegalArgumentException(
          "entries must be unique: "
              + indices.length
              + " rows cannot be taken from "
              + labels.size());
    }
    int[] values = new int[indices.length * width];
    long[] taken = new long[(labels.size() + Long.SIZE - 1) / Long.SIZE];
    for (int i = 0; i < indices.length; i++) {
      int row = indices[i];
      if (row < 0 || row >= labels.size()) {
        throw new IllegalArgumentException(
            "there is no row " + row + " in labels of " + labels.size());
      }
      long bit = 1L << row;
      if ((taken[row / Long.SIZE] & bit) != 0) {
        throw new IllegalArgumentException(
            "entries must be unique: row "
                + row
                + ", "
                + labels.entry(row).print()
                + ", is taken twice");
      }
      taken[row / Long.SIZE] |= bit;
      System.arraycopy(labels.values, row * width, values, i * width, width);
    }
    return Labels.assumeUnique(labels.names, values);
  }

  /** As {@link #rows}, for rows that are there and not repeated, which is not checked. */
  static Labels take(Labels labels, int[] indices) {
    int width = labels.width();
    int[] values = new int[indices.length * width];
    int to = 0;
    for (int row : indices) {
      for (int from = row * width; from < (row + 1) * width; from++) {
        values[to++] = labels.values[from];
      }
    }
    return Labels.assumeUnique(labels.names, values);
  }

  static Labels insert(Labels labels, int index, String name, int[] column) {
    int width = labels.width();
    if (index < 0 || index > width) {
      throw new IllegalArgumentException(
          "'" + name + "' cannot become dimension " + index + " of labels that have " + width);
    }
    if (column.length != labels.size()) {
      throw new IllegalArgumentException(
          "'" + name + "' has " + column.length + " values for " + labels.size() + " entries");
    }
    List<String> names = new ArrayList<>(labels.names);
    names.add(index, name);
    int[] values = new int[Math.multiplyExact(labels.size(), width + 1)];
    for (int row = 0; row < column.length; row++) {
      int from = row * width;
      int to = row * (width + 1);
      System.arraycopy(labels.values, from, values, to, index);
      values[to + index] = column[row];
      System.arraycopy(labels.values, from + index, values, to + index + 1, width - index);
    }
    return Labels.assumeUnique(names, values);
  }

  static Labels permute(Labels labels, int[] dimensions) {
    int width = labels.width();
    if (dimensions.length != width) {
      throw new IllegalArgumentException(
          dimensions.length
              + " indices do not permute the "
              + width
              + " dimensions "
              + labels.names);
    }
    int[] from = new int[width];
    List<String> names = new ArrayList<>(width);
    for (int k = 0; k < width; k++) {
      from[k] = dimensions[k] < 0 ? dimensions[k] + width : dimensions[k];
      if (from[k] < 0 || from[k] >= width) {
        throw new IllegalArgumentException(
            "there is no dimension "
                + dimensions[k]
                + " among the "
                + width
                + " of "
                + labels.names);
      }
      names.add(labels.names.get(from[k]));
    }
    return Labels.assumeUnique(names, columns(labels, from));
  }

  static Labels remove(Labels labels, String name) {
    int column = labels.dimension(name);
    if (labels.width() == 1) {
      throw new IllegalArgumentException(
          "'" + name + "' is the only dimension: labels must keep at least one");
    }
    List<String> rest = new ArrayList<>(labels.names);
    rest.remove(column);
    try {
      return Labels.checked(rest, columns(labels, rest));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("without '" + name + "', " + e.getMessage(), e);
    }
  }

  static Labels rename(Labels labels, String old, String name) {
    List<String> renamed = new ArrayList<>(labels.names);
    renamed.set(labels.dimension(old), name);
    return Labels.assumeUnique(renamed, labels.values);
  }

  static Labels.Grouping groupBy(Labels labels, List<String> names) {
    int size = labels.size();
    if (names.isEmpty()) {
      return new Labels.Grouping(size == 0 ? Labels.empty(names) : Labels.single(), new int[size]);
    }
    int width = names.size();
    int[] keys = columns(labels, names);
    boolean sorted = RowOrder.isSorted(keys, width, size);
    int[] order = sorted ? new int[0] : RowOrder.sortOrder(keys, width, size);
    int[] groupOf = new int[size];
    int groups = 0;
    for (int i = 0, before = 0; i < size; i++) {
      int row = sorted ? i : order[i];
      groups += i == 0 || RowOrder.compare(keys, width, before, row) != 0 ? 1 : 0;
      groupOf[row] = groups - 1;
      before = row;
    }
    int[] values = new int[groups * width];
    for (int i = 0, next = 0; next < groups; i++) {
      int row = sorted ? i : order[i];
      if (groupOf[row] == next) {
        System.arraycopy(keys, row * width, values, next++ * width, width);
      }
    }
    return new Labels.Grouping(Labels.assumeUnique(names, values), groupOf);
  }
}
