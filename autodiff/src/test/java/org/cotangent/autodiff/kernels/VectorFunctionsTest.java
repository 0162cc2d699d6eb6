package org.cotangent.autodiff.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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

  /** What is made of several functions may have half a unit more. */
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

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @TestFactory
  Stream<DynamicTest> areWithinSoManyUnitsInTheLastPlace() {
    Kernels k = kernels();
    return Stream.of(
        test("erf", k::erf, k::erf, Erf::value, -6.5, 6.5),
        test("erf, small", k::erf, k::erf, Erf::value, -1e-3, 1e-3),
        test("exp", k::exp, k::exp, Math::exp, -80, 80),
        test("log", k::log, k::log, Math::log, 1e-3, 50),
        test("log near 1", k::log, k::log, Math::log, 0.99, 1.01),
        test("log of subnormal", k::log, k::log, Math::log, 0, 1e-38),
        test("log, large", k::log, k::log, Math::log, 1, 3e38),
        test("exp near 0", k::exp, k::exp, Math::exp, -0.4, 0.4),
        test("exp, huge", k::exp, k::exp, Math::exp, 80, 88.7),
        test("softplus", 2.5, k::softplus, k::softplus, Logistic::softplus, -40, 40),
        test("sigmoid", 2.5, k::sigmoid, k::sigmoid, VectorFunctionsTest::sigmoid, -30, 30),
        test("silu", 2.5, k::silu, k::silu, x -> x * VectorFunctionsTest.sigmoid(x), -30, 30),
        test("tanh, small", k::tanh, k::tanh, Math::tanh, -0.6, 0.6),
        test("sin of hundreds", k::sin, k::sin, Math::sin, -1000, 1000),
        test("cos of hundreds", k::cos, k::cos, Math::cos, -1000, 1000),
        test("sin, huge", k::sin, k::sin, Math::sin, 1e3, 1e9),
        test("cos, huge", k::cos, k::cos, Math::cos, -1e9, -1e3),
        test("tanh", k::tanh, k::tanh, Math::tanh, -10, 10),
        test("sin", k::sin, k::sin, Math::sin, -3, 3),
        test("cos", k::cos, k::cos, Math::cos, -1.5, 1.5));
  }

  private static DynamicTest test(
      String name, Loop64 loop64, Loop32 loop32, Reference reference, double from, double to) {
    return test(name, ALLOWED, loop64, loop32, reference, from, to);
  }

  private static DynamicTest test(
      String name,
      double allowed,
      Loop64 loop64,
      Loop32 loop32,
      Reference reference,
      double from,
      double to) {
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
          assertTrue(worst <= allowed + 1 && worstSingle <= allowed, found);
        });
  }

  @Test
  void anElementDoesNotDependOnItsPlaceOrItsNeighbors() {
    Kernels k = kernels();
    double[] x = new SplittableRandom(3).doubles(701, -20, 20).toArray();
    float[] single = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      single[i] = (float) x[i];
    }
    for (Loop64 loop :
        List.<Loop64>of(k::exp, k::softplus, k::sigmoid, k::silu, k::tanh, k::sin, k::erf)) {
      double[] all = new double[x.length];
      loop.run(x, all);
      for (int i = 0; i < x.length; i += 37) {
        double[] one = new double[1];
        loop.run(new double[] {x[i]}, one);
        assertEquals(one[0], all[i]);
      }
    }
    for (Loop32 loop :
        List.<Loop32>of(k::exp, k::softplus, k::sigmoid, k::silu, k::tanh, k::sin, k::erf)) {
      float[] all = new float[x.length];
      loop.run(single, all);
      for (int i = 0; i < x.length; i += 37) {
        float[] one = new float[1];
        loop.run(new float[] {single[i]}, one);
        assertEquals(one[0], all[i]);
      }
    }
  }

  @Test
  void functionsOfSpecialNumbers() {
    double inf = Double.POSITIVE_INFINITY;
    double[] x = {0.0, -0.0, inf, -inf, Double.NaN, Double.MIN_VALUE, -1, Double.MAX_VALUE};
    Kernels k = kernels();
    double[] found = new double[x.length];
    k.exp(x, found);
    assertArrayEquals(new double[] {1, 1, inf, 0, Double.NaN, 1, found[6], inf}, found, "exp");
    k.log(x, found);
    assertArrayEquals(
        new double[] {
          -inf, -inf, inf, Double.NaN, Double.NaN, Math.log(Double.MIN_VALUE), Double.NaN, found[7]
        },
        found,
        "log");
    k.tanh(x, found);
    assertArrayEquals(
        new double[] {0.0, -0.0, 1, -1, Double.NaN, Double.MIN_VALUE, found[6], 1}, found, "tanh");
    k.sigmoid(x, found);
    assertArrayEquals(
        new double[] {0.5, 0.5, 1, 0, Double.NaN, 0.5, found[6], 1}, found, "sigmoid");
    k.softplus(x, found);
    assertArrayEquals(
        new double[] {
          Math.log(2), Math.log(2), inf, 0, Double.NaN, Math.log(2), found[6], Double.MAX_VALUE
        },
        found,
        "softplus");
    k.sin(x, found);
    assertArrayEquals(
        new double[] {
          0.0, -0.0, Double.NaN, Double.NaN, Double.NaN, Double.MIN_VALUE, found[6], Math.sin(x[7])
        },
        found,
        "sin");
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
