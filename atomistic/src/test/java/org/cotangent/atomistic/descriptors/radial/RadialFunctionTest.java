package org.cotangent.atomistic.descriptors.radial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.commons.math3.analysis.integration.IterativeLegendreGaussIntegrator;
import org.cotangent.autodiff.GradientCheck;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/** Radial integrals against quadrature, their derivatives against differences, and tables. */
class RadialFunctionTest {
  private static final GtoBasis BASIS = new GtoBasis(4, 3.5);

  @Test
  void theBasisIsOrthonormal() {
    for (int m = 0; m < 4; m++) {
      for (int n = 0; n < 4; n++) {
        int one = m;
        int other = n;
        double overlap = integral(r -> r * r * basis(one, r) * basis(other, r), 30);
        assertEquals(m == n ? 1 : 0, overlap, 1e-10, m + ", " + n);
      }
    }
  }

  /** The n-th function of the basis at r, from its coefficients. */
  private static double basis(int n, double r) {
    double[] primitives = new double[4];
    for (int k = 0; k < 4; k++) {
      primitives[k] = Math.pow(r, k) * Math.exp(-BASIS.exponent(k) * r * r);
    }
    double[] out = new double[4];
    BASIS.orthonormalise(primitives, out, 0);
    return out[n];
  }

  @Test
  void tooManyOrbitalsAreRefusedAsDependent() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new GtoBasis(61, 3));
    assertTrue(refused.getMessage().contains("61 Gaussian type orbitals"), refused.getMessage());
  }

  @Test
  void theIntegralForZeroAngularOrderIsAConvolution() {
    // For l = 0: 4π·∫ r'²·R(r')·g₀(r, r') dr', g₀ the mean of the Gaussian over the sphere of
    // radius r'.
    double s = 0.4;
    double r = 1.7;
    double norm = Math.pow(Math.PI * s * s, -0.75);
    double[] found = new double[4];
    new GaussianIntegral(0, BASIS, s).evaluate(r, 0, found, 0);
    for (int n = 0; n < 4; n++) {
      int which = n;
      double expected =
          integral(
              x -> {
                double z = r * x / (s * s);
                double mean =
                    z == 0
                        ? Math.exp(-r * r / (2 * s * s))
                        : (Math.exp(-(r - x) * (r - x) / (2 * s * s))
                                - Math.exp(-(r + x) * (r + x) / (2 * s * s)))
                            / (2 * z);
                return 4 * Math.PI * x * x * basis(which, x) * norm * mean;
              },
              12);
      // Y₀₀ is in the expansion, not in the integral.
      assertEquals(expected, found[n], 1e-10 * Math.max(1, Math.abs(expected)), "n = " + n);
    }
  }

  @Test
  void derivativesOfExactIntegralsAreRightToSecondOrder() {
    Tensor distances = Tensor.of(new double[] {0, 0.31, 1.2, 2.9, 3.4});
    for (int l = 0; l < 5; l++) {
      RadialFunction function = new RadialFunction(new GaussianIntegral(l, BASIS, 0.4), 0);
      GradientCheck check = GradientCheck.of(function, distances);
      check.firstOrder().requireCorrect();
      check.secondOrder().requireCorrect();
    }
  }

  @Test
  void narrowDensitiesFarAwayNeitherOverflowNorLosePrecision() {
    // The two ways to compute 1F1 meet at the argument 500.
    double below = Hypergeometric.scaled(3.5, 2.5, Math.nextDown(500.0));
    double above = Hypergeometric.scaled(3.5, 2.5, 500);
    assertEquals(below, above, 1e-12 * below);
    double[] out = new double[4];
    new GaussianIntegral(2, BASIS, 0.05).evaluate(3.4, 0, out, 0);
    for (double value : out) {
      assertTrue(Double.isFinite(value) && value != 0, "value " + value);
    }
  }

  @Test
  void aCubicIsItsOwnSpline() {
    double[] knots = {0, 0.7, 2};
    double[][] values = new double[3][1];
    double[][] slopes = new double[3][1];
    for (int k = 0; k < 3; k++) {
      double r = knots[k];
      values[k][0] = 1 - 2 * r + 0.5 * r * r * r;
      slopes[k][0] = -2 + 1.5 * r * r;
    }
    double[] out = new double[4];
    HermiteSpline spline = new HermiteSpline(knots, values, slopes, 0);
    for (int order = 0; order < 4; order++) {
      spline.evaluate(1.3, order, out, order);
    }
    assertEquals(1 - 2.6 + 0.5 * 2.197, out[0], 1e-13);
    assertEquals(-2 + 1.5 * 1.69, out[1], 1e-13);
    assertEquals(3 * 1.3, out[2], 1e-13);
    assertEquals(3, out[3], 1e-13);
  }

  @Test
  void knotsThatDoNotIncreaseAreRefused() {
    double[][] any = {{1}, {1}};
    assertThrows(
        IllegalArgumentException.class, () -> new HermiteSpline(new double[] {1, 1}, any, any, 0));
  }

  @Test
  void theBesselIntegralsAreThoseOfTheBasis() {
    double k = 2.3;
    double[] found = BASIS.besselIntegrals(1, k * k, 0);
    for (int n = 0; n < 4; n++) {
      int which = n;
      double expected =
          integral(
              r ->
                  r
                      * r
                      * basis(which, r)
                      * (Math.sin(k * r) / (k * k * r * r) - Math.cos(k * r) / (k * r)),
              20);
      assertEquals(expected, k * found[n], 1e-9, "n = " + n);
    }
  }

  @Test
  void whatTheCenterAddsToASmearedPotentialIsItsIntegral() {
    // For p = 2, γ(1, x) = 1 - exp(-x); the potential is (1 - exp(-r²/2s²))/r².
    double s = 0.8;
    double[] found = new SmearedPotential(2, s).centerIntegrals(BASIS);
    for (int n = 0; n < 4; n++) {
      int which = n;
      double expected =
          integral(
              r -> Math.sqrt(4 * Math.PI) * -Math.expm1(-r * r / (2 * s * s)) * basis(which, r),
              25);
      assertEquals(expected, found[n], 1e-9, "n = " + n);
    }
  }

  @Test
  void theTransformOfASmearedPotentialIsContinuousInBothItsFormulas() {
    for (int p = 1; p < 10; p++) {
      SmearedPotential potential = new SmearedPotential(p, 1.1);
      double squared = 2 / (1.1 * 1.1); // the argument 1, where the formula changes
      for (int order = 0; order < 4; order++) {
        double below = potential.transform(squared * (1 - 2e-13), order);
        assertEquals(
            below,
            potential.transform(squared * (1 + 2e-13), order),
            1e-11 * Math.abs(below),
            "exponent " + p + ", derivative " + order);
      }
    }
  }

  @Test
  void theAmplitudesOfWavesAreDifferentiableToAnyOrder() {
    for (int p = 0; p < 10; p++) {
      List<WaveAmplitudes.Part> parts =
          List.of(new WaveAmplitudes.Part(0, BASIS), new WaveAmplitudes.Part(3, BASIS));
      WaveAmplitudes amplitudes = new WaveAmplitudes(new SmearedPotential(p, 0.9), parts, 0);
      GradientCheck check =
          GradientCheck.of(
              at -> amplitudes.apply(at.getFirst()),
              Tensor.of(new double[] {0.2, 1.7, 2.6, 9.4}, 4));
      check.firstOrder().requireCorrect();
      check.secondOrder().requireCorrect();
    }
  }

  private static double integral(
      org.apache.commons.math3.analysis.UnivariateFunction f, double end) {
    return new IterativeLegendreGaussIntegrator(20, 1e-13, 1e-14)
        .integrate(10_000_000, f, 1e-9, end);
  }
}
