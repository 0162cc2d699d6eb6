package org.cotangent.metatensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.junit.jupiter.api.Test;

class LabelsTest {
  private static final List<String> NAMES = List.of("system", "atom");
  private static final Labels LABELS =
      Labels.of(NAMES, new int[][] {{0, 1}, {1, 2}, {0, 3}, {4, 0}});

  private static void assertRefused(String part, Runnable call) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void haveNamesRowsAndColumns() {
    assertEquals(NAMES, LABELS.names());
    assertEquals(4, LABELS.size());
    assertEquals(2, LABELS.width());
    assertEquals(3, LABELS.value(2, 1));
    assertArrayEquals(new int[] {0, 1, 0, 4}, LABELS.column("system"));
    assertArrayEquals(
        new int[] {1, 0, 2, 1, 3, 0, 0, 4}, LABELS.columns(List.of("atom", "system")));
    assertEquals(1, LABELS.dimension("atom"));
  }

  @Test
  void valuesAreAnInt32Matrix() {
    assertEquals(DType.INT32, LABELS.values().dtype());
    assertEquals(Shape.of(4, 2), LABELS.values().shape());
    assertEquals(3, LABELS.values().get(2, 1));
  }

  @Test
  void argumentsAreCopied() {
    int[] values = {5, 6};
    Labels labels = Labels.of("a", values);
    values[0] = 6;
    assertEquals(5, labels.value(0, 0));
  }

  @Test
  void factoriesOfCommonLabels() {
    assertEquals(Labels.of("_", 0), Labels.single());
    assertEquals(Labels.of("n", 0, 1, 2), Labels.range("n", 3));
    assertEquals(Labels.ofFlat(NAMES, new int[0]), Labels.empty(NAMES));
    assertEquals(0, Labels.empty(List.of()).size());
    assertEquals(LABELS, Labels.ofFlat(NAMES, new int[] {0, 1, 1, 2, 0, 3, 4, 0}));
  }

  @Test
  void namesAreIdentifiers() {
    for (String bad : List.of("", " ", "a b", "1a", "a-b", "é", "a\n")) {
      assertRefused("not a valid dimension name", () -> Labels.range(bad, 1));
    }
    for (String good : List.of("_", "a1", "A_9", "__")) {
      assertEquals(List.of(good), Labels.range(good, 1).names());
    }
    assertRefused("must be unique", () -> Labels.empty(List.of("a", "b", "a")));
  }

  @Test
  void rowsAreUniqueSortedOrNot() {
    assertRefused(
        "row 1 repeats row 0, (system=0, atom=1)",
        () -> Labels.of(NAMES, new int[][] {{0, 1}, {0, 1}, {0, 2}}));
    assertRefused(
        "row 3 repeats row 1, (system=2, atom=2)",
        () -> Labels.of(NAMES, new int[][] {{3, 1}, {2, 2}, {0, 1}, {2, 2}}));
  }

  @Test
  void rowsHaveOneValuePerName() {
    assertRefused("row 1 has 1 values", () -> Labels.of(NAMES, new int[][] {{0, 1}, {0}}));
    assertRefused("3 values do not divide", () -> Labels.ofFlat(NAMES, new int[3]));
    assertRefused("no entries", () -> Labels.of(List.of(), new int[1][0]));
    assertRefused("below 0", () -> Labels.range("n", -1));
  }

  @Test
  void entriesComeInOrder() {
    List<String> texts = new ArrayList<>();
    for (LabelsEntry entry : Labels.of(List.of("a", "b"), new int[][] {{2, 1}, {0, -1}})) {
      texts.add(entry.print());
    }
    assertEquals(List.of("(a=2, b=1)", "(a=0, b=-1)"), texts);
  }

  @Test
  void indicesOutOfRangeAreNamed() {
    assertRefused("no row 4", () -> LABELS.value(4, 0));
    assertRefused("column 2", () -> LABELS.value(0, 2));
    assertRefused("no entry -5", () -> LABELS.entry(-5));
    assertRefused("'z' is not a dimension", () -> LABELS.column("z"));
    assertRefused("'z' is not a dimension", () -> LABELS.groupBy(List.of("z")));
  }

  @Test
  void positionIsMinusOneForWhatIsNotThere() {
    assertEquals(3, LABELS.position(4, 0));
    assertEquals(-1, LABELS.position(4, 1));
    assertEquals(2, LABELS.position(LABELS.entry(-2)));
    assertTrue(LABELS.contains(0, 1));
    assertFalse(LABELS.contains(LabelsEntryTest.entry(1, 0)));
    assertRefused("cannot have 3 values", () -> LABELS.position(0, 1, 2));
    assertEquals(-1, Labels.empty(NAMES).position(0, 0));
  }

  @Test
  void equalityLooksAtNamesRowsAndOrder() {
    Labels same = Labels.of(NAMES, new int[][] {{0, 1}, {1, 2}, {0, 3}, {4, 0}});
    assertEquals(LABELS, same);
    assertEquals(LABELS.hashCode(), same.hashCode());
    assertEquals(LABELS, same);
    assertNotEquals(LABELS, LABELS.rename("atom", "a"));
    assertNotEquals(LABELS, LABELS.rows(new int[] {1, 0, 2, 3}));
    assertNotEquals(LABELS, LABELS.rows(new int[] {0, 1, 2}));
  }

  @Test
  void appendGoesAfterTheLastDimension() {
    Labels longer = LABELS.append("n", new int[] {7, 8, 9, 10});
    assertEquals(List.of("system", "atom", "n"), longer.names());
    assertArrayEquals(new int[] {7, 8, 9, 10}, longer.column("n"));
    assertRefused("3 values for 4 entries", () -> LABELS.append("n", new int[3]));
    assertRefused("must be unique", () -> LABELS.append("atom", new int[4]));
  }

  @Test
  void insertPermuteAndRenameKeepTheRows() {
    Labels inserted = LABELS.insert(1, "n", new int[] {7, 8, 9, 10});
    assertEquals(List.of("system", "n", "atom"), inserted.names());
    assertEquals(LABELS, inserted.remove("n"));
    assertRefused("dimension 3", () -> LABELS.insert(3, "n", new int[4]));
    Labels swapped = LABELS.permute(-1, 0);
    assertEquals(List.of("atom", "system"), swapped.names());
    assertEquals(LABELS, swapped.permute(1, 0));
    assertRefused("must be unique", () -> LABELS.permute(0, 0));
    assertRefused("no dimension 2", () -> LABELS.permute(0, 2));
    assertRefused("do not permute", () -> LABELS.permute(0));
    assertEquals(List.of("system", "n"), LABELS.rename("atom", "n").names());
    assertRefused("must be unique", () -> LABELS.rename("atom", "system"));
  }

  @Test
  void removeLeavesUniqueRowsAndOneDimension() {
    assertArrayEquals(new int[] {1, 2, 3, 0}, LABELS.remove("system").column("atom"));
    assertRefused("without 'atom'", () -> LABELS.remove("atom"));
    assertRefused("only dimension", () -> Labels.range("n", 2).remove("n"));
  }

  @Test
  void rowsAreTakenInAnyOrderButOnce() {
    Labels taken = LABELS.rows(new int[] {3, 0});
    assertEquals(Labels.of(NAMES, new int[][] {{4, 0}, {0, 1}}), taken);
    assertRefused("row 1, (system=1, atom=2), is taken twice", () -> LABELS.rows(new int[] {1, 1}));
    assertRefused("no row -1", () -> LABELS.rows(new int[] {-1}));
    assertRefused("5 rows cannot be taken from 4", () -> LABELS.rows(new int[5]));
  }

  @Test
  void groupsAreSortedAndEveryRowHasOne() {
    Labels.Grouping grouping = LABELS.groupBy(List.of("system"));
    assertEquals(Labels.of("system", 0, 1, 4), grouping.groups());
    assertArrayEquals(new int[] {0, 1, 0, 2}, grouping.groupOf());
  }

  @Test
  void withoutNamesThereIsOneGroup() {
    Labels.Grouping grouping = LABELS.groupBy(List.of());
    assertEquals(Labels.single(), grouping.groups());
    assertArrayEquals(new int[4], grouping.groupOf());
    assertEquals(0, Labels.empty(NAMES).groupBy(List.of()).groups().size());
  }

  @Test
  void selectionWithoutDimensionsSelectsEverything() {
    assertArrayEquals(new int[] {0, 1, 2, 3}, LABELS.select(Labels.empty(List.of())));
  }

  @Test
  void differenceMapsTheSecondToNothing() {
    Labels.Mapped mapped = LABELS.difference(LABELS.rows(new int[] {0, 3}));
    assertEquals(LABELS.rows(new int[] {1, 2}), mapped.labels());
    assertArrayEquals(new int[] {-1, 0, 1, -1}, mapped.first());
    assertArrayEquals(new int[] {-1, -1}, mapped.second());
  }

  @Test
  void textIsATableWithAnEllipsis() {
    assertEquals(
        """
        Labels
            a
            0
            1
             ...
            8
            9""",
        Labels.range("a", 10).toString());
    assertEquals(11, Labels.range("a", 10).repr().lines().skip(1).count());
  }

  @Test
  void htmlHasAtMostTwoHundredRows() {
    String html = Labels.range("n", 300).toHtml();
    assertEquals(200, html.lines().filter(line -> line.startsWith("<tr><td>")).count());
    assertTrue(html.contains("<p>100 more entries</p>"));
    assertTrue(html.contains(">n</th>"));
  }
}
