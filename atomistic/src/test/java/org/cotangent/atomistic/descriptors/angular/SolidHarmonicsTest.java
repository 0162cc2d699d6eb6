package org.cotangent.atomistic.descriptors.angular;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.cotangent.atomistic.descriptors.SphericalHarmonics;
import org.cotangent.autodiff.GradientCheck;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/** Solid harmonics and their derivatives. */
class SolidHarmonicsTest {
  private static final Tensor VECTORS =
      Tensor.of(new double[] {0.3, -1.2, 0.7, 0, 0, 1.4, -0.8, 0.1, -0.2, 0, 0, 0}, 4, 3);

  @Test
  void onUnitVectorsTheyAreTheSphericalHarmonics() {
    Tensor units = VECTORS.slice(0, 0, 3);
    units = units.divide(units.square().sum(1).sqrt().unsqueeze(-1));
    Tensor solid = new SolidHarmonics(6).apply(units);
    Tensor spherical = SphericalHarmonics.of(units, 6);
    for (int k = 0; k < solid.size(); k++) {
      assertEquals(spherical.at(k), solid.at(k), 1e-13, "number " + k);
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
