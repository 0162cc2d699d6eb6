package org.cotangent.autodiff.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The vector kernels of solid harmonics give the bits of the plain loops, interpreted and compiled,
 * whatever the coefficients are.
 */
class HarmonicsKernelsTest {
  private static final Kernels SCALAR = new ScalarKernels();
  private final Random random = new Random(3);

  private static Kernels vectors() {
    Kernels found = VectorKernels.create();
    assumeTrue(found != null, "this processor has no vectors");
    return found;
  }

  private double[] numbers(int count) {
    double[] numbers = new double[count];
    Arrays.setAll(numbers, k -> random.nextGaussian());
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 10, 20})
  void values(int maxAngular) {
    Kernels vector = vectors();
    int columns = (maxAngular + 1) * (maxAngular + 1);
    double[] diagonal = numbers(maxAngular + 1);
    double[] above = numbers(columns);
    double[] before = numbers(columns);
    double[] xyz = numbers(3 * 33);
    double[] expected = new double[33 * columns];
    SCALAR.solidHarmonics(diagonal, above, before, xyz, 33, expected);
    double[] found = new double[33 * columns];
    for (int call = 0; call < 300; call++) {
      Arrays.fill(found, Double.NaN);
      vector.solidHarmonics(diagonal, above, before, xyz, 33, found);
      assertArrayEquals(expected, found);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 10, 20})
  void gradients(int maxAngular) {
    Kernels vector = vectors();
    int columns = (maxAngular + 1) * (maxAngular + 1);
    int[][] source = sources(maxAngular);
    double[][] factor = new double[5][];
    Arrays.setAll(factor, term -> numbers(columns));
    double[] values = numbers(3 * columns);
    double[] expected = new double[3 * 3 * columns];
    double[] found = new double[expected.length];
    for (int p = 0; p < 3; p++) {
      SCALAR.solidHarmonicsGradients(
          source, factor, values, p * columns, expected, 3 * p * columns);
    }
    for (int call = 0; call < 1000; call++) {
      Arrays.fill(found, Double.NaN);
      for (int p = 2; p >= 0; p--) { // backwards: a point writes nothing before or behind its own
        vector.solidHarmonicsGradients(source, factor, values, p * columns, found, 3 * p * columns);
      }
      assertArrayEquals(expected, found);
    }
  }

  /**
   * Where the neighbours of a column stand; see {@link HarmonicsKernels#solidHarmonicsGradients}.
   */
  private static int[][] sources(int maxAngular) {
    int[][] source = new int[5][(maxAngular + 1) * (maxAngular + 1)];
    for (int l = 1; l <= maxAngular; l++) {
      for (int k = l * l; k < (l + 1) * (l + 1); k++) {
        int[] from = {
          k - 2 * l - 1, k - 2 * l + 1, 2 * l * l - k - 1, 2 * l * l - k + 1, k - 2 * l
        };
        for (int term = 0; term < 5; term++) {
          source[term][k] = Math.max(0, from[term]);
        }
      }
    }
    return source;
  }
}
