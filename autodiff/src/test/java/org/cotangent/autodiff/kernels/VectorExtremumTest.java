package org.cotangent.autodiff.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Special values are found wherever they stand, in whole vectors and in the rest of a run. */
class VectorExtremumTest {
  private static final int OFFSET = 3;
  private static final Kernels PLAIN = new ScalarKernels();

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 9, -9})
  void oneUnlikeTheOthersIsFoundEverywhere(double special) {
    for (int n = 1; n <= 150; n += n < 70 ? 1 : 13) {
      for (int place = 0; place < n; place++) {
        double[] x = new double[OFFSET + n];
        for (int k = 0; k < n; k++) {
          x[OFFSET + k] = 1 + (k * 37 % 11) / 16.0;
        }
        x[OFFSET + place] = special;
        compare(x, n);
        for (int k = 0; k < n; k++) {
          x[OFFSET + k] = -x[OFFSET + k];
        }
        compare(x, n);
      }
    }
  }

  @Test
  void zeroIsLargerThanItsNegative() {
    for (int place = 0; place < 100; place++) {
      double[] x = new double[OFFSET + 100];
      Arrays.fill(x, -0.0);
      x[OFFSET + place] = 0.0;
      compare(x, 100);
      Arrays.fill(x, 0.0);
      x[OFFSET + place] = -0.0;
      compare(x, 100);
    }
  }

  private static void compare(double[] x, int n) {
    assertEquals(PLAIN.max(x, OFFSET, n), VectorExtremum.max(x, OFFSET, n));
    assertEquals(PLAIN.min(x, OFFSET, n), VectorExtremum.min(x, OFFSET, n));
    float[] narrow = new float[x.length];
    for (int k = 0; k < x.length; k++) {
      narrow[k] = (float) x[k];
    }
    assertEquals(PLAIN.max(narrow, OFFSET, n), VectorExtremum.max(narrow, OFFSET, n));
    assertEquals(PLAIN.min(narrow, OFFSET, n), VectorExtremum.min(narrow, OFFSET, n));
  }
}
