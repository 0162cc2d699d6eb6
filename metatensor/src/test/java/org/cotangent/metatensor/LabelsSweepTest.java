package org.cotangent.metatensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sets, order and groups on random tables against the same with Java's collections. */
class LabelsSweepTest {
  private static final Comparator<List<Integer>> LEXICOGRAPHIC =
      (a, b) -> {
        for (int k = 0; k < a.size(); k++) {
          int order = a.get(k).compareTo(b.get(k));
          if (order != 0) {
            return order;
          }
        }
        return 0;
      };

  /** A table of unique rows: its seed is in the name of the test. */
  record Table(int seed, int rows, int width, int spread, boolean sorted) {
    Labels labels(int variant) {
      Random random = new Random(1000L * seed + variant);
      LinkedHashSet<List<Integer>> unique = new LinkedHashSet<>();
      for (int i = 0; i < rows; i++) {
        List<Integer> row = new ArrayList<>();
        for (int k = 0; k < width; k++) {
          row.add(spread == 0 ? random.nextInt() : random.nextInt(spread) - spread / 2);
        }
        unique.add(row);
      }
      List<List<Integer>> list = new ArrayList<>(unique);
      if (sorted) {
        list.sort(LEXICOGRAPHIC);
      }
      return labelsOf(names(), list);
    }

    List<String> names() {
      return IntStream.range(0, width).mapToObj(k -> "d" + k).toList();
    }
  }

  static List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    int seed = 0;
    for (int rows : new int[] {0, 1, 2, 31, 33, 400, 2000}) {
      for (int width : new int[] {1, 2, 4}) {
        for (int spread : new int[] {5, 60, 0}) {
          tables.add(new Table(seed++, rows, width, spread, false));
          tables.add(new Table(seed++, rows, width, spread, true));
        }
      }
    }
    return tables;
  }

  private static Labels labelsOf(List<String> names, List<List<Integer>> rows) {
    int[][] values =
        rows.stream()
            .map(row -> row.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    return Labels.of(names, values);
  }

  private static List<List<Integer>> rowsOf(Labels labels) {
    List<List<Integer>> rows = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      rows.add(Arrays.stream(labels.entry(i).values()).boxed().toList());
    }
    return rows;
  }

  private static int[] positions(List<List<Integer>> rows, List<List<Integer>> result) {
    Map<List<Integer>, Integer> index = new HashMap<>();
    for (int i = 0; i < result.size(); i++) {
      index.put(result.get(i), i);
    }
    return rows.stream().mapToInt(row -> index.getOrDefault(row, -1)).toArray();
  }

  private static void assertMapped(
      Labels.Mapped mapped, LinkedHashSet<List<Integer>> expected, Labels a, Labels b) {
    List<List<Integer>> result = new ArrayList<>(expected);
    assertEquals(labelsOf(a.names(), result), mapped.labels());
    assertArrayEquals(positions(rowsOf(a), result), mapped.first());
    assertArrayEquals(positions(rowsOf(b), result), mapped.second());
  }

  @ParameterizedTest
  @MethodSource("tables")
  void setsAreThoseOfTheRows(Table table) {
    Labels a = table.labels(1);
    Labels b = table.labels(2);
    LinkedHashSet<List<Integer>> union = new LinkedHashSet<>(rowsOf(a));
    union.addAll(rowsOf(b));
    assertMapped(a.union(b), union, a, b);

    LinkedHashSet<List<Integer>> both = new LinkedHashSet<>(rowsOf(a.size() <= b.size() ? a : b));
    both.retainAll(rowsOf(a.size() <= b.size() ? b : a));
    assertMapped(a.intersection(b), both, a, b);

    LinkedHashSet<List<Integer>> rest = new LinkedHashSet<>(rowsOf(a));
    rest.removeAll(new LinkedHashSet<>(rowsOf(b)));
    assertEquals(labelsOf(a.names(), new ArrayList<>(rest)), a.difference(b).labels());
    assertArrayEquals(positions(rowsOf(a), new ArrayList<>(rest)), a.difference(b).first());
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyRowIsFoundWhereItIs(Table table) {
    Labels labels = table.labels(1);
    for (int i = 0; i < labels.size(); i++) {
      assertEquals(i, labels.position(labels.entry(i)));
    }
    List<List<Integer>> others = rowsOf(table.labels(2));
    int[] expected = positions(others, rowsOf(labels));
    for (int i = 0; i < expected.length; i++) {
      int[] row = others.get(i).stream().mapToInt(Integer::intValue).toArray();
      assertEquals(expected[i], labels.position(row));
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void sortOrderIsLexicographic(Table table) {
    Labels labels = table.labels(1);
    List<List<Integer>> rows = rowsOf(labels);
    int[] expected =
        IntStream.range(0, rows.size())
            .boxed()
            .sorted(Comparator.comparing(rows::get, LEXICOGRAPHIC))
            .mapToInt(Integer::intValue)
            .toArray();
    assertArrayEquals(expected, labels.sortOrder());
    assertEquals(isAscending(expected), labels.isSorted());
    assertTrue(labels.rows(expected).isSorted());
  }

  private static boolean isAscending(int[] order) {
    return IntStream.range(0, order.length).allMatch(i -> order[i] == i);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void groupsAreTheSortedDistinctValues(Table table) {
    Labels labels = table.labels(1);
    List<String> names = table.width() == 1 ? List.of("d0") : List.of("d1", "d0");
    List<List<Integer>> keys = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      LabelsEntry entry = labels.entry(i);
      keys.add(names.stream().map(entry::get).toList());
    }
    List<List<Integer>> groups = keys.stream().distinct().sorted(LEXICOGRAPHIC).toList();
    Labels.Grouping grouping = labels.groupBy(names);
    assertEquals(labelsOf(names, groups), grouping.groups());
    assertArrayEquals(positions(keys, groups), grouping.groupOf());
  }

  @ParameterizedTest
  @MethodSource("tables")
  void selectionFollowsTheLabelsUnlessTheNamesAreTheSame(Table table) {
    Labels labels = table.labels(1);
    Labels selection = table.labels(2);
    int[] inSelectionOrder =
        Arrays.stream(positions(rowsOf(selection), rowsOf(labels))).filter(i -> i >= 0).toArray();
    assertArrayEquals(inSelectionOrder, labels.select(selection));
    if (table.width() > 1) {
      int[] reversed = IntStream.range(0, table.width()).map(k -> -1 - k).toArray();
      Arrays.sort(inSelectionOrder);
      assertArrayEquals(inSelectionOrder, labels.select(selection.permute(reversed)));
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void aRepeatedRowIsFoundWhereverItIs(Table table) {
    List<List<Integer>> rows = new ArrayList<>(rowsOf(table.labels(1)));
    if (rows.isEmpty()) {
      return;
    }
    Random random = new Random(table.seed());
    List<Integer> row = rows.get(random.nextInt(rows.size()));
    rows.add(random.nextInt(rows.size() + 1), row);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> labelsOf(table.names(), rows));
    assertTrue(e.getMessage().contains("(d0=" + row.getFirst()), e.getMessage());
  }
}
