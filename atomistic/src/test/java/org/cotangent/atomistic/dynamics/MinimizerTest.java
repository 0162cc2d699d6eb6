package org.cotangent.atomistic.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Steps down E = ½·Σ k·x², from stiff to soft. */
class MinimizerTest {
  private static final double[] STIFFNESS = {80, 1, 0.05, 30, 2, 0.2};
  private static final double[] START = {0.1, 0.3, 0.5, 0.1, -0.2, 0.4};

  private static double[] gradient(double[] x) {
    double[] g = new double[x.length];
    Arrays.setAll(g, k -> STIFFNESS[k] * x[k]);
    return g;
  }

  private static double energy(double[] x) {
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      sum += 0.5 * STIFFNESS[k] * x[k] * x[k];
    }
    return sum;
  }

  private static double[] after(int steps, Minimizer minimizer) {
    double[] x = START.clone();
    for (int n = 0; n < steps; n++) {
      double[] move = minimizer.step(x.clone(), gradient(x), energy(x));
      for (int k = 0; k < x.length; k++) {
        x[k] += move[k];
      }
    }
    return x;
  }

  private static double largestForce(double[] x) {
    return Arrays.stream(gradient(x)).map(Math::abs).max().orElseThrow();
  }

  /** Positions from ASE's FIRE, run on two atoms in this potential. */
  @Test
  void fireTakesTheStepsOfAse() {
    assertEquals(0.33446713825157065, largestForce(after(20, new Fire(0.2))), 1e-14);
    assertEquals(0.017410304519454183, largestForce(after(100, new Fire(0.2))), 1e-14);
    assertArrayEquals(
        new double[] {3.39154100e-05, 8.44825484e-05, 1.84265634e-01},
        Arrays.copyOf(after(200, new Fire(0.2)), 3),
        1e-9);
  }

  @Test
  void quasiNewtonStepsFindTheMinimumOfAQuadraticFunction() {
    assertTrue(largestForce(after(40, new LimitedMemoryBfgs(0.2))) < 1e-6);
  }

  @Test
  void noAtomMovesFartherThanItMay() {
    double[] far = {100, 0, 0, 0, 0.001, 0};
    double[] move = new LimitedMemoryBfgs(0.2).step(far, gradient(far), energy(far));
    assertArrayEquals(new double[] {-0.2, 0, 0}, Arrays.copyOf(move, 3), 1e-15);
  }

  @Test
  void aStepThatLeadsUphillIsHalved() {
    LimitedMemoryBfgs minimizer = new LimitedMemoryBfgs(0.2);
    double[] first = minimizer.step(START, gradient(START), 1);
    double[] there = START.clone();
    Arrays.setAll(there, k -> START[k] + first[k]);
    double[] back = minimizer.step(there, gradient(there), 1.1);
    double[] half = first.clone();
    Arrays.setAll(half, k -> -first[k] / 2);
    assertArrayEquals(half, back, 1e-15);
  }
}
