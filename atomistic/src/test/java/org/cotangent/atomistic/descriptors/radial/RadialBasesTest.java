package org.cotangent.atomistic.descriptors.radial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.commons.math3.analysis.integration.IterativeLegendreGaussIntegrator;
import org.cotangent.autodiff.GradientCheck;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/** Chebyshev polynomials and Bessel functions of the distance. */
class RadialBasesTest {
  private static final double RADIUS = 4;

  private static double[] at(RadialIntegral basis, double r, int order) {
    double[] out = new double[basis.size()];
    basis.evaluate(r, order, out, 0);
    return out;
  }

  @Test
  void chebyshevPolynomialsAreCosinesOfMultiples() {
    ChebyshevBasis basis = new ChebyshevBasis(9, RADIUS);
    for (double r = 0; r <= RADIUS; r += 0.13) {
      double angle = Math.acos(2 * r / RADIUS - 1);
      double[] found = at(basis, r, 0);
      for (int n = 0; n < 9; n++) {
        assertEquals(Math.cos(n * angle), found[n], 1e-13, "T_" + n + " at " + r);
      }
    }
  }

  @Test
  void besselFunctionsAreOrthonormalAndEndWithANode() {
    BesselBasis basis = new BesselBasis(5, RADIUS);
    for (int m = 0; m < 5; m++) {
      assertEquals(0, at(basis, RADIUS, 0)[m], 1e-14);
      for (int n = 0; n < 5; n++) {
        int one = m;
        int other = n;
        double overlap =
            new IterativeLegendreGaussIntegrator(20, 1e-13, 1e-14)
                .integrate(
                    1_000_000,
                    r -> r * r * at(basis, r, 0)[one] * at(basis, r, 0)[other],
                    0,
                    RADIUS);
        assertEquals(m == n ? 1 : 0, overlap, 1e-12);
      }
    }
  }

  @Test
  void theTwoWaysToComputeABesselFunctionMeet() {
    BesselBasis basis = new BesselBasis(1, Math.PI);
    for (int order = 0; order < 8; order++) {
      double x = order + 1;
      double below = at(basis, Math.nextDown(x), order)[0];
      double above = at(basis, x + 1e-12, order)[0];
      assertEquals(below, above, 1e-11, "order " + order);
    }
  }

  @Test
  void derivativesAreRightFromTheCenterToTheRadius() {
    Tensor distances = Tensor.of(new double[] {0, 0.02, 0.7, 2.2, 3.9, 4});
    for (RadialIntegral basis :
        new RadialIntegral[] {new ChebyshevBasis(6, RADIUS), new BesselBasis(4, RADIUS)}) {
      for (int order = 0; order < 3; order++) {
        GradientCheck check = GradientCheck.of(new RadialFunction(basis, order), distances);
        check.firstOrder().requireCorrect();
        check.secondOrder().requireCorrect();
      }
    }
  }

  @Test
  void aBasisWithoutFunctionsIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ChebyshevBasis(0, 3));
    assertThrows(IllegalArgumentException.class, () -> new BesselBasis(3, -1));
  }
}
