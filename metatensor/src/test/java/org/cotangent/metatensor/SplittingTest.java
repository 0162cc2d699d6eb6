package org.cotangent.metatensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Maps in parts, and dimensions that become keys. */
class SplittingTest {
  private static final TensorMap MAP = SparseMaps.map(4);

  private static final List<Labels> SELECTIONS =
      List.of(
          Labels.of("system", 1),
          Labels.of("atom", 3, 0),
          Labels.of("system", 7),
          Labels.of("system", 0, 1),
          Labels.of(List.of("system", "atom", "kind"), new int[][] {{1, 3, 1}, {0, 0, 0}}),
          Labels.empty(List.of()));

  @Test
  void aSplitIsASliceForEachSelection() {
    List<TensorMap> parts = MAP.split(Axis.SAMPLES, SELECTIONS);
    assertEquals(SELECTIONS.size(), parts.size());
    for (int k = 0; k < parts.size(); k++) {
      TensorMap slice = MAP.slice(Axis.SAMPLES, SELECTIONS.get(k));
      assertTrue(Comparison.equal(slice, parts.get(k)), "selection " + k);
    }
  }

  @Test
  void propertiesKeepTheirOrder() {
    List<Labels> selections = List.of(Labels.of("l", 1, 0), Labels.of("n", 3, 1), Labels.of("n"));
    List<TensorMap> parts = MAP.split(Axis.PROPERTIES, selections);
    for (int k = 0; k < parts.size(); k++) {
      TensorMap slice = MAP.slice(Axis.PROPERTIES, selections.get(k));
      assertTrue(Comparison.equal(slice, parts.get(k)), "selection " + k);
    }
  }

  @Test
  void gradientsOfGradientsAreSplitToo() {
    DifferentiableBlock of =
        new DifferentiableBlock(
            5, Labels.range("s", 4), List.of(Labels.range("m", 2)), Labels.range("p", 3));
    double[] p = DifferentiableBlock.variables(6);
    Labels last = Labels.of("s", 3, 2);
    DifferentiableBlock.assertGradientsAreDerivatives(
        x ->
            Manipulation.split(of.at(x, true), Axis.SAMPLES, List.of(Labels.of("s", 0), last))
                .get(1),
        p);
  }

  @Test
  void gradientsThatFollowFromOthersAreComputedOnceForAllParts() {
    TensorMap squares = MAP.pow(2);
    List<TensorMap> parts = squares.splitBy(Axis.SAMPLES, "system").parts();
    TensorMap expected = MAP.slice(Axis.SAMPLES, Labels.of("system", 1)).pow(2);
    assertTrue(Comparison.allclose(expected, parts.get(1), 1e-13, 1e-13, false));
  }

  @ParameterizedTest
  @EnumSource(
      value = Axis.class,
      names = {"SAMPLES", "PROPERTIES"})
  void splitByHasAPartForEachValue(Axis axis) {
    String name = axis == Axis.SAMPLES ? "atom" : "l";
    Manipulation.Parts<TensorMap> parts = MAP.splitBy(axis, name);
    assertEquals(Manipulation.uniqueMetadata(MAP, axis, List.of(name), null), parts.keys());
    for (int k = 0; k < parts.keys().size(); k++) {
      Labels selection = Labels.of(name, parts.keys().value(k, 0));
      assertTrue(Comparison.equal(MAP.slice(axis, selection), parts.parts().get(k)));
    }
  }

  @Test
  void aPartOfABlockWithoutSuchSamplesIsEmpty() {
    TensorMap map =
        Manipulation.join(
            List.of(
                MAP.slice(Axis.SAMPLES, new int[] {1}).filterBlocks(MAP.keys().rows(range(1))),
                MAP.slice(Axis.SAMPLES, new int[] {0})),
            Axis.SAMPLES,
            DifferentKeys.UNION,
            null);
    List<TensorMap> parts = map.splitBy(Axis.SAMPLES, "system").parts();
    assertEquals(1, parts.get(1).block(0).samples().size());
    assertEquals(0, parts.get(1).block(1).samples().size());
  }

  private static int[] range(int end) {
    return Indices.range(end);
  }

  @Test
  void samplesToKeysUndoesKeysToSamples() {
    TensorMap sorted = MAP.sort();
    TensorMap merged =
        TensorMap.of(
                Labels.of(List.of("a", "b"), new int[][] {{0, 3}, {0, 5}}),
                List.of(sorted.block(0), sorted.block(0).multiply(2)))
            .keysToSamples("b");
    assertEquals(1, merged.size());
    TensorMap again = merged.samplesToKeys("b");
    assertEquals(Labels.of(List.of("a", "b"), new int[][] {{0, 3}, {0, 5}}), again.keys());
    assertTrue(Comparison.equal(sorted.block(0), again.block(0)));
    assertTrue(
        Comparison.allclose(sorted.block(0).multiply(2), again.block(1), 1e-13, 1e-13, false));
  }

  @Test
  void propertiesToKeysUndoesKeysToProperties() {
    TensorMap sorted = MAP.sort();
    TensorMap two =
        TensorMap.of(Labels.of("b", 3, 5), List.of(sorted.block(0), sorted.block(0).multiply(2)));
    TensorMap merged = two.keysToProperties("b");
    assertEquals(Labels.single(), merged.keys());
    TensorMap again = merged.propertiesToKeys("b");
    assertEquals(two.keys(), again.keys());
    assertTrue(Comparison.allclose(two, again, 1e-13, 1e-13, false));
  }

  @Test
  void oneDimensionMustStay() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> MAP.propertiesToKeys("l", "n"));
    assertTrue(e.getMessage().contains("one at least must stay"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> MAP.samplesToKeys("nothing"));
  }

  @Test
  void integersAreSplit() {
    TensorBlock block =
        TensorBlock.of(
            Tensor.of(new int[] {1, 2, 3, 4}, 4, 1),
            Labels.of("s", 4, 2, 9, 3),
            List.of(),
            Labels.range("p", 1));
    List<TensorBlock> parts =
        Manipulation.split(block, Axis.SAMPLES, List.of(Labels.of("s", 9, 4), Labels.of("s", 3)));
    assertEquals(DType.INT32, parts.get(0).dtype());
    assertEquals(3, parts.get(0).values().at(0));
    assertEquals(1, parts.get(0).values().at(1));
  }

  /** 40000 parts of 80000 samples: work for each part and sample together would take minutes. */
  @Test
  void manyPartsTakeNoTimeForEachSample() {
    int systems = 40_000;
    int[] rows = new int[4 * systems];
    for (int i = 0; i < 2 * systems; i++) {
      rows[2 * i] = i % systems;
      rows[2 * i + 1] = i;
    }
    TensorBlock block =
        TensorBlock.of(
            Tensor.zeros(DType.FLOAT64, Shape.of(2 * systems, 1)),
            Labels.ofFlat(List.of("system", "atom"), rows),
            List.of(),
            Labels.range("p", 1));
    List<Labels> selections = new ArrayList<>();
    for (int system = 0; system < systems; system++) {
      selections.add(Labels.of("system", system));
    }
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          List<TensorBlock> parts = Manipulation.split(block, Axis.SAMPLES, selections);
          assertEquals(2, parts.getLast().samples().size());
          assertEquals(systems, Manipulation.splitBy(block, Axis.SAMPLES, "system").keys().size());
        });
  }

  @Test
  void selectionsFindWhatLookingAtEveryRowFinds() {
    Random random = new Random(12);
    for (int round = 0; round < 300; round++) {
      Labels labels = randomLabels(random, random.nextInt(60), 3, random.nextBoolean());
      int width = 1 + random.nextInt(2);
      List<String> names =
          width == 1
              ? List.of(List.of("a", "b", "c").get(random.nextInt(3)))
              : random.nextBoolean() ? List.of("a", "b") : List.of("c", "a");
      Labels selection = randomLabels(random, random.nextInt(12), width, false);
      for (int k = 0; k < width; k++) {
        selection = selection.rename(selection.names().get(k), "x" + k);
      }
      for (int k = 0; k < width; k++) {
        selection = selection.rename("x" + k, names.get(k));
      }
      List<Integer> expected = new ArrayList<>();
      for (int row = 0; row < labels.size(); row++) {
        int[] part = new int[width];
        for (int k = 0; k < width; k++) {
          part[k] = labels.value(row, labels.dimension(names.get(k)));
        }
        if (selection.contains(part)) {
          expected.add(row);
        }
      }
      List<Integer> found = new ArrayList<>();
      for (int row : labels.select(selection)) {
        found.add(row);
      }
      assertEquals(expected, found, "round " + round);
    }
  }

  private static Labels randomLabels(Random random, int rows, int width, boolean sorted) {
    int scale = random.nextInt(4) == 0 ? 1_000_000_000 : 1;
    int[] flat = new int[rows * width];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (random.nextInt(7) - 2) * scale;
    }
    List<String> names = List.of("a", "b", "c").subList(0, width);
    Labels.Grouping distinct = Labels.assumeUnique(names, flat).groupBy(names);
    Labels labels = distinct.groups();
    if (sorted) {
      return labels;
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      order.add(i);
    }
    java.util.Collections.shuffle(order, random);
    return labels.rows(order.stream().mapToInt(Integer::intValue).toArray());
  }
}
