package org.cotangent.metatensor;

import java.util.Arrays;

/** Union, intersection, difference and selection of {@link Labels}. */
final class LabelsSets {
  private LabelsSets() {}

  static Labels.Mapped union(Labels first, Labels second) {
    requireSameNames("union", first, second);
    int width = first.width();
    int[] mapping = positions(first, second);
    int added = 0;
    for (int row : mapping) {
      added += row < 0 ? 1 : 0;
    }
    if (added == 0) {
      return new Labels.Mapped(first, identity(first.size()), mapping);
    }
    if ((long) first.values.length + (long) added * width > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the union of " + first.size() + " and " + second.size() + " entries is too large");
    }
    int[] values = Arrays.copyOf(first.values, first.values.length + added * width);
    int next = first.size();
    for (int row = 0; row < mapping.length; row++) {
      if (mapping[row] < 0) {
        System.arraycopy(second.values, row * width, values, next * width, width);
        mapping[row] = next++;
      }
    }
    return new Labels.Mapped(
        Labels.assumeUnique(first.names, values), identity(first.size()), mapping);
  }

  static Labels.Mapped intersection(Labels first, Labels second) {
    requireSameNames("intersection", first, second);
    if (second.size() < first.size()) {
      Labels.Mapped swapped = intersection(second, first);
      return new Labels.Mapped(swapped.labels(), swapped.second(), swapped.first());
    }
    int[] mapping = positions(second, first);
    int[] other = new int[second.size()];
    Arrays.fill(other, -1);
    int kept = 0;
    for (int row = 0; row < mapping.length; row++) {
      if (mapping[row] >= 0) {
        other[mapping[row]] = kept;
        mapping[row] = kept++;
      }
    }
    return new Labels.Mapped(keep(first, mapping, kept), mapping, other);
  }

  static Labels.Mapped difference(Labels first, Labels second) {
    requireSameNames("difference", first, second);
    int[] mapping = positions(second, first);
    int kept = 0;
    for (int row = 0; row < mapping.length; row++) {
      mapping[row] = mapping[row] < 0 ? kept++ : -1;
    }
    int[] other = new int[second.size()];
    Arrays.fill(other, -1);
    return new Labels.Mapped(keep(first, mapping, kept), mapping, other);
  }

  static int[] select(Labels labels, Labels selection) {
    if (selection.width() == 0) {
      return identity(labels.size());
    }
    if (selection.names.equals(labels.names)) {
      int[] found = positions(labels, selection);
      int count = 0;
      for (int row : found) {
        if (row >= 0) {
          found[count++] = row;
        }
      }
      return Arrays.copyOf(found, count);
    }
    int[] columns = new int[selection.width()];
    boolean leading = true;
    for (int k = 0; k < columns.length; k++) {
      columns[k] = labels.dimension(selection.names.get(k));
      leading &= columns[k] == k;
    }
    if (leading && labels.isSorted()) {
      return selectLeading(labels, selection);
    }
    boolean[] table = columns.length == 1 ? table(labels, selection) : new boolean[0];
    return table.length > 0
        ? selectByTable(labels, columns[0], table, Arrays.stream(selection.values).min().orElse(0))
        : selectByIndex(labels, selection);
  }

  /**
   * In sorted labels, entries with the same first dimensions are neighbors: search for the runs.
   */
  private static int[] selectLeading(Labels labels, Labels selection) {
    int width = labels.width();
    int columns = selection.width();
    int[] a = labels.values;
    int[] b = selection.values;
    int[] out = new int[Math.min(labels.size(), 16 + selection.size())];
    int count = 0;
    int row = 0;
    for (int entry : selection.sortOrder()) {
      int at = entry * columns;
      row = firstNotBelow(a, width, row, labels.size(), b, at, columns);
      while (row < labels.size() && compare(a, row * width, b, at, columns) == 0) {
        if (count == out.length) {
          out = Arrays.copyOf(out, (int) Math.min(labels.size(), 2L * count));
        }
        out[count++] = row++;
      }
    }
    return Arrays.copyOf(out, count);
  }

  /** For each value from the smallest selected one to the largest, whether it is selected. */
  private static boolean[] table(Labels labels, Labels selection) {
    int min = Integer.MAX_VALUE;
    int max = Integer.MIN_VALUE;
    for (int value : selection.values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    long range = (long) max - min + 1;
    if (range < 1 || range > 2L * labels.size() + 4L * selection.size()) {
      return new boolean[0]; // none selected, or too spread out
    }
    boolean[] table = new boolean[(int) range];
    for (int value : selection.values) {
      table[value - min] = true;
    }
    return table;
  }

  private static int[] selectByTable(Labels labels, int column, boolean[] table, int min) {
    int width = labels.width();
    int[] out = new int[labels.size()];
    int count = 0;
    for (int row = 0, at = column; row < out.length; row++, at += width) {
      long place = (long) labels.values[at] - min;
      if (place >= 0 && place < table.length && table[(int) place]) {
        out[count++] = row;
      }
    }
    return Arrays.copyOf(out, count);
  }

  private static int[] selectByIndex(Labels labels, Labels selection) {
    int[] columns = labels.columns(selection.names);
    int width = selection.width();
    int[] out = new int[labels.size()];
    int count = 0;
    RowIndex index = selection.index();
    for (int row = 0; row < out.length; row++) {
      if (index.find(columns, row * width) >= 0) {
        out[count++] = row;
      }
    }
    return Arrays.copyOf(out, count);
  }

  /** Returns for each row of {@code wanted} the equal row of {@code labels}, or -1. */
  private static int[] positions(Labels labels, Labels wanted) {
    if (labels.size() > 0 && wanted.size() > 1 && labels.isSorted() && wanted.isSorted()) {
      return mergePositions(labels, wanted);
    }
    int width = labels.width();
    int[] out = new int[wanted.size()];
    if (labels.size() == 0) {
      Arrays.fill(out, -1);
      return out;
    }
    RowIndex index = labels.index();
    for (int row = 0; row < out.length; row++) {
      out[row] = index.find(wanted.values, row * width);
    }
    return out;
  }

  /** The same for two sorted tables, side by side and without an index. */
  private static int[] mergePositions(Labels labels, Labels wanted) {
    int width = labels.width();
    int[] a = labels.values;
    int[] b = wanted.values;
    int[] out = new int[wanted.size()];
    int row = 0;
    for (int i = 0; i < out.length; i++) {
      row = firstNotBelow(a, width, row, labels.size(), b, i * width, width);
      boolean equal = row < labels.size() && compare(a, row * width, b, i * width, width) == 0;
      out[i] = equal ? row++ : -1;
    }
    return out;
  }

  /**
   * Returns the first row from {@code row} on that is not less than an entry in its first columns,
   * in steps that double: few where the row is near, and few where it is far.
   */
  private static int firstNotBelow(
      int[] rows, int width, int row, int size, int[] entries, int at, int columns) {
    if (row >= size || compare(rows, row * width, entries, at, columns) >= 0) {
      return row;
    }
    int low = row;
    long step = 1;
    while (low + step < size
        && compare(rows, (int) (low + step) * width, entries, at, columns) < 0) {
      low += (int) step;
      step *= 2;
    }
    int high = (int) Math.min(size, low + step);
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (compare(rows, middle * width, entries, at, columns) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static int compare(int[] a, int p, int[] b, int q, int columns) {
    for (int k = 0; k < columns; k++) {
      int order = Integer.compare(a[p + k], b[q + k]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static Labels keep(Labels labels, int[] mapping, int kept) {
    if (kept == labels.size()) {
      return labels;
    }
    int width = labels.width();
    int[] values = new int[kept * width];
    for (int row = 0; row < mapping.length; row++) {
      if (mapping[row] >= 0) {
        System.arraycopy(labels.values, row * width, values, mapping[row] * width, width);
      }
    }
    return Labels.assumeUnique(labels.names, values);
  }

  private static int[] identity(int size) {
    int[] out = new int[size];
    for (int i = 0; i < size; i++) {
      out[i] = i;
    }
    return out;
  }

  private static void requireSameNames(String operation, Labels first, Labels second) {
    if (!first.names.equals(second.names)) {
      throw new IllegalArgumentException(
          operation
              + " needs labels with the same dimensions in the same order, these have "
              + first.names
              + " and "
              + second.names);
    }
  }
}
