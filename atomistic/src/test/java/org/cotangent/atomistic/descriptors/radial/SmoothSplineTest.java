package org.cotangent.atomistic.descriptors.radial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.cotangent.autodiff.GradientCheck;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/** Tables of radial functions: accuracy, smoothness, consistent derivatives. */
class SmoothSplineTest {
  private static final double END = 3.5;

  private static RadialIntegral exact(int l) {
    return new GaussianIntegral(l, new GtoBasis(4, END), 0.3);
  }

  @Test
  void aSplineIsAsAccurateAsAskedAlsoBetweenItsKnots() {
    for (double accuracy : new double[] {1e-4, 1e-6, 1e-8, 1e-10}) {
      for (int l = 0; l < 4; l++) {
        RadialIntegral exact = exact(l);
        SmoothSpline spline = SmoothSpline.refined(exact, END, accuracy);
        double[] one = new double[4];
        double[] other = new double[4];
        for (double r = 0; r < END; r += 0.00371) {
          exact.evaluate(r, 0, one, 0);
          spline.evaluate(r, 0, other, 0);
          for (int n = 0; n < 4; n++) {
            assertEquals(one[n], other[n], 2 * accuracy / Math.pow(Math.max(r, 0.1), l), "at " + r);
          }
        }
      }
    }
  }

  @Test
  void aCoarseAccuracyTakesFewIntervals() {
    int coarse = SmoothSpline.refined(exact(2), END, 1e-3).intervals();
    int fine = SmoothSpline.refined(exact(2), END, 1e-10).intervals();
    assertTrue(coarse <= 64 && fine > coarse && fine <= 2048, coarse + " and " + fine);
  }

  @Test
  void valuesAndTwoDerivativesAreContinuousAtKnots() {
    SmoothSpline spline = SmoothSpline.refined(exact(1), END, 1e-3);
    double step = END / spline.intervals();
    for (int k = 1; k < spline.intervals(); k++) {
      for (int order = 0; order < 3; order++) {
        double[] before = new double[4];
        double[] after = new double[4];
        spline.evaluate(k * step * (1 - 1e-13), order, before, 0);
        spline.evaluate(k * step * (1 + 1e-13), order, after, 0);
        for (int n = 0; n < 4; n++) {
          assertEquals(before[n], after[n], 1e-9 * Math.max(1, Math.abs(before[n])));
        }
      }
    }
  }

  @Test
  void derivativesAreThoseOfWhatIsEvaluated() {
    SmoothSpline spline = SmoothSpline.refined(exact(1), END, 1e-2); // coarse: far from the exact
    double step = END / spline.intervals();
    Tensor inside = Tensor.of(new double[] {0.3 * step, 4.5 * step, 9.7 * step});
    for (int order = 0; order < 3; order++) {
      GradientCheck check = GradientCheck.of(new RadialFunction(spline, order), inside).step(1e-3);
      check.firstOrder().requireCorrect();
      check.secondOrder().requireCorrect();
    }
  }

  @Test
  void aQuinticIsItsOwnSplineBeyondItsEndToo() {
    RadialIntegral quintic =
        new RadialIntegral() {
          @Override
          public int size() {
            return 1;
          }

          @Override
          public int power() {
            return 0;
          }

          @Override
          public void evaluate(double r, int order, double[] out, int from) {
            out[from] =
                switch (order) {
                  case 0 -> 1 - r + 0.1 * Math.pow(r, 5);
                  case 1 -> -1 + 0.5 * Math.pow(r, 4);
                  default -> 2 * Math.pow(r, 3);
                };
          }
        };
    SmoothSpline spline = SmoothSpline.refined(quintic, 2, 1e-12);
    double[] out = new double[1];
    for (double r : new double[] {0, 0.9, 2, 2.3}) {
      for (int order = 0; order < 3; order++) {
        spline.evaluate(r, order, out, 0);
        double[] expected = new double[1];
        quintic.evaluate(r, order, expected, 0);
        assertEquals(expected[0], out[0], 1e-9);
      }
    }
  }

  @Test
  void anAccuracyBelowRoundingIsRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> SmoothSpline.refined(exact(0), END, 1e-20));
    assertTrue(refused.getMessage().contains("1.0E-20"), refused.getMessage());
  }
}
