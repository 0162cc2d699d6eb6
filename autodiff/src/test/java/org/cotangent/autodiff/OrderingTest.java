package org.cotangent.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OrderingTest {
  @Test
  void argmaxIsTheFirstOfEqualOnesAlongAnAxis() {
    Tensor x = Tensor.of(new double[] {1, 5, 5, 7, 2, 7}, 2, 3);
    assertArrayEquals(new int[] {1, 0}, x.argmax(1).toIntArray());
    assertArrayEquals(new int[] {1, 0, 1}, x.argmax(0).toIntArray());
    assertArrayEquals(new int[] {0, 1}, x.argmin(-1).toIntArray());
  }

  @Test
  void argmaxPointsAtANan() {
    assertEquals(1, Tensor.of(new double[] {9, Double.NaN, 10}).argmax(0).item());
    assertEquals(1, Tensor.of(new double[] {9, Double.NaN, 1}).argmin(0).item());
  }

  @Test
  void argmaxOfInt64IsExact() {
    long large = 1L << 60;
    assertEquals(2, Tensor.of(new long[] {large, large - 1, large + 1}, 3).argmax(0).item());
  }

  @Test
  void argmaxOfNothingIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Tensor.of(new double[0]).argmax(0));
  }

  @Test
  void sortsStablyWithNanLast() {
    Tensor x = Tensor.of(new double[] {2, Double.NaN, 1, 2, -1});
    assertArrayEquals(new int[] {4, 2, 0, 3, 1}, x.argsort(0).toIntArray());
    assertArrayEquals(new double[] {-1, 1, 2, 2, Double.NaN}, x.sort(0).toDoubleArray());
  }

  @Test
  void sortsAlongAnyAxis() {
    Tensor x = Tensor.of(new double[] {3, 1, 2, 0, 5, 4}, 3, 2);
    assertArrayEquals(new double[] {2, 0, 3, 1, 5, 4}, x.sort(0).toDoubleArray());
    assertArrayEquals(new double[] {1, 3, 0, 2, 4, 5}, x.sort(1).toDoubleArray());
  }

  @Test
  void sortsAsManyAsThereAre() {
    SplittableRandom random = new SplittableRandom(5);
    for (int n : new int[] {0, 1, 2, 3, 31, 32, 33, 1000}) {
      double[] values = random.doubles(n).toArray();
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      assertArrayEquals(sorted, Tensor.of(values).sort(0).toDoubleArray());
    }
  }

  @Test
  void theGradientOfSortedValuesGoesToWhereTheyWere() {
    Tensor weights = Tensor.of(new double[] {1, 10, 100});
    Tensor gradient =
        Derivatives.grad((Tensor x) -> x.sort(0).multiply(weights).sum())
            .apply(Tensor.of(new double[] {7, 3, 5}));
    assertArrayEquals(new double[] {100, 1, 10}, gradient.toDoubleArray());
  }

  @Test
  void uniqueElementsInRisingOrder() {
    assertArrayEquals(
        new long[] {-1, 2, 1L << 62},
        Tensor.of(new long[] {2, 1L << 62, -1, 2}, 2, 2).unique().toLongArray());
    assertArrayEquals(
        new double[] {1, Double.NaN},
        Tensor.of(new double[] {Double.NaN, 1, Double.NaN}).unique().toDoubleArray());
  }

  @Test
  void countsIntegers() {
    Tensor x = Tensor.of(new int[] {1, 3, 1}, 3);
    assertArrayEquals(new int[] {0, 2, 0, 1}, x.bincount(0).toIntArray());
    assertArrayEquals(new int[] {0, 2, 0, 1, 0, 0}, x.bincount(6).toIntArray());
    assertThrows(IllegalArgumentException.class, () -> Tensor.of(new int[] {-1}, 1).bincount(0));
  }

  @Test
  void comparesInt64Exactly() {
    Tensor x = Tensor.of(new long[] {1L << 60, (1L << 60) + 1}, 2);
    Tensor y = Tensor.of(new long[] {(1L << 60) + 1}, 1);
    assertArrayEquals(new boolean[] {true, false}, x.lessThan(y).toBooleanArray());
    assertArrayEquals(new boolean[] {false, true}, x.equalTo(y).toBooleanArray());
  }

  @Test
  void integersAreNotComparedWithFractions() {
    Tensor x = Tensor.of(new int[] {1, 2}, 2);
    assertArrayEquals(new boolean[] {true, false}, x.lessThan(2).toBooleanArray());
    assertThrows(IllegalArgumentException.class, () -> x.lessThan(1.5));
  }

  @Test
  void indexesIntegersWithoutRounding() {
    Tensor x = Tensor.of(new long[] {Long.MAX_VALUE, 1}, 2);
    Tensor index = Tensor.of(new int[] {1, 0}, 2);
    assertArrayEquals(new long[] {1, Long.MAX_VALUE}, x.indexSelect(0, index).toLongArray());
    assertArrayEquals(new long[] {1, Long.MAX_VALUE}, x.gather(0, index).toLongArray());
  }
}
