package org.cotangent.atomistic.neighbors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.junit.jupiter.api.Test;

class NeighborBlocksTest {
  private static final Tensor POSITIONS =
      Tensor.of(new double[] {0.3, 0.1, 0.2, 1.9, 0.7, 0.4, 0.6, 2.2, 1.5}, 3, 3);
  private static final Tensor CELL =
      Tensor.of(new double[] {4.3, 0.1, -0.2, 1.7, 3.9, 0.3, -0.8, 1.1, 4.6}, 3, 3);
  private static final NeighborListOptions OPTIONS = NeighborListOptions.full(3.4);

  private static System crystal(Tensor positions, Tensor cell) {
    return new System(new int[] {14, 8, 8}, positions, cell, new boolean[] {true, true, true});
  }

  private static TensorBlock block(System system) {
    return NeighborBlocks.of(system, NeighborList.compute(system, OPTIONS));
  }

  @Test
  void holdsTheVectorsOfTheList() {
    System system = crystal(POSITIONS, CELL);
    NeighborList list = NeighborList.compute(system, OPTIONS);
    TensorBlock block = NeighborBlocks.of(system, list);
    assertTrue(list.size() > 0);
    assertArrayEquals(list.vectors(), block.values().toDoubleArray(), 1e-14);
    NeighborBlocks.checkVectors(system, block);
    NeighborBlocks.checkVectors(system.to(DType.FLOAT32), block(system.to(DType.FLOAT32)));
  }

  /** The sum of squared lengths, whose derivative by a vector is twice the vector. */
  private static Tensor squares(System system) {
    return block(system).values().pow(2).sum();
  }

  @Test
  void derivativesByPositionsAndCellGoThroughTheVectors() {
    NeighborList list = NeighborList.compute(crystal(POSITIONS, CELL), OPTIONS);
    double[] byPositions = new double[9];
    double[] byCell = new double[9];
    for (int p = 0; p < list.size(); p++) {
      for (int k = 0; k < 3; k++) {
        double slope = 2 * list.vectors()[3 * p + k];
        byPositions[3 * list.second()[p] + k] += slope;
        byPositions[3 * list.first()[p] + k] -= slope;
        for (int a = 0; a < 3; a++) {
          byCell[3 * a + k] += list.shift()[3 * p + a] * slope;
        }
      }
    }
    Tensor positions = Derivatives.grad(x -> squares(crystal(x, CELL))).apply(POSITIONS);
    Tensor cell = Derivatives.grad(x -> squares(crystal(POSITIONS, x))).apply(CELL);
    assertArrayEquals(byPositions, positions.toDoubleArray(), 1e-11);
    assertArrayEquals(byCell, cell.toDoubleArray(), 1e-11);
  }

  private static String refusal(Function<TensorBlock, TensorBlock> change) {
    System system = crystal(POSITIONS, CELL);
    TensorBlock changed = change.apply(block(system));
    return assertThrows(
            IllegalArgumentException.class, () -> NeighborBlocks.checkVectors(system, changed))
        .getMessage();
  }

  @Test
  void namesThePairWhoseVectorIsWrong() {
    String message =
        refusal(
            block ->
                TensorBlock.of(
                    block.values().negate(),
                    block.samples(),
                    block.components(),
                    block.properties()));
    assertTrue(message.startsWith("pair 0, (first_atom=0"), message);
  }

  @Test
  void anAtomMustBeOneOfTheSystem() {
    String message =
        refusal(
            block ->
                TensorBlock.of(
                    Tensor.zeros(DType.FLOAT64, 1, 3, 1),
                    Labels.of(block.samples().names(), new int[][] {{0, 3, 0, 0, 0}}),
                    block.components(),
                    block.properties()));
    assertEquals("pair 0 has the second_atom 3, the system has 3 atoms", message);
  }

  @Test
  void aListHasNoExplicitGradients() {
    String message =
        refusal(
            block ->
                block.withGradient(
                    "cell",
                    TensorBlock.of(
                        Tensor.zeros(DType.FLOAT64, 0, 3, 1),
                        Labels.ofFlat(List.of("sample"), new int[0]),
                        block.components(),
                        block.properties())));
    assertTrue(message.contains("[cell]"), message);
  }
}
