package org.cotangent.atomistic.dynamics;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import org.cotangent.autodiff.Tensor;

/**
 * L-BFGS (Nocedal and Wright, Numerical Optimization, 2nd ed., algorithm 7.4) without a line
 * search: the step is the quasi-Newton step, shortened so that no row of it is too long. The
 * Hessian begins as 70 eV/Å², as in ASE, and pairs of steps and changes of the gradient along which
 * the function is not convex are left out.
 */
final class LimitedMemoryBfgs implements Minimizer {
  private static final double FIRST_CURVATURE = 70;
  private static final int REMEMBERED = 100;
  private static final int MOST_HALVINGS = 10;

  /** Less may be rounding, in eV, and as a part of the energy. */
  private static final double LEAST_RISE = 1e-9;

  private static final double LEAST_RELATIVE_RISE = 1e-12;

  /**
   * A step and what it changed.
   *
   * @param inverse 1/(step · change)
   */
  private record Pair(double[] step, double[] change, double inverse) {}

  private final double farthest;
  private final Deque<Pair> pairs = new ArrayDeque<>(); // the latest first
  private double curvature = FIRST_CURVATURE;
  private double[] lastAt = new double[0];
  private double[] lastGradient = new double[0];
  private double lastValue;
  private int halvings;

  /**
   * Starts without any knowledge.
   *
   * @param farthest the largest length of a row of three of a displacement
   */
  LimitedMemoryBfgs(double farthest) {
    this.farthest = farthest;
  }

  /** Goes on with what another one {@linkplain #memory knew}. */
  LimitedMemoryBfgs(double farthest, Map<String, Tensor> memory) {
    this(farthest);
    lastAt = Minimizer.recalled(memory, "last_at").toDoubleArray();
    lastGradient = Minimizer.recalled(memory, "last_gradient").toDoubleArray();
    Tensor numbers = Minimizer.recalled(memory, "numbers");
    curvature = numbers.at(0);
    lastValue = numbers.at(1);
    halvings = (int) numbers.at(2);
    int n = lastAt.length;
    double[] steps = Minimizer.recalled(memory, "steps").toDoubleArray();
    double[] changes = Minimizer.recalled(memory, "changes").toDoubleArray();
    for (int from = 0; from < steps.length; from += n) {
      double[] step = Arrays.copyOfRange(steps, from, from + n);
      double[] change = Arrays.copyOfRange(changes, from, from + n);
      pairs.addLast(new Pair(step, change, 1 / product(step, change)));
    }
  }

  @Override
  public Map<String, Tensor> memory() {
    int n = lastAt.length;
    double[] steps = new double[n * pairs.size()];
    double[] changes = new double[steps.length];
    int from = 0;
    for (Pair pair : pairs) {
      java.lang.System.arraycopy(pair.step, 0, steps, from, n);
      java.lang.System.arraycopy(pair.change, 0, changes, from, n);
      from += n;
    }
    return Map.of(
        "last_at",
        Tensor.of(lastAt, n),
        "last_gradient",
        Tensor.of(lastGradient, n),
        "numbers",
        Tensor.of(new double[] {curvature, lastValue, halvings}, 3),
        "steps",
        Tensor.of(steps, pairs.size(), n),
        "changes",
        Tensor.of(changes, pairs.size(), n));
  }

  @Override
  public double[] step(double[] at, double[] gradient, double value) {
    if (lastAt.length > 0) {
      boolean uphill = value > lastValue + LEAST_RISE + LEAST_RELATIVE_RISE * Math.abs(value);
      if (uphill && halvings < MOST_HALVINGS) {
        halvings++;
        double[] back = difference(lastAt, at);
        for (int k = 0; k < back.length; k++) {
          back[k] /= 2;
        }
        return back;
      }
      halvings = 0;
      remember(difference(at, lastAt), difference(gradient, lastGradient));
    }
    lastAt = at.clone();
    lastGradient = gradient.clone();
    lastValue = value;
    double[] direction = gradient.clone();
    double[] shares = new double[pairs.size()];
    int n = 0;
    for (Pair pair : pairs) {
      shares[n] = pair.inverse * product(pair.step, direction);
      add(direction, -shares[n++], pair.change);
    }
    for (int k = 0; k < direction.length; k++) {
      direction[k] /= curvature;
    }
    for (Iterator<Pair> oldestFirst = pairs.descendingIterator(); oldestFirst.hasNext(); ) {
      Pair pair = oldestFirst.next();
      double share = pair.inverse * product(pair.change, direction);
      add(direction, shares[--n] - share, pair.step);
    }
    double longest = 0;
    for (int k = 0; k < direction.length; k += 3) {
      double x = direction[k];
      double y = direction[k + 1];
      double z = direction[k + 2];
      longest = Math.max(longest, Math.sqrt(x * x + y * y + z * z));
    }
    double factor = longest > farthest ? -farthest / longest : -1;
    for (int k = 0; k < direction.length; k++) {
      direction[k] *= factor;
    }
    return direction;
  }

  private void remember(double[] step, double[] change) {
    double along = product(step, change);
    if (!(along > 1e-10 * Math.sqrt(product(step, step) * product(change, change)))) {
      curvature /= 2;
    } else {
      curvature = FIRST_CURVATURE;
      pairs.addFirst(new Pair(step, change, 1 / along));
      if (pairs.size() > REMEMBERED) {
        pairs.removeLast();
      }
    }
  }

  private static double[] difference(double[] x, double[] y) {
    double[] z = x.clone();
    add(z, -1, y);
    return z;
  }

  private static void add(double[] x, double factor, double[] y) {
    for (int k = 0; k < x.length; k++) {
      x[k] += factor * y[k];
    }
  }

  private static double product(double[] x, double[] y) {
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      sum += x[k] * y[k];
    }
    return sum;
  }
}
