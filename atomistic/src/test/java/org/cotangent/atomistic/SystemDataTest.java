package org.cotangent.atomistic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.cotangent.atomistic.neighbors.NeighborBlocks;
import org.cotangent.atomistic.neighbors.NeighborList;
import org.cotangent.atomistic.neighbors.NeighborListOptions;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.junit.jupiter.api.Test;

/** What a system carries besides its atoms: neighbor lists and custom data. */
class SystemDataTest {
  private static final NeighborListOptions OPTIONS = NeighborListOptions.full(3);
  private static final System SYSTEM =
      System.molecule(new int[] {1, 8}, Tensor.of(new double[] {0, 0, 0, 1, 0.1, 2}, 2, 3));

  private static TensorBlock pairs() {
    return NeighborBlocks.of(SYSTEM, NeighborList.compute(SYSTEM, OPTIONS));
  }

  private static TensorMap charges(double... values) {
    TensorBlock block =
        TensorBlock.of(
            Tensor.of(values, values.length, 1),
            Labels.range("atom", values.length),
            List.of(),
            Labels.range("charge", 1));
    TensorBlock slope =
        TensorBlock.of(
            Tensor.of(new double[] {0.1}, 1, 1),
            Labels.of("sample", 1),
            List.of(),
            Labels.range("charge", 1));
    return TensorMap.of(Labels.single(), List.of(block.withGradient("field", slope)))
        .withInfo("unit", "e");
  }

  @Test
  void aListIsFoundByEqualOptions() {
    System system = SYSTEM.withNeighborList(OPTIONS, pairs());
    assertEquals(2, system.neighborList(NeighborListOptions.full(3)).samples().size());
    assertTrue(SYSTEM.neighborLists().isEmpty());
    assertThrows(
        IllegalArgumentException.class, () -> system.neighborList(NeighborListOptions.half(3)));
  }

  @Test
  void listsAreOrderedByStrictThenFullThenCutoff() {
    NeighborListOptions loose = new NeighborListOptions(9, true, false);
    NeighborListOptions half = NeighborListOptions.half(5);
    System system =
        SYSTEM
            .withNeighborList(OPTIONS, pairs())
            .withNeighborList(half, pairs())
            .withNeighborList(loose, pairs());
    assertEquals(List.of(loose, half, OPTIONS), List.copyOf(system.neighborLists().keySet()));
  }

  @Test
  void aSecondListForTheSameOptionsIsRefused() {
    System system = SYSTEM.withNeighborList(OPTIONS, pairs());
    assertThrows(IllegalArgumentException.class, () -> system.withNeighborList(OPTIONS, pairs()));
  }

  @Test
  void movedAtomsLeaveTheListsBehindAndKeepTheData() {
    System system = SYSTEM.withNeighborList(OPTIONS, pairs()).withData("charge", charges(1, -1));
    System moved = system.withPositions(SYSTEM.positions().multiply(2));
    assertTrue(moved.neighborLists().isEmpty());
    assertSame(system.data("charge"), moved.data("charge"));
  }

  @Test
  void dataOfOneNameIsOnlyReplacedWhenAsked() {
    System system = SYSTEM.withData("charge", charges(1, -1));
    TensorMap other = charges(2, -2);
    assertThrows(IllegalArgumentException.class, () -> system.withData("charge", other));
    assertSame(other, system.replaceData("charge", other).data("charge"));
    assertThrows(IllegalArgumentException.class, () -> system.data("mass"));
  }

  @Test
  void dataCannotHaveTheNameOfSomethingThatTheSystemHasItself() {
    TensorMap map = charges(1, -1);
    for (String name : List.of("positions", "Cell", "no quantity")) {
      assertThrows(IllegalArgumentException.class, () -> SYSTEM.withData(name, map));
      assertThrows(IllegalArgumentException.class, () -> SYSTEM.replaceData(name, map));
    }
  }

  @Test
  void dataAndListsAreOfTheTypeOfTheSystem() {
    System single = SYSTEM.to(DType.FLOAT32);
    TensorMap map = charges(1, -1);
    assertThrows(IllegalArgumentException.class, () -> single.withData("charge", map));
    assertThrows(IllegalArgumentException.class, () -> single.withNeighborList(OPTIONS, pairs()));
  }

  @Test
  void conversionTakesListsAndDataAlong() {
    System single =
        SYSTEM
            .withNeighborList(OPTIONS, pairs())
            .withData("charge", charges(1, -1))
            .to(DType.FLOAT32);
    assertEquals(DType.FLOAT32, single.neighborList(OPTIONS).dtype());
    TensorBlock block = single.data("charge").block();
    assertEquals(DType.FLOAT32, block.dtype());
    assertEquals(0.1f, block.gradient("field").values().at(0));
    assertEquals("e", single.data("charge").info().get("unit"));
  }
}
