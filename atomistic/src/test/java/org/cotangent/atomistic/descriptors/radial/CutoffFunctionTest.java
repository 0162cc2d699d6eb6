package org.cotangent.atomistic.descriptors.radial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.cotangent.atomistic.descriptors.hyperparameters.Cutoff;
import org.cotangent.atomistic.descriptors.hyperparameters.Smoothing;
import org.cotangent.autodiff.GradientCheck;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/** How neighbors fade out. */
class CutoffFunctionTest {
  private static final double RADIUS = 4;
  private static final double WIDTH = 1.5;

  /** What each is, and how often it is continuously differentiable. */
  private static final Map<Smoothing, Integer> ALL = new LinkedHashMap<>();

  static {
    ALL.put(new Smoothing.ShiftedCosine(WIDTH), 1);
    ALL.put(new Smoothing.Polynomial(6), 2);
    ALL.put(new Smoothing.Polynomial(2), 2);
    ALL.put(new Smoothing.Smoothstep(WIDTH, 1), 1);
    ALL.put(new Smoothing.Smoothstep(WIDTH, 2), 2);
    ALL.put(new Smoothing.Smoothstep(WIDTH, 6), 6);
    ALL.put(new Smoothing.ExponentialBump(WIDTH), 6); // to any order; this is how far we look
  }

  private static double at(Smoothing smoothing, double r, int order) {
    double[] out = new double[1];
    new CutoffFunction(new Cutoff(RADIUS, smoothing)).evaluate(r, order, out, 0);
    return out[0];
  }

  @Test
  void valuesAndDerivativesAreContinuousAsOftenAsStated() {
    ALL.forEach(
        (smoothing, times) -> {
          for (double edge : new double[] {RADIUS - WIDTH, RADIUS}) {
            for (int order = 0; order <= times; order++) {
              double jump = at(smoothing, edge + 1e-12, order) - at(smoothing, edge - 1e-12, order);
              assertEquals(0, jump, 1e-5, smoothing + " at " + edge + ", order " + order);
            }
          }
          assertEquals(0, at(smoothing, RADIUS, 0));
          assertEquals(0, at(smoothing, RADIUS + 1, 0));
          assertEquals(1, at(smoothing, 0, 0));
        });
  }

  @Test
  void theNextDerivativeJumps() {
    for (Smoothing smoothing :
        new Smoothing[] {
          new Smoothing.ShiftedCosine(WIDTH),
          new Smoothing.Polynomial(6),
          new Smoothing.Smoothstep(WIDTH, 2)
        }) {
      int next = ALL.get(smoothing) + 1;
      double jump = at(smoothing, RADIUS + 1e-9, next) - at(smoothing, RADIUS - 1e-9, next);
      assertTrue(Math.abs(jump) > 0.1, smoothing + " order " + next);
    }
  }

  @Test
  void allOfThemFallAndStayBetweenOneAndZero() {
    for (Smoothing smoothing : ALL.keySet()) {
      double before = 1;
      for (double r = 0; r < RADIUS + 0.5; r += 0.01) {
        double value = at(smoothing, r, 0);
        assertTrue(value <= before + 1e-14 && value >= -1e-14, smoothing + " at " + r);
        before = value;
      }
    }
  }

  @Test
  void derivativesAreThoseOfTheFunction() {
    Tensor distances = Tensor.of(new double[] {0.4, 2.6, 2.9, 3.2, 3.3, 3.7, 3.93, 4.2});
    for (Smoothing smoothing : ALL.keySet()) {
      CutoffFunction function = new CutoffFunction(new Cutoff(RADIUS, smoothing));
      for (int order = 0; order < 3; order++) {
        GradientCheck check =
            GradientCheck.of(new RadialFunction(function, order), distances).step(1e-4);
        check.tolerance(1e-5, 1e-7).firstOrder().requireCorrect();
      }
    }
  }

  /** The numbers that featomic tests its own with. */
  @Test
  void aShiftedCosine() {
    Smoothing narrow = new Smoothing.ShiftedCosine(0.5);
    assertEquals(0.34549150281252683, at(narrow, 3.8, 0), 1e-14);
    assertEquals(-2.987832164741557, at(narrow, 3.8, 1), 1e-13);
  }

  @Test
  void formulasWrittenOut() {
    double y = 2.9 / RADIUS;
    assertEquals(
        1 - 28 * Math.pow(y, 6) + 48 * Math.pow(y, 7) - 21 * Math.pow(y, 8),
        at(new Smoothing.Polynomial(6), 2.9, 0),
        1e-14);
    double x = (2.9 - RADIUS + WIDTH) / WIDTH;
    assertEquals(
        1 - 10 * Math.pow(x, 3) + 15 * Math.pow(x, 4) - 6 * Math.pow(x, 5),
        at(new Smoothing.Smoothstep(WIDTH, 2), 2.9, 0),
        1e-14);
    double falling = Math.exp(-1 / (1 - x));
    assertEquals(
        falling / (falling + Math.exp(-1 / x)),
        at(new Smoothing.ExponentialBump(WIDTH), 2.9, 0),
        1e-14);
  }

  @Test
  void aStepCutsBeforeTheRadius() {
    Smoothing step = new Smoothing.Step();
    assertEquals(1, at(step, Math.nextDown(RADIUS), 0));
    assertEquals(0, at(step, RADIUS, 0));
    assertEquals(0, at(step, 1, 1));
  }
}
