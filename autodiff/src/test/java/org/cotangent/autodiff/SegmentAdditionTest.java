package org.cotangent.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums by segment that threads share have the bits of those that one thread makes. */
class SegmentAdditionTest {
  private static final int ROWS = 300_000;
  private static final int SEGMENTS = 1_001;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void eachSegmentIsSummedInTheOrderOfTheRows(int columns) {
    Random random = new Random(columns);
    double[] numbers = new double[ROWS * columns];
    int[] ids = new int[ROWS];
    double[] expected = new double[SEGMENTS * columns];
    for (int row = 0; row < ROWS; row++) {
      ids[row] = random.nextInt(SEGMENTS - 1); // the last segment is empty
      for (int c = 0; c < columns; c++) {
        numbers[row * columns + c] = random.nextGaussian();
        expected[ids[row] * columns + c] += numbers[row * columns + c];
      }
    }
    Tensor x = Tensor.of(numbers, ROWS, columns);
    Tensor index = Tensor.of(ids, ROWS);
    assertEquals(columns > 1, SegmentAddition.isLarge(x));
    assertArrayEquals(expected, SegmentAddition.of(x, index, SEGMENTS).toDoubleArray());
    assertArrayEquals(expected, x.segmentSum(index, SEGMENTS).toDoubleArray());
    try (ForkJoinPool own = new ForkJoinPool(3)) { // from within another pool too
      assertArrayEquals(
          expected,
          own.submit(() -> SegmentAddition.of(x, index, SEGMENTS).toDoubleArray()).join());
    }
    float[] shorter = x.cast(DType.FLOAT32).segmentSum(index, SEGMENTS).toFloatArray();
    assertEquals(expected[3], shorter[3], 1e-4 * Math.max(1, Math.abs(expected[3])));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> SegmentAddition.of(x, index, SEGMENTS - 2));
    assertTrue(e.getMessage().startsWith("segment_sum: entry"), e.getMessage());
  }
}
