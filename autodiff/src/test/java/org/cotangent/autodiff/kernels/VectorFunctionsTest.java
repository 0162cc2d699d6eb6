package org.cotangent.autodiff.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.commons.numbers.gamma.Erf;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How exact functions are that are computed with vectors, in units in the last place. */
class VectorFunctionsTest {
  private static final int POINTS = 200_000;
  private static final double ALLOWED = 2;

  private interface Loop64 {
    void run(double[] x, double[] out);
  }

  private interface Loop32 {
    void run(float[] x, float[] out);
  }

  private interface Reference {
    double at(double x);
  }

  private static Kernels kernels() {
    Kernels kernels = VectorKernels.create();
    Assumptions.assumeTrue(kernels != null, "this processor has no vectors that are long enough");
    return kernels;
  }

  @TestFactory
  Stream<DynamicTest> areWithinTwoUnitsInTheLastPlace() {
    Kernels k = kernels();
    return Stream.of(
        test("erf", k::erf, k::erf, Erf::value, -6.5, 6.5),
        test("erf, small", k::erf, k::erf, Erf::value, -1e-3, 1e-3),
        test("exp", k::exp, k::exp, Math::exp, -80, 80),
        test("log", k::log, k::log, Math::log, 1e-3, 50),
        test("log near 1", k::log, k::log, Math::log, 0.99, 1.01),
        test("tanh", k::tanh, k::tanh, Math::tanh, -10, 10),
        test("sin", k::sin, k::sin, Math::sin, -3, 3),
        test("cos", k::cos, k::cos, Math::cos, -1.5, 1.5));
  }

  private static DynamicTest test(
      String name, Loop64 loop64, Loop32 loop32, Reference reference, double from, double to) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          SplittableRandom random = new SplittableRandom(1);
          double[] x = new double[POINTS];
          float[] single = new float[POINTS];
          for (int i = 0; i < POINTS; i++) {
            x[i] = random.nextDouble(from, to);
            single[i] = (float) x[i];
          }
          double[] y = new double[POINTS];
          float[] z = new float[POINTS];
          loop64.run(x, y);
          loop32.run(single, z);
          double worst = 0;
          double worstSingle = 0;
          for (int i = 0; i < POINTS; i++) {
            double wanted = reference.at(x[i]);
            worst = Math.max(worst, Math.abs(y[i] - wanted) / Math.ulp(wanted));
            double exact = reference.at(single[i]);
            worstSingle = Math.max(worstSingle, Math.abs(z[i] - exact) / Math.ulp((float) exact));
          }
          String found = name + " is off by " + worst + " and (f32) " + worstSingle + " units";
          // the reference of f64 is itself off by up to one unit
          assertTrue(worst <= ALLOWED + 1 && worstSingle <= ALLOWED, found);
        });
  }

  @Test
  void erfAtItsEdges() {
    double[] x = {
      0.0,
      -0.0,
      1,
      -1,
      Math.nextDown(1.0),
      6,
      -6,
      30,
      Double.NaN,
      Double.MIN_VALUE,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      5.9,
      -5.9,
      1e-300,
      Double.MAX_VALUE
    };
    double[] y = new double[x.length];
    kernels().erf(x, y);
    for (int i = 0; i < x.length; i++) {
      double wanted = Erf.value(x[i]);
      if (Double.isNaN(wanted)) {
        assertEquals(wanted, y[i]);
        continue;
      }
      assertEquals(wanted, y[i], 2 * Math.ulp(wanted), "erf " + x[i]);
      assertEquals(Math.copySign(1, wanted), Math.copySign(1, y[i]), "sign of erf " + x[i]);
    }
  }
}
