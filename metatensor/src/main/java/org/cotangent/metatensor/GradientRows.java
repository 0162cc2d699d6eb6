package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.cotangent.metatensor.internal.LabelsData;

/**
 * The rows of a gradient that an operation leads on: those of the gradients it comes from, with
 * {@code sample} replaced by the sample of the result. Rows that become equal become one.
 *
 * @param samples labels of the rows
 * @param targets for each gradient that they come from, for each of its rows the row here, or -1 if
 *     its sample is not part of the result
 */
record GradientRows(Labels samples, List<int[]> targets) {

  /**
   * Merges the rows of several gradients.
   *
   * @param rows labels of the gradients' rows; all have the same dimensions, {@code sample} first
   * @param sampleTo for each of them, for each sample of its block the sample of the result, or -1
   * @param order the order of the rows
   * @param injective whether no sample of the result comes from two samples, so that no rows can
   *     become equal
   */
  static GradientRows merge(
      List<Labels> rows, List<int[]> sampleTo, RowsOrder order, boolean injective) {
    if (rows.size() > 1 && areAllEqual(rows, sampleTo)) { // as in a sum of two maps
      GradientRows one = merge(rows.subList(0, 1), sampleTo.subList(0, 1), order, injective);
      return new GradientRows(
          one.samples, Collections.nCopies(rows.size(), one.targets.getFirst()));
    }
    Labels first = rows.getFirst();
    Last last = first.lastMerge;
    if (rows.size() == 1 && last != null && last.isOf(sampleTo.getFirst(), order, injective)) {
      return last.result;
    }
    GradientRows result = merged(rows, sampleTo, order, injective);
    if (rows.size() == 1) {
      first.lastMerge = new Last(sampleTo.getFirst().clone(), order, injective, result);
    }
    return result;
  }

  /**
   * What was last made of some rows alone, which they remember: a training repeats its operations
   * on the same labels in every step, and to merge rows takes as long as to compute a gradient.
   */
  record Last(int[] sampleTo, RowsOrder order, boolean injective, GradientRows result) {
    boolean isOf(int[] otherTo, RowsOrder otherOrder, boolean otherInjective) {
      return order == otherOrder && injective == otherInjective && Arrays.equals(sampleTo, otherTo);
    }
  }

  private static GradientRows merged(
      List<Labels> rows, List<int[]> sampleTo, RowsOrder order, boolean injective) {
    List<String> names = rows.getFirst().names();
    int width = names.size();
    int total = 0;
    for (Labels some : rows) {
      if (!some.names().equals(names)) {
        throw new IllegalArgumentException(
            "gradient samples have the dimensions "
                + some.names()
                + " in one block and "
                + names
                + " in another");
      }
      total = Math.addExact(total, some.size());
    }
    int[] merged = new int[Math.multiplyExact(total, width)];
    List<int[]> places = new ArrayList<>();
    int kept = 0;
    for (int b = 0; b < rows.size(); b++) {
      int[] flat = LabelsData.of(rows.get(b));
      int[] place = new int[rows.get(b).size()];
      int[] to = sampleTo.get(b);
      for (int r = 0; r < place.length; r++) {
        int sample = to[flat[r * width]];
        place[r] = sample < 0 ? -1 : kept;
        if (sample >= 0) {
          System.arraycopy(flat, r * width, merged, kept * width, width);
          merged[kept * width] = sample;
          kept++;
        }
      }
      places.add(place);
    }
    Labels all =
        Labels.assumeUnique(names, kept == total ? merged : Arrays.copyOf(merged, kept * width));
    if (injective || (rows.size() == 1 && isIncreasing(sampleTo.getFirst()))) {
      return ordered(all, places, order);
    }
    Labels.Grouping grouping = all.groupBy(names);
    Labels groups = grouping.groups();
    int[] number =
        switch (order) {
          case ASCENDING -> Indices.range(groups.size());
          case DESCENDING -> Indices.reversed(Indices.range(groups.size()));
          case KEPT -> firstAppearance(grouping);
        };
    for (int[] place : places) {
      for (int r = 0; r < place.length; r++) {
        place[r] = place[r] < 0 ? -1 : number[grouping.groupOf()[place[r]]];
      }
    }
    return new GradientRows(inOrder(groups, number), places);
  }

  private static boolean areAllEqual(List<Labels> rows, List<int[]> sampleTo) {
    for (int b = 1; b < rows.size(); b++) {
      if (!rows.get(b).equals(rows.getFirst())
          || !Arrays.equals(sampleTo.get(b), sampleTo.getFirst())) {
        return false;
      }
    }
    return true;
  }

  private static GradientRows ordered(Labels all, List<int[]> places, RowsOrder order) {
    int[] indices = order.of(all);
    if (Indices.isRange(indices)) {
      return new GradientRows(all, places);
    }
    int[] number = Indices.inverse(indices, indices.length);
    for (int[] place : places) {
      for (int r = 0; r < place.length; r++) {
        place[r] = place[r] < 0 ? -1 : number[place[r]];
      }
    }
    return new GradientRows(all.rows(indices), places);
  }

  private static boolean isIncreasing(int[] sampleTo) {
    int highest = -1;
    for (int to : sampleTo) { // enough to recognise the usual case: samples kept in their order
      if (to >= 0 && to <= highest) {
        return false;
      }
      highest = Math.max(highest, to);
    }
    return true;
  }

  /** For each group its number in the order in which the groups first appear. */
  static int[] firstAppearance(Labels.Grouping grouping) {
    int[] number = new int[grouping.groups().size()];
    Arrays.fill(number, -1);
    int next = 0;
    for (int group : grouping.groupOf()) {
      if (number[group] < 0) {
        number[group] = next++;
      }
    }
    return number;
  }

  /** Returns the groups with group g at place {@code number[g]}. */
  static Labels inOrder(Labels groups, int[] number) {
    return Indices.isRange(number) ? groups : groups.rows(Indices.inverse(number, number.length));
  }
}
