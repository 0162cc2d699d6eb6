package org.cotangent.metatensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class TensorMapTest {
  private static TensorBlock block(double value) {
    return TensorBlock.of(
        Tensor.full(DType.FLOAT64, value, 2, 1),
        Labels.range("system", 2),
        List.of(),
        Labels.single());
  }

  private static TensorMap map() {
    Labels keys = Labels.of(List.of("a", "b"), new int[][] {{1, 0}, {0, 2}, {1, 1}});
    return TensorMap.of(keys, List.of(block(1), block(2), block(3)), Map.of("name", "<x> & \"y\""));
  }

  @Test
  void blocksAreSelectedByPositionValuesEntryOrLabels() {
    TensorMap map = map();
    assertSame(map.block(2), map.block(Map.of("b", 1)));
    assertSame(map.block(2), map.block(map.keys().entry(2)));
    assertSame(map.block(1), map.block(Labels.of("a", 0)));
    assertEquals(List.of(map.block(0), map.block(2)), map.blocks(Map.of("a", 1)));
    assertEquals(List.of(map.block(2)), map.blocks(map.keys().entry(2)));
    assertEquals(List.of(map.block(2), map.block(0)), map.blocks(2, 0));
    assertEquals(List.of(), map.blocks(Labels.of("a", 7)));
  }

  @Test
  void aSelectionThatIsNotOneBlockIsRefusedWithTheNumberOfThem() {
    TensorMap map = map();
    assertRefused("2 blocks match (a=1)", () -> map.block(Map.of("a", 1)));
    assertRefused("no block matches (a=5)", () -> map.block(Map.of("a", 5)));
    assertRefused("'c' is not a dimension", () -> map.block(Map.of("c", 5)));
    assertRefused("no block 3", () -> map.block(3));
    assertRefused("no block -1", () -> map.blocks(0, -1));
  }

  private static void assertRefused(String text, org.junit.jupiter.api.function.Executable call) {
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, call);
    assertTrue(refused.getMessage().contains(text), refused.getMessage());
  }

  @Test
  void operationsKeepInfoAndJoiningKeepsThatOfTheFirst() {
    TensorMap map = map();
    assertEquals(map.info(), map.sort().info());
    assertEquals(map.info(), map.dropBlocks(Labels.of("a", 0)).info());
    assertEquals(map.info(), map.renameDimension(Axis.KEYS, "a", "z").info());
    assertEquals(map.info(), map.to(DType.FLOAT32).info());
    assertEquals(map.info(), map.detach().info());
    TensorMap other = map.withInfo("name", "other").withInfo("more", "text");
    TensorMap joined =
        Manipulation.join(List.of(map, other), Axis.SAMPLES, DifferentKeys.ERROR, "from");
    assertEquals(Map.of("name", "<x> & \"y\"", "more", "text"), joined.info());
  }

  @Test
  void theTypeIsThatOfTheBlocks() {
    assertEquals(Optional.of(DType.FLOAT64), map().dtype());
    assertEquals(Optional.empty(), map().dropBlocks(map().keys()).dtype());
  }

  @Test
  void htmlShowsKeysAndShapesAndEscapesInfo() {
    String html = map().toHtml();
    assertTrue(html.contains("<th>a</th><th>b</th>"), html);
    assertTrue(html.contains("<td>0</td><td>2</td><td>[2, 1]</td>"), html);
    assertTrue(html.contains("&lt;x&gt; &amp; &quot;y&quot;"), html);
    assertFalse(html.contains("<x>"), html);
  }

  @Test
  void manyBlocksAreMovedInAFewSteps() {
    int count = 3000;
    List<TensorBlock> blocks = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      blocks.add(block(k));
    }
    TensorMap map = TensorMap.of(Labels.range("k", count), blocks);
    TensorBlock samples = map.keysToSamples("k").block();
    assertEquals(2 * count, samples.samples().size());
    assertEquals(17, samples.values().get(samples.samples().position(1, 17), 0));
    TensorBlock properties = map.keysToProperties("k").block();
    assertEquals(2999, properties.values().get(1, 2999));
  }

  @Test
  void mergedBlocksMustHaveOneSetOfComponents() {
    TensorBlock other =
        TensorBlock.of(
            Tensor.zeros(DType.FLOAT64, 2, 1, 1),
            Labels.range("system", 2),
            List.of(Labels.range("c", 1)),
            Labels.single());
    TensorBlock longer =
        TensorBlock.of(
            Tensor.zeros(DType.FLOAT64, 2, 2, 1),
            Labels.range("system", 2),
            List.of(Labels.range("c", 2)),
            Labels.single());
    TensorMap map = TensorMap.of(Labels.range("k", 2), List.of(other, longer));
    assertRefused("move the components", () -> map.keysToSamples("k"));
    assertRefused("move the components", () -> map.keysToProperties("k"));
    assertEquals(
        List.of("c", "_"), map.componentsToProperties("c").keysToSamples("k").propertyNames());
  }
}
