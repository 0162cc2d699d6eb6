package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.cotangent.metatensor.internal.LabelsData;

/**
 * The rows of a propagated gradient: those of the gradients it comes from, with {@code sample}
 * replaced by the sample of the result. Rows that become equal become one.
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
   * @param sorted whether to sort the rows; otherwise they come in order of first appearance
   */
  static GradientRows merge(List<Labels> rows, List<int[]> sampleTo, boolean sorted) {
    if (rows.size() > 1 && areAllEqual(rows, sampleTo)) { // as in a sum of two maps
      GradientRows one = merge(rows.subList(0, 1), sampleTo.subList(0, 1), sorted);
      return new GradientRows(
          one.samples, Collections.nCopies(rows.size(), one.targets.getFirst()));
    }
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
      total += some.size();
    }
    int[] merged = new int[total * width];
    List<int[]> places = new ArrayList<>();
    int kept = 0;
    for (int b = 0; b < rows.size(); b++) {
      int[] flat = LabelsData.of(rows.get(b));
      int[] place = new int[rows.get(b).size()];
      for (int r = 0; r < place.length; r++) {
        int sample = sampleTo.get(b)[flat[r * width]];
        place[r] = sample < 0 ? -1 : kept;
        if (sample >= 0) {
          System.arraycopy(flat, r * width, merged, kept * width, width);
          merged[kept * width] = sample;
          kept++;
        }
      }
      places.add(place);
    }
    Labels all = Labels.assumeUnique(names, Arrays.copyOf(merged, kept * width));
    boolean increasing = all.isSorted();
    if (rows.size() == 1 && (increasing || !sorted) && isInjective(sampleTo.getFirst())) {
      return new GradientRows(all, places); // nothing can have become equal
    }
    Labels.Grouping grouping = all.groupBy(names);
    int[] order = sorted ? identity(grouping.groups().size()) : firstAppearance(grouping);
    Labels samples = sorted ? grouping.groups() : inOrder(grouping.groups(), order);
    for (int[] place : places) {
      for (int r = 0; r < place.length; r++) {
        place[r] = place[r] < 0 ? -1 : order[grouping.groupOf()[place[r]]];
      }
    }
    return new GradientRows(samples, places);
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

  private static boolean isInjective(int[] sampleTo) {
    int highest = -1;
    for (int to : sampleTo) { // enough to recognise the usual case: samples kept in their order
      if (to >= 0 && to <= highest) {
        return false;
      }
      highest = Math.max(highest, to);
    }
    return true;
  }

  private static int[] identity(int size) {
    int[] all = new int[size];
    Arrays.setAll(all, i -> i);
    return all;
  }

  /** For each group its number in the order in which the groups first appear. */
  private static int[] firstAppearance(Labels.Grouping grouping) {
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

  private static Labels inOrder(Labels groups, int[] number) {
    int[] indices = new int[number.length];
    for (int group = 0; group < number.length; group++) {
      indices[number[group]] = group;
    }
    return groups.rows(indices);
  }
}
