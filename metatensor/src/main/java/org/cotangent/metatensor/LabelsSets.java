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
    int[] found;
    int count = 0;
    if (selection.names.equals(labels.names)) {
      found = positions(labels, selection);
      for (int row : found) {
        if (row >= 0) {
          found[count++] = row;
        }
      }
    } else {
      int[] columns = labels.columns(selection.names);
      int width = selection.width();
      found = new int[labels.size()];
      RowIndex index = selection.index();
      for (int row = 0; row < found.length; row++) {
        if (index.find(columns, row * width) >= 0) {
          found[count++] = row;
        }
      }
    }
    return Arrays.copyOf(found, count);
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
      int order = -1;
      while (row < labels.size() && (order = compare(a, row, b, i, width)) < 0) {
        row++;
      }
      out[i] = order == 0 ? row++ : -1;
    }
    return out;
  }

  private static int compare(int[] a, int i, int[] b, int j, int width) {
    int p = i * width;
    int q = j * width;
    for (int k = 0; k < width; k++) {
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
