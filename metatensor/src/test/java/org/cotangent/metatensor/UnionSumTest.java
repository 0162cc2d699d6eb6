package org.cotangent.metatensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/** Sums in which the operands need not have the same keys, samples and properties. */
class UnionSumTest {
  private static TensorBlock block(int[] samples, int[] properties, double... values) {
    return TensorBlock.of(
        Tensor.of(values, samples.length, properties.length),
        Labels.of("s", samples),
        List.of(),
        Labels.of("p", properties));
  }

  private static final TensorBlock A = block(new int[] {4, 1}, new int[] {0, 1}, 1, 2, 3, 4);
  private static final TensorBlock B = block(new int[] {1, 7}, new int[] {2, 1}, 10, 20, 30, 40);

  @Test
  void whatOneLacksCountsAsZero() {
    TensorBlock sum = A.addOverUnion(B);
    assertEquals(Labels.of("s", 4, 1, 7), sum.samples());
    assertEquals(Labels.of("p", 0, 1, 2), sum.properties());
    assertArrayEquals(new double[] {1, 2, 0, 3, 24, 10, 0, 40, 30}, sum.values().toDoubleArray());
    assertArrayEquals(
        new double[] {1, 2, 0, 3, -16, -10, 0, -40, -30},
        A.subtractOverUnion(B).values().toDoubleArray());
  }

  @Test
  void equalLabelsGiveTheUsualSum() {
    assertTrue(Comparison.equal(A.add(A), A.addOverUnion(A)));
  }

  @Test
  void keysOfOneMapAreKept() {
    TensorMap first = TensorMap.of(Labels.of("k", 5, 2), List.of(A, A)).withInfo("unit", "eV");
    TensorMap second = TensorMap.of(Labels.of("k", 9, 5), List.of(B, B));
    TensorMap difference = first.subtractOverUnion(second);
    assertEquals(Labels.of("k", 5, 2, 9), difference.keys());
    assertTrue(Comparison.equal(A.subtractOverUnion(B), difference.block(0)));
    assertTrue(Comparison.equal(A, difference.block(1)));
    assertTrue(Comparison.equal(B.multiply(-1), difference.block(2)));
    assertEquals("eV", difference.info().get("unit"));
  }

  @Test
  void gradientRowsAreUnited() {
    TensorMap map = SparseMaps.map(3);
    TensorBlock first = map.block(0);
    TensorBlock second = Manipulation.slice(first, Axis.SAMPLES, new int[] {3, 1}).multiply(2);
    TensorBlock sum = first.addOverUnion(second);
    TensorBlock gradient = sum.gradient("positions");
    Labels rows = first.gradient("positions").samples();
    assertEquals(rows.size(), rows.intersection(gradient.samples()).labels().size());
    assertEquals(rows.size(), gradient.samples().size());
  }

  @Test
  void otherGradientsAndComponentsAreRefused() {
    TensorBlock with = SparseMaps.map(3).block(0);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> with.addOverUnion(Manipulation.removeGradients(with)));
    assertTrue(e.getMessage().contains("gradients by [positions]"), e.getMessage());
    IllegalArgumentException other =
        assertThrows(
            IllegalArgumentException.class, () -> SparseMaps.map(3).block(1).addOverUnion(with));
    assertTrue(other.getMessage().contains("equal components"), other.getMessage());
  }
}
