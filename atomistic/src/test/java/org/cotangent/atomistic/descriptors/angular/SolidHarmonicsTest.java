package org.cotangent.atomistic.descriptors.angular;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.cotangent.autodiff.GradientCheck;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/** Solid harmonics and their derivatives. */
class SolidHarmonicsTest {
  private static final Tensor VECTORS =
      Tensor.of(new double[] {0.3, -1.2, 0.7, 0, 0, 1.4, -0.8, 0.1, -0.2, 0, 0, 0}, 4, 3);

  @Test
  void theFirstAreTheKnownPolynomials() {
    Tensor solid = new SolidHarmonics(2).apply(VECTORS);
    for (int p = 0; p < VECTORS.dim(0); p++) {
      double x = VECTORS.get(p, 0);
      double y = VECTORS.get(p, 1);
      double z = VECTORS.get(p, 2);
      double first = Math.sqrt(3 / (4 * Math.PI));
      double second = Math.sqrt(15 / (4 * Math.PI));
      double[] expected = {
        Math.sqrt(1 / (4 * Math.PI)),
        first * y,
        first * z,
        first * x,
        second * x * y,
        second * y * z,
        Math.sqrt(5 / (16 * Math.PI)) * (2 * z * z - x * x - y * y),
        second * x * z,
        0.5 * second * (x * x - y * y)
      };
      for (int k = 0; k < expected.length; k++) {
        assertEquals(expected[k], solid.get(p, k), 1e-14, "vector " + p + ", column " + k);
      }
    }
  }

  @Test
  void theyGrowWithTheDistanceToTheirOrder() {
    Tensor near = new SolidHarmonics(3).apply(VECTORS);
    Tensor far = new SolidHarmonics(3).apply(VECTORS.multiply(2));
    for (int m = -3; m <= 3; m++) {
      assertEquals(8 * near.get(0, 12 + m), far.get(0, 12 + m), 1e-12, "m = " + m);
    }
  }

  @Test
  void derivativesAreRightToSecondOrderAlsoWhereTheVectorIsZero() {
    GradientCheck check = GradientCheck.of(new SolidHarmonics(5), VECTORS);
    check.firstOrder().requireCorrect();
    check.secondOrder().requireCorrect();
  }

  @Test
  void theAdjointOfTheGradientIsItsAdjoint() {
    Tensor columns = new SolidHarmonics(4).apply(VECTORS);
    GradientCheck.of(new HarmonicsGradient(4, false), columns).firstOrder().requireCorrect();
    Tensor gradient = new HarmonicsGradient(4, false).apply(columns);
    GradientCheck.of(new HarmonicsGradient(4, true), gradient).firstOrder().requireCorrect();
  }
}
