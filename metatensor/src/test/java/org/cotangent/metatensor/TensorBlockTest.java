package org.cotangent.metatensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBlockTest {
  private static TensorBlock nested() {
    DifferentiableBlock f =
        new DifferentiableBlock(
            3, Labels.range("system", 4), List.of(Labels.range("mu", 2)), Labels.range("n", 3));
    return f.at(DifferentiableBlock.variables(4), true);
  }

  private static void assertSameContent(TensorBlock expected, TensorBlock found) {
    assertEquals(expected.samples(), found.samples());
    assertEquals(expected.components(), found.components());
    assertEquals(expected.properties(), found.properties());
    assertArrayEquals(expected.values().toDoubleArray(), found.values().toDoubleArray());
    assertEquals(expected.gradients().keySet(), found.gradients().keySet());
    expected
        .gradients()
        .forEach((parameter, gradient) -> assertSameContent(gradient, found.gradient(parameter)));
  }

  @Test
  void aBlockIsTheSameAfterSavingAndLoading(@TempDir Path folder) throws IOException {
    TensorBlock block = nested();
    Path file = folder.resolve("block.mts");
    block.save(file);
    assertSameContent(block, TensorBlock.load(file));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    block.save(bytes);
    assertSameContent(block, TensorBlock.load(new ByteArrayInputStream(bytes.toByteArray())));
  }

  @Test
  void aMapIsNotLoadedAsABlock(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("map.mts");
    TensorMap.of(Labels.single(), List.of(nested())).save(file);
    assertThrows(MetatensorException.class, () -> TensorBlock.load(file));
  }

  @Test
  void gradientsArePrintedWithTheWayToThem() {
    TensorBlock block = nested();
    assertTrue(block.toString().startsWith("TensorBlock with shape (4, 2, 3)"));
    assertEquals(block.toString(), block.printGradient());
    assertTrue(
        block
            .printGradient("positions", "positions")
            .startsWith("TensorBlock gradient for 'positions/positions', with shape ("));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> block.printGradient("cell"));
    assertTrue(refused.getMessage().contains("'cell'"), refused.getMessage());
  }

  @Test
  void htmlNamesAxesAndGradients() {
    String html = nested().toHtml();
    assertTrue(html.contains("<th>samples</th><td>system</td><td>4</td>"), html);
    assertTrue(html.contains("<th>gradient</th><td>positions</td>"), html);
  }

  @Test
  void detachedBlocksHaveTheirGradientsButNotTheTape() {
    TensorBlock block = nested();
    assertSameContent(block, block.detach());
    assertSameContent(block, Manipulation.requiresGradient(block, true));
    TensorBlock bare = block.removeGradients();
    assertTrue(bare.values().isRecorded());
    assertFalse(bare.detach().values().isRecorded());
    assertTrue(Manipulation.requiresGradient(bare.detach(), true).values().isRecorded());
  }

  @Test
  void whatChangesNothingReturnsTheBlock() {
    TensorBlock block = nested();
    assertSame(block, block.removeGradients(List.of("cell")));
    assertSame(block, block.to(block.dtype()));
  }

  @Test
  void slicingRefusesWhatIsNotThereAndWhatIsThereTwice() {
    TensorBlock block = nested();
    for (int[] rows : new int[][] {{4}, {-5}, {1, 1}, {1, -3}}) {
      assertThrows(IllegalArgumentException.class, () -> block.slice(Axis.SAMPLES, rows));
    }
    assertThrows(IllegalArgumentException.class, () -> block.slice(Axis.COMPONENTS, new int[] {0}));
    assertThrows(IllegalArgumentException.class, () -> block.slice(Axis.KEYS, new int[] {0}));
  }
}
