package org.cotangent.metatensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final TensorMap MAP = SparseMaps.map(1);

  private static String difference(TensorMap first, TensorMap second) {
    return assertThrows(NotEqualException.class, () -> Comparison.requireEqual(first, second))
        .getMessage();
  }

  private static TensorMap withFirstBlock(TensorBlock block) {
    return TensorMap.of(MAP.keys(), List.of(block, MAP.block(1)));
  }

  @Test
  void aMapEqualsItselfWithItsKeysInAnotherOrder() {
    TensorMap turned =
        TensorMap.of(MAP.keys().rows(new int[] {1, 0}), List.of(MAP.block(1), MAP.block(0)));
    Comparison.requireEqual(MAP, turned);
    assertTrue(Comparison.equal(turned, MAP));
  }

  @Test
  void messagesLeadToTheElement() {
    TensorBlock block = MAP.block(0);
    double[] values = block.values().toDoubleArray();
    values[9] = 5;
    Tensor slopes = block.gradient("positions").values();
    String message =
        difference(
            MAP,
            withFirstBlock(
                SparseMaps.with(block, Tensor.of(values, block.shape().toArray()), slopes)));
    assertEquals(
        "blocks for key (o3_lambda=0, o3_sigma=1) are different: values differ at [2, 0, 1]: "
            + block.values().at(9)
            + " and 5.0",
        message);
  }

  @Test
  void messagesLeadIntoGradients() {
    TensorBlock block = MAP.block(0);
    TensorBlock gradient = block.gradient("positions");
    String message =
        difference(
            MAP,
            withFirstBlock(SparseMaps.with(block, block.values(), gradient.values().negate())));
    assertTrue(
        message.startsWith(
            "blocks for key (o3_lambda=0, o3_sigma=1) are different: gradient 'positions': values"
                + " differ at [0, 0, 0, 0]: "),
        message);
  }

  @Test
  void messagesNameTheEntry() {
    TensorBlock block = MAP.block(1).sumOverProperties("n");
    TensorBlock turned =
        TensorBlock.of(
            block.values(),
            block.samples(),
            block.components(),
            block.properties().rows(new int[] {1, 0}));
    String message =
        assertThrows(
                NotEqualException.class,
                () ->
                    Comparison.requireEqualMetadata(block, turned, Set.of(Axis.PROPERTIES), false))
            .getMessage();
    assertEquals(
        "properties are not the same or not in the same order: entry 0 is (l=0) and (l=1)",
        message);
  }

  @Test
  void gradientsOfGradientsCount() {
    TensorBlock inner =
        TensorBlock.of(
            Tensor.of(new double[] {1}, 1, 1),
            Labels.of("sample", 0),
            List.of(),
            Labels.range("p", 1));
    TensorBlock gradient =
        TensorBlock.of(inner.values(), Labels.of("sample", 0), List.of(), inner.properties());
    TensorBlock outer =
        TensorBlock.of(inner.values(), Labels.of("s", 0), List.of(), inner.properties());
    assertFalse(
        Comparison.equal(
            outer.withGradient("a", gradient.withGradient("b", inner)),
            outer.withGradient("a", gradient)));
  }

  @Test
  void typesAreComparedByValue() {
    TensorBlock doubles = block(Tensor.of(new double[] {1, 2}, 2, 1));
    assertTrue(Comparison.equal(doubles, block(Tensor.of(new float[] {1, 2}, 2, 1))));
    assertFalse(Comparison.equal(doubles, block(Tensor.of(new float[] {1, 3}, 2, 1))));
    // one apart, where doubles have no such digit
    TensorBlock longs = block(Tensor.of(new long[] {1L << 60, 0}, 2, 1));
    assertFalse(Comparison.equal(longs, block(Tensor.of(new long[] {(1L << 60) + 1, 0}, 2, 1))));
  }

  @Test
  void infinitiesAreCloseToThemselvesOnly() {
    TensorBlock infinite = block(Tensor.of(new double[] {Double.POSITIVE_INFINITY, 0}, 2, 1));
    TensorBlock finite = block(Tensor.of(new double[] {1, 0}, 2, 1));
    assertTrue(Comparison.allclose(infinite, infinite));
    assertFalse(Comparison.allclose(finite, infinite, 1e-3, 0, false));
  }

  @Test
  void imaginaryPartsCount() {
    TensorBlock real = block(Tensor.full(DType.COMPLEX128, 1, 2, 1));
    Tensor changed = TensorData.wrap(DType.COMPLEX128, real.shape(), new double[] {1, 0, 1, 0.5});
    assertTrue(Comparison.equal(real, real));
    assertFalse(Comparison.equal(real, block(changed)));
  }

  private static TensorBlock block(Tensor values) {
    return TensorBlock.of(
        values, Labels.range("s", values.dim(0)), List.of(), Labels.range("p", values.dim(1)));
  }

  @Test
  void operationsSayWhereOperandsDiffer() {
    TensorMap fewer = TensorMap.of(MAP.keys().rows(new int[] {0}), List.of(MAP.block(0)));
    String message = assertThrows(NotEqualException.class, () -> MAP.add(fewer)).getMessage();
    assertEquals(
        "add needs maps of the same keys: different keys: (o3_lambda=1, o3_sigma=1) is only in the"
            + " first map",
        message);
  }
}
