package org.cotangent.metatensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class GradientRowsTest {
  private static final Labels ROWS =
      Labels.of(List.of("sample", "atom"), new int[][] {{0, 4}, {0, 2}, {1, 4}, {2, 1}});

  @Test
  void rowsOfSamplesThatComeTogetherBecomeOne() {
    GradientRows merged =
        GradientRows.merge(List.of(ROWS), List.of(new int[] {1, 1, 0}), RowsOrder.ASCENDING, false);
    assertEquals(
        Labels.of(List.of("sample", "atom"), new int[][] {{0, 1}, {1, 2}, {1, 4}}),
        merged.samples());
    assertArrayEquals(new int[] {2, 1, 2, 0}, merged.targets().getFirst());
  }

  @Test
  void equalRowsOfTwoBlocksGoWhereThoseOfOneGo() {
    int[] to = {1, 1, 0};
    GradientRows one = GradientRows.merge(List.of(ROWS), List.of(to), RowsOrder.ASCENDING, false);
    GradientRows two =
        GradientRows.merge(
            List.of(ROWS, ROWS), List.of(to, to.clone()), RowsOrder.ASCENDING, false);
    assertEquals(one.samples(), two.samples());
    assertArrayEquals(one.targets().getFirst(), two.targets().get(0));
    assertArrayEquals(one.targets().getFirst(), two.targets().get(1));
  }

  @Test
  void equalRowsOfDifferentSamplesStayApart() {
    GradientRows two =
        GradientRows.merge(
            List.of(ROWS, ROWS),
            List.of(new int[] {0, 1, 2}, new int[] {3, 4, 5}),
            RowsOrder.ASCENDING,
            false);
    assertEquals(8, two.samples().size());
  }

  @Test
  void rowsMergedBeforeAreMergedAnewIntoOtherSamples() {
    int[] first = {1, 1, 0};
    GradientRows one =
        GradientRows.merge(List.of(ROWS), List.of(first), RowsOrder.ASCENDING, false);
    first[2] = 1; // what was merged before does not follow
    GradientRows two =
        GradientRows.merge(List.of(ROWS), List.of(first), RowsOrder.ASCENDING, false);
    GradientRows three = GradientRows.merge(List.of(ROWS), List.of(first), RowsOrder.KEPT, false);
    assertArrayEquals(new int[] {2, 1, 2, 0}, one.targets().getFirst());
    assertArrayEquals(new int[] {2, 1, 2, 0}, two.targets().getFirst());
    assertEquals(
        Labels.of(List.of("sample", "atom"), new int[][] {{1, 1}, {1, 2}, {1, 4}}), two.samples());
    assertEquals(
        Labels.of(List.of("sample", "atom"), new int[][] {{1, 4}, {1, 2}, {1, 1}}),
        three.samples());
  }
}
