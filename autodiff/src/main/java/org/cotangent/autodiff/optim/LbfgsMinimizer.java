package org.cotangent.autodiff.optim;

import java.util.function.Function;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;

/**
 * Finds a minimum of a function without noise by L-BFGS with a line search (Nocedal and Wright,
 * Numerical Optimization, 2nd edition, algorithms 7.5, 3.5 and 3.6): a loss over all data, or an
 * energy by positions.
 *
 * <p>Each step goes to a point that satisfies the strong Wolfe conditions with c₁ = 10⁻⁴ and c₂ =
 * 0.9: the function falls enough, and its slope along the step becomes flatter.
 *
 * @param historySize how many steps to remember, at least 1
 * @param maxSteps after how many steps to give up
 * @param tolerance how small the largest component of the gradient has to become
 */
public record LbfgsMinimizer(int historySize, int maxSteps, double tolerance) {
  private static final double SUFFICIENT_DECREASE = 1e-4;
  private static final double CURVATURE = 0.9;
  private static final int MAX_TRIALS = 25;

  /** Checks the settings. */
  public LbfgsMinimizer {
    if (historySize < 1 || maxSteps < 0 || !(tolerance >= 0)) {
      throw new IllegalArgumentException(
          "a minimisation needs a history of at least 1 and neither steps nor a tolerance below 0,"
              + " got "
              + historySize
              + ", "
              + maxSteps
              + " and "
              + tolerance);
    }
  }

  /**
   * Where a minimisation ended.
   *
   * @param parameters the best point
   * @param value of the function there
   * @param gradient of the function there
   * @param steps how many steps were made
   * @param evaluations how often the function was differentiated
   * @param converged whether the gradient is within the tolerance; if not, the steps ran out or no
   *     lower point could be found along the last direction
   */
  public record Minimum(
      Parameters parameters,
      double value,
      Parameters gradient,
      int steps,
      int evaluations,
      boolean converged) {}

  /**
   * Goes downhill from {@code start}.
   *
   * @param function returns one element, computed from the variables that it is given
   * @throws IllegalArgumentException if the function or its gradient is not finite at the start
   */
  public Minimum minimize(Parameters start, Function<Parameters, Tensor> function) {
    Search search = new Search(function);
    LbfgsHistory history = new LbfgsHistory(historySize);
    Point point = search.evaluate(start.detach(), new double[Math.toIntExact(start.count())], 0);
    if (!point.isFinite()) {
      throw new IllegalArgumentException(
          "the function to minimise is "
              + point.value
              + " at the start, and its gradient must be"
              + " finite too");
    }
    int steps = 0;
    while (steps < maxSteps && largest(point.flat) > tolerance) {
      double[] direction = history.direction(point.flat);
      if (!(FlatVector.dot(point.flat, direction) < 0)) { // rounding has spoilt the history
        history = new LbfgsHistory(historySize);
        direction = history.direction(point.flat);
      }
      double length = history.isFresh() ? Math.min(1, 1 / FlatVector.absoluteSum(point.flat)) : 1;
      Point next = search.along(point, direction, length);
      if (next.at == 0) {
        break;
      }
      history.stepped(point.flat, FlatVector.scaled(next.at, direction));
      point = next;
      steps++;
    }
    return new Minimum(
        point.parameters,
        point.value,
        point.gradient,
        steps,
        search.evaluations,
        largest(point.flat) <= tolerance);
  }

  private static double largest(double[] x) {
    double largest = 0;
    for (double value : x) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /**
   * A point at distance {@code at} along a direction.
   *
   * @param slope derivative of the function along the direction
   * @param flat the gradient as one vector
   */
  private record Point(
      double at,
      double value,
      double slope,
      Parameters parameters,
      Parameters gradient,
      double[] flat) {
    boolean isFinite() {
      return Double.isFinite(value) && Double.isFinite(largest(flat));
    }
  }

  /** The function along a line. */
  private static final class Search {
    private final Function<Parameters, Tensor> function;
    private int evaluations = 0;

    Search(Function<Parameters, Tensor> function) {
      this.function = function;
    }

    Point evaluate(Parameters from, double[] direction, double at) {
      Parameters parameters = FlatVector.move(from, at, direction);
      Parameters variables = parameters.variables();
      Tensor value = function.apply(variables);
      Parameters gradient = variables.gradient(value);
      evaluations++;
      double[] flat = FlatVector.of(gradient);
      double slope = FlatVector.dot(flat, direction);
      return new Point(at, value.item(), slope, parameters, gradient, flat);
    }

    /**
     * Returns a point that satisfies the strong Wolfe conditions (algorithm 3.5), or, when there is
     * none to be found, the lowest that was met.
     */
    Point along(Point from, double[] direction, double length) {
      double slope = FlatVector.dot(from.flat, direction);
      Point start = new Point(0, from.value, slope, from.parameters, from.gradient, from.flat);
      Point before = start;
      double at = length;
      for (int trial = 0; trial < MAX_TRIALS; trial++) {
        Point point = evaluate(start.parameters, direction, at);
        if (!falls(start, point) || (trial > 0 && point.value >= before.value)) {
          return between(start, direction, before, point);
        }
        if (Math.abs(point.slope) <= -CURVATURE * slope) {
          return point;
        }
        if (point.slope >= 0) {
          return between(start, direction, point, before);
        }
        before = point;
        at *= 2;
      }
      return before;
    }

    /**
     * Narrows an interval in which such a point lies (algorithm 3.6).
     *
     * @param low the lower of its two ends, from which the function falls into the interval
     */
    private Point between(Point start, double[] direction, Point low, Point high) {
      Point a = low;
      Point b = high;
      for (int trial = 0; trial < MAX_TRIALS; trial++) {
        Point point = evaluate(start.parameters, direction, guess(a, b));
        if (!falls(start, point) || point.value >= a.value) {
          b = point;
          continue;
        }
        if (Math.abs(point.slope) <= -CURVATURE * start.slope) {
          return point;
        }
        if (point.slope * (b.at - a.at) >= 0) {
          b = a;
        }
        a = point;
      }
      return a;
    }

    /** The minimum of the parabola through a, with its slope, and b; kept away from both ends. */
    private static double guess(Point a, Point b) {
      double width = b.at - a.at;
      double curvature = b.value - a.value - a.slope * width;
      double fraction = -a.slope * width / (2 * curvature);
      if (fraction >= 0.1 && fraction <= 0.9) {
        return a.at + width * fraction;
      }
      return a.at + width * (b.isFinite() ? 0.5 : 0.1);
    }

    private static boolean falls(Point start, Point point) {
      return point.isFinite()
          && point.value <= start.value + SUFFICIENT_DECREASE * point.at * start.slope;
    }
  }
}
