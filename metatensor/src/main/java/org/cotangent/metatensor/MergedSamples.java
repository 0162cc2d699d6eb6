package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cotangent.metatensor.internal.LabelsData;

/**
 * Samples of several blocks together; equal ones are one.
 *
 * @param samples the samples
 * @param sampleTo for each block, for each of its samples the one here
 */
record MergedSamples(Labels samples, List<int[]> sampleTo) {

  /**
   * Merges samples.
   *
   * @param all labels with the same names
   * @param sorted whether to sort them; otherwise they come in the order of first appearance
   */
  static MergedSamples of(List<Labels> all, boolean sorted) {
    Labels first = all.getFirst();
    boolean equal = !sorted || first.isSorted();
    int rows = 0;
    for (Labels labels : all) {
      equal &= labels.equals(first);
      rows = Math.addExact(rows, labels.size());
    }
    List<int[]> sampleTo = new ArrayList<>();
    if (equal) {
      int[] same = Indices.range(first.size());
      all.forEach(labels -> sampleTo.add(same));
      return new MergedSamples(first, sampleTo);
    }
    int[] flat = new int[Math.multiplyExact(rows, first.width())];
    int at = 0;
    for (Labels labels : all) {
      int[] from = LabelsData.of(labels);
      System.arraycopy(from, 0, flat, at, from.length);
      at += from.length;
    }
    Labels.Grouping grouping = Labels.assumeUnique(first.names(), flat).groupBy(first.names());
    int[] number =
        sorted ? Indices.range(grouping.groups().size()) : GradientRows.firstAppearance(grouping);
    int[] place = Indices.pick(number, grouping.groupOf());
    at = 0;
    for (Labels labels : all) {
      sampleTo.add(Arrays.copyOfRange(place, at, at + labels.size()));
      at += labels.size();
    }
    return new MergedSamples(GradientRows.inOrder(grouping.groups(), number), sampleTo);
  }
}
