package org.cotangent.autodiff.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitialiserTest {
  private static final int IN = 300;
  private static final int OUT = 200;

  private static Tensor weight(Initialiser initialiser, int out, int in) {
    return initialiser.draw(
        RandomSource.XO_RO_SHI_RO_128_PP.create(7), DType.FLOAT64, in, out, out, in);
  }

  /** The mean square of 60000 numbers is that of the distribution within 4 standard errors. */
  private static void assertVariance(double expected, Initialiser initialiser, double kurtosis) {
    double found = weight(initialiser, OUT, IN).square().mean().item();
    double error = expected * Math.sqrt((kurtosis - 1) / (IN * OUT));
    assertEquals(expected, found, 4 * error);
  }

  @Test
  void variancesAreThoseOfTheFormulas() {
    double uniform = 9.0 / 5; // kurtosis
    double normal = 3;
    assertVariance(0.04, new Initialiser.Normal(0.2), normal);
    assertVariance(0.12, new Initialiser.Uniform(0.6), uniform);
    assertVariance(2.0 / IN, new Initialiser.KaimingUniform(Math.sqrt(2)), uniform);
    assertVariance(2.0 / IN, new Initialiser.KaimingNormal(Math.sqrt(2)), normal);
    assertVariance(2.0 / (IN + OUT), new Initialiser.XavierUniform(1), uniform);
    assertVariance(2.0 / (IN + OUT), new Initialiser.XavierNormal(1), normal);
  }

  @Test
  void linearLayersBeginWithinOneOverTheRootOfTheirInputs() {
    double[] values = weight(Initialiser.LINEAR_DEFAULT, OUT, IN).toDoubleArray();
    double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
    assertTrue(largest <= 1 / Math.sqrt(IN) && largest > 0.999 / Math.sqrt(IN));
  }

  @ParameterizedTest
  @CsvSource({"6, 4", "4, 6", "5, 5"})
  void orthogonalMatricesHaveOrthonormalRowsOrColumns(int out, int in) {
    Tensor w = weight(new Initialiser.Orthogonal(2), out, in);
    Tensor gram = out < in ? w.matmulTransposed(w) : w.t().matmul(w);
    int n = Math.min(out, in);
    double[] four = new double[n * n];
    for (int i = 0; i < n; i++) {
      four[i * n + i] = 4;
    }
    assertArrayEquals(four, gram.toDoubleArray(), 1e-13);
  }

  @Test
  void constantsAreConstant() {
    assertEquals(
        Parameters.of("w", Tensor.full(DType.FLOAT64, 0.5, 2, 3)),
        Parameters.of("w", weight(new Initialiser.Constant(0.5), 2, 3)));
  }
}
