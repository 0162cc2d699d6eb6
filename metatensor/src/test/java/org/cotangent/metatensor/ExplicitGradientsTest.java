package org.cotangent.metatensor;

import static org.cotangent.metatensor.DifferentiableBlock.assertGradientsAreDerivatives;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Recording;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Explicit gradients with sparse rows, and gradients of these, through structural operations. */
class ExplicitGradientsTest {
  private static final Labels SAMPLES =
      Labels.of(List.of("system", "center"), new int[][] {{1, 3}, {0, 7}, {0, 1}, {1, 0}});
  private static final Labels MU = Labels.of("mu", 1, -1);
  private static final Labels NU = Labels.of("nu", 5, 0, 3);
  private static final Labels PROPERTIES =
      Labels.of(List.of("n", "l"), new int[][] {{1, 0}, {0, 1}, {0, 0}});
  private static final double[] P = DifferentiableBlock.variables(11);

  private static final DifferentiableBlock FIRST =
      new DifferentiableBlock(1, SAMPLES, List.of(MU, NU), PROPERTIES);
  private static final DifferentiableBlock SECOND =
      new DifferentiableBlock(
          2,
          Labels.of(List.of("system", "center"), new int[][] {{1, 3}, {5, 5}, {0, 1}}),
          List.of(MU, NU),
          PROPERTIES);

  private static TensorMap map(double[] p) {
    Labels keys = Labels.of(List.of("a", "b"), new int[][] {{2, 0}, {1, 0}});
    return TensorMap.of(
        keys, List.of(FIRST.at(p, true), SECOND.at(p, true)), Map.of("by", "a test"));
  }

  /** Structural operations on the map, each with one block as the result. */
  private static final Map<String, UnaryOperator<TensorMap>> OPERATIONS =
      Map.ofEntries(
          Map.entry("keys to samples", map -> map.keysToSamples("a")),
          Map.entry(
              "keys to samples, unsorted",
              map -> map.keysToSamples(Labels.empty(List.of("b", "a")), 0, false)),
          Map.entry("keys to properties", map -> map.keysToProperties("a")),
          Map.entry(
              "keys to properties, listed",
              map -> map.keysToProperties(Labels.of("a", 1, 9), 0, false)),
          Map.entry("components to properties", map -> first(map.componentsToProperties("mu"))),
          Map.entry(
              "all components to properties", map -> first(map.componentsToProperties("mu", "nu"))),
          Map.entry("sort", map -> first(map.sort())),
          Map.entry(
              "sort components, descending",
              map -> first(map.sort(EnumSet.of(Axis.COMPONENTS), true))),
          Map.entry(
              "sort samples, descending", map -> first(map.sort(EnumSet.of(Axis.SAMPLES), true))),
          Map.entry("slice samples", map -> first(map.slice(Axis.SAMPLES, new int[] {-1, 0}))),
          Map.entry("slice properties", map -> first(map.slice(Axis.PROPERTIES, new int[] {2, 0}))),
          Map.entry(
              "join samples",
              map ->
                  first(
                      Manipulation.join(
                          List.of(map, map), Axis.SAMPLES, DifferentKeys.ERROR, "copy"))),
          Map.entry(
              "join properties",
              map ->
                  first(
                      Manipulation.join(
                          List.of(map, map.map(values -> values.sin())),
                          Axis.PROPERTIES,
                          DifferentKeys.ERROR,
                          "copy"))),
          Map.entry(
              "join slices with their source",
              map ->
                  first(
                      Manipulation.join(
                          List.of(map, map.slice(Axis.SAMPLES, new int[] {2, 0})),
                          Axis.SAMPLES,
                          DifferentKeys.ERROR,
                          "copy"))),
          Map.entry(
              "rename", map -> first(map.renameDimension(Axis.SAMPLES, "system", "structure"))),
          Map.entry(
              "append", map -> first(Manipulation.appendDimension(map, Axis.PROPERTIES, "new", 4))),
          Map.entry("filter", map -> map.filterBlocks(Labels.of("a", 1))),
          Map.entry("sum", map -> first(map.sumOverSamples("center"))));

  private static TensorMap first(TensorMap map) {
    return map.filterBlocks(Labels.of("a", 2));
  }

  @TestFactory
  Stream<DynamicTest> gradientsAreMovedAsTheValuesAre() {
    return tests(UnaryOperator.identity(), UnaryOperator.identity());
  }

  @TestFactory
  Stream<DynamicTest> gradientsOfComputedBlocksAreDerivatives() {
    return tests(map -> map.map(values -> values.square()), UnaryOperator.identity());
  }

  @TestFactory
  Stream<DynamicTest> gradientsGoOnAfterwards() {
    return tests(UnaryOperator.identity(), map -> map.map(values -> values.square().sin()));
  }

  @TestFactory
  Stream<DynamicTest> gradientsGoThroughFromBeforeToAfterwards() {
    return tests(
        map -> map.map(values -> values.multiply(0.3).exp()),
        map -> map.map(values -> values.multiply(values.slice(-1, 0, 1))));
  }

  private static Stream<DynamicTest> tests(
      UnaryOperator<TensorMap> before, UnaryOperator<TensorMap> after) {
    return OPERATIONS.entrySet().stream()
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.getKey(),
                    () -> {
                      Function<double[], TensorMap> f =
                          p -> after.apply(operation.getValue().apply(before.apply(map(p))));
                      assertGradientsAreDerivatives(p -> f.apply(p).block(), P);
                      assertEquals(Map.of("by", "a test"), f.apply(P).info());
                    }));
  }

  @Test
  void bothDirectionsGiveTheSameAlsoWhereSourcesDependOnOneAnother() {
    TensorMap map = map(P);
    TensorBlock joined =
        Manipulation.join(
                List.of(map, map.slice(Axis.SAMPLES, new int[] {1, 0})),
                Axis.SAMPLES,
                DifferentKeys.ERROR,
                "copy")
            .map(values -> values.square())
            .block(0);
    Tensor forward = joined.gradient("positions", Gradients.FORWARD).values();
    Tensor reverse = joined.gradient("positions", Gradients.REVERSE).values();
    for (int i = 0; i < forward.size(); i++) {
      assertEquals(forward.at(i), reverse.at(i), 1e-12);
    }
  }

  /** Third derivatives are stored and moved, but functions do not lead them on. */
  @Test
  void aThirdOrderIsMovedAndRefusedByComputations() {
    TensorBlock block = FIRST.at(P, true);
    TensorBlock second = block.gradient("positions").gradient("positions");
    TensorBlock third =
        TensorBlock.of(
            Tensor.zeros(
                DType.FLOAT64,
                TensorBlock.shape(Labels.range("sample", 1), second.components(), PROPERTIES)),
            Labels.range("sample", 1),
            second.components(),
            PROPERTIES);
    TensorBlock deep =
        TensorBlock.of(block.values(), SAMPLES, block.components(), PROPERTIES)
            .withGradient(
                "positions",
                TensorBlock.of(
                        block.gradient("positions").values(),
                        block.gradient("positions").samples(),
                        block.gradient("positions").components(),
                        PROPERTIES)
                    .withGradient("positions", second.withGradient("positions", third)));
    TensorBlock moved = deep.slice(Axis.PROPERTIES, new int[] {0, 2});
    for (int order = 0; order < 3; order++) {
      moved = moved.gradient("positions");
    }
    assertEquals(2, moved.properties().size());
    TensorMap map = TensorMap.of(Labels.single(), List.of(deep));
    UnsupportedOperationException refusal =
        assertThrows(UnsupportedOperationException.class, () -> map.map(values -> values.sin()));
    assertTrue(refusal.getMessage().contains("remove them first"), refusal.getMessage());
  }

  @Test
  void anInputGivenTwiceCountsOnce() {
    assertGradientsAreDerivatives(
        p -> {
          TensorBlock block = FIRST.at(p, true);
          TensorBlock renamed = block.renameDimension(Axis.SAMPLES, "center", "c");
          return sum(block, renamed.renameDimension(Axis.SAMPLES, "c", "center"));
        },
        P);
  }

  @Test
  void partsOfOneBlockUnderOtherLabelsAreKeptApart() {
    assertGradientsAreDerivatives(
        p -> {
          TensorBlock block = FIRST.at(p, true).sort(Set.of(), false);
          TensorBlock ahead = block.slice(Axis.SAMPLES, new int[] {0, 1, 2});
          TensorBlock behind = block.slice(Axis.SAMPLES, new int[] {1, 2, 3});
          return sum(ahead, behind); // under the labels of the first
        },
        P);
  }

  @Test
  void aBlockWhoseGradientsWereRemovedIsHeldConstant() {
    double[] p0 = P;
    Tensor constant = FIRST.at(p0, false).values();
    TensorBlock block = FIRST.at(p0, false);
    TensorBlock bare = block.removeGradients();
    TensorBlock product =
        Derivation.block(
            block.values().multiply(bare.values()),
            block.samples(),
            block.components(),
            block.properties(),
            List.of(Derivation.Input.same(block), Derivation.Input.same(bare)),
            false);
    TensorBlock expected =
        TensorMap.of(Labels.single(), List.of(FIRST.at(p0, false)))
            .map(values -> values.multiply(constant.detach()))
            .block();
    for (Gradients direction : List.of(Gradients.FORWARD, Gradients.REVERSE)) {
      Tensor found = product.gradient("positions", direction).values();
      for (int i = 0; i < found.size(); i++) {
        assertEquals(expected.gradient("positions").values().at(i), found.at(i), 1e-12);
      }
    }
  }

  private static TensorBlock sum(TensorBlock x, TensorBlock y) {
    return Derivation.block(
        x.values().square().add(y.values().sin()),
        x.samples(),
        x.components(),
        x.properties(),
        List.of(Derivation.Input.same(x), Derivation.Input.same(y)),
        false);
  }

  /** Computations with one block as the result, for a loss on values and gradients. */
  private static final Map<String, UnaryOperator<TensorMap>> TRAINED =
      Map.of(
          "keys to samples, sorted, summed",
          map -> map.map(v -> v.square()).keysToSamples("a").sort().sumOverSamples("center"),
          "keys and components to properties",
          map ->
              map.keysToProperties("a")
                  .map(v -> v.sin().multiply(v))
                  .componentsToProperties("mu", "nu"),
          "joined with a slice",
          map ->
              Manipulation.join(
                      List.of(map, map.map(v -> v.exp()).slice(Axis.SAMPLES, new int[] {2, 0})),
                      Axis.SAMPLES,
                      DifferentKeys.ERROR,
                      "copy")
                  .map(v -> v.square())
                  .filterBlocks(Labels.of("a", 2)));

  @TestFactory
  Stream<DynamicTest> aLossOnExplicitGradientsIsDifferentiatedThroughThem() {
    return TRAINED.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      assertLossIsDifferentiated(entry.getValue(), false);
                      assertLossIsDifferentiated(entry.getValue(), true);
                    }));
  }

  /** With nested gradients the loss has second derivatives, and its slope third ones. */
  private static void assertLossIsDifferentiated(UnaryOperator<TensorMap> f, boolean nested) {
    TensorMap map = map(P);
    Tensor values = map.block(0).values();
    Function<TensorMap, Tensor> loss =
        m -> {
          TensorBlock out = f.apply(m).block();
          TensorBlock gradient = out.gradient("positions");
          Tensor sum = out.values().square().sum().add(gradient.values().square().sum());
          return nested ? sum.add(gradient.gradient("positions").values().square().sum()) : sum;
        };
    Tensor slope = Derivatives.grad(loss.apply(map), List.of(values)).getFirst();
    double step = 1e-5;
    for (int i = 0; i < values.size(); i += 5) {
      double difference =
          loss.apply(with(map, i, step)).item() - loss.apply(with(map, i, -step)).item();
      double expected = difference / (2 * step);
      assertEquals(expected, slope.at(i), 1e-6 * Math.max(1, Math.abs(expected)));
    }
  }

  private static TensorMap with(TensorMap map, int i, double by) {
    TensorBlock block = map.block(0);
    double[] values = block.values().toDoubleArray();
    values[i] += by;
    TensorBlock moved =
        TensorBlock.of(
                Tensor.of(values, block.shape().toArray()),
                block.samples(),
                block.components(),
                block.properties())
            .withGradient("positions", block.gradient("positions"));
    return TensorMap.of(map.keys(), List.of(moved, map.block(1)));
  }

  @Test
  void relabellingSharesTheArrays() {
    TensorBlock block = FIRST.at(P, true);
    TensorBlock renamed =
        block
            .renameDimension(Axis.SAMPLES, "center", "i")
            .renameDimension(Axis.COMPONENTS, "xyz", "direction")
            .renameDimension(Axis.PROPERTIES, "n", "m");
    assertSame(block.values(), renamed.values());
    assertSame(block.gradient("positions").values(), renamed.gradient("positions").values());
    assertEquals(
        List.of("direction"), renamed.gradient("positions").components().getFirst().names());
  }

  @Test
  void fillValuesFillGradientsToo() {
    TensorBlock merged = map(P).keysToProperties(Labels.empty(List.of("a")), -3, true).block();
    int row = merged.samples().position(5, 5);
    assertEquals(-3, merged.values().get(row, 0, 0, 0));
    TensorBlock gradient = merged.gradient("positions");
    int filled = 0;
    for (int r = 0; r < gradient.samples().size(); r++) {
      filled += gradient.values().get(r, 0, 0, 0, 0) == -3 ? 1 : 0;
    }
    assertTrue(filled > 0);
  }

  @Test
  void conversionMovesGradientsOfEveryDepth() {
    TensorBlock converted = FIRST.at(P, true).to(DType.FLOAT32);
    assertEquals(DType.FLOAT32, converted.gradient("positions").gradient("positions").dtype());
    TensorMap squared =
        TensorMap.of(Labels.single(), List.of(converted)).map(values -> values.square());
    TensorMap direct =
        TensorMap.of(Labels.single(), List.of(FIRST.at(P, true))).map(values -> values.square());
    Tensor found = squared.block().gradient("positions").values();
    Tensor expected = direct.block().gradient("positions").values();
    for (int i = 0; i < found.size(); i++) {
      assertEquals(expected.at(i), found.at(i), 1e-5); // float32
    }
  }

  @Test
  void whatIsMovedWithoutRecordingIsASourceOfItsOwn() {
    TensorMap moved = Recording.off(() -> map(P).keysToSamples("a"));
    TensorMap direct = map(P).keysToSamples("a");
    Tensor found = moved.map(values -> values.square()).block().gradient("positions").values();
    Tensor expected = direct.map(values -> values.square()).block().gradient("positions").values();
    for (int i = 0; i < found.size(); i++) {
      assertEquals(expected.at(i), found.at(i), 1e-12);
    }
  }

  @Test
  void whatWasComputedWithoutRecordingHasNoGradients() {
    TensorMap computed = Recording.off(() -> map(P).map(values -> values.square()));
    TensorMap further = computed.map(values -> values.sin());
    TensorBlock gradient = further.block(0).gradient("positions");
    assertThrows(IllegalStateException.class, gradient::values);
  }

  @Test
  void aNestedGradientByWhatTheValuesHaveNoneByIsRefused() {
    TensorBlock block = FIRST.at(P, true);
    TensorBlock gradient = block.gradient("positions");
    TensorBlock mixed =
        block
            .removeGradients()
            .withGradient(
                "positions",
                gradient.removeGradients().withGradient("cell", gradient.gradient("positions")));
    TensorMap map = TensorMap.of(Labels.single(), List.of(mixed));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> map.map(values -> values.square()));
    assertTrue(refused.getMessage().contains("'cell'"), refused.getMessage());
    assertEquals( // moving it needs no derivative
        List.of("cell"),
        List.copyOf(map.sort().block().gradient("positions").gradients().keySet()));
  }
}
