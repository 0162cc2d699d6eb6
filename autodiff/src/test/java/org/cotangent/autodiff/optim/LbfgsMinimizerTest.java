package org.cotangent.autodiff.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;
import org.junit.jupiter.api.Test;

class LbfgsMinimizerTest {
  private static final LbfgsMinimizer MINIMIZER = new LbfgsMinimizer(10, 200, 1e-9);

  private static Parameters x(double... values) {
    return Parameters.of("x", Tensor.of(values));
  }

  /** Σ 100·(xᵢ₊₁ - xᵢ²)² + (1 - xᵢ)²: a curved valley with its minimum, 0, where all xᵢ are 1. */
  private static Tensor rosenbrock(Parameters parameters) {
    Tensor x = parameters.get("x");
    int n = x.size();
    Tensor head = x.slice(0, 0, n - 1);
    Tensor valley = x.slice(0, 1, n).subtract(head.square()).square().multiply(100);
    return valley.add(head.rsubtract(1).square()).sum();
  }

  @Test
  void findsTheEndOfACurvedValley() {
    LbfgsMinimizer.Minimum minimum =
        MINIMIZER.minimize(x(-1.2, 1, -1.2, 1), LbfgsMinimizerTest::rosenbrock);
    assertTrue(minimum.converged(), minimum::toString);
    assertArrayEquals(
        new double[] {1, 1, 1, 1}, minimum.parameters().get("x").toDoubleArray(), 1e-8);
    assertTrue(minimum.evaluations() < 2 * minimum.steps(), minimum::toString);
  }

  @Test
  void everyStepIsLower() {
    double last = rosenbrock(x(-1.2, 1)).item();
    for (int steps = 1; steps < 15; steps++) {
      LbfgsMinimizer.Minimum minimum =
          new LbfgsMinimizer(5, steps, 0).minimize(x(-1.2, 1), LbfgsMinimizerTest::rosenbrock);
      assertEquals(steps, minimum.steps());
      assertTrue(minimum.value() < last, steps + " steps");
      last = minimum.value();
    }
  }

  @Test
  void aQuadraticFormOfSmallCurvatureNeedsLongSteps() {
    Tensor scale = Tensor.of(new double[] {1e-6, 1e-5, 1e-4});
    LbfgsMinimizer.Minimum minimum =
        new LbfgsMinimizer(5, 100, 1e-12)
            .minimize(x(3, -2, 1), p -> p.get("x").square().multiply(scale).sum());
    assertTrue(minimum.converged(), minimum::toString);
  }

  @Test
  void staysWhereTheFunctionIsFinite() {
    // x - log x is infinite or NaN for x ≤ 0, and falls towards 1 from both sides
    LbfgsMinimizer.Minimum minimum =
        MINIMIZER.minimize(x(30, 0.001), p -> p.get("x").subtract(p.get("x").log()).sum());
    assertTrue(minimum.converged(), minimum::toString);
    assertArrayEquals(new double[] {1, 1}, minimum.parameters().get("x").toDoubleArray(), 1e-8);
  }

  @Test
  void singlePrecisionEndsWhereNothingLowerCanBeFound() {
    LbfgsMinimizer.Minimum minimum =
        new LbfgsMinimizer(10, 1000, 0)
            .minimize(x(-1.2, 1).cast(DType.FLOAT32), LbfgsMinimizerTest::rosenbrock);
    assertTrue(minimum.steps() < 1000);
    assertEquals(1, minimum.parameters().get("x").at(0), 1e-3);
  }

  @Test
  void aStartThatIsNotFiniteIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> MINIMIZER.minimize(x(-1), p -> p.get("x").log().sum()));
    assertFalse(
        new LbfgsMinimizer(5, 0, 0).minimize(x(2), p -> p.get("x").square().sum()).converged());
  }
}
