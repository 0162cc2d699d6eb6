package org.cotangent.atomistic.descriptors.radial;

/**
 * Functions tabulated with their first two derivatives on equidistant knots, between them by the
 * polynomial of fifth degree that has these (quintic Hermite interpolation). So the spline is twice
 * continuously differentiable, and its derivatives of any order are those of the polynomials: what
 * is differentiated is exactly what is evaluated, also when a loss on forces is differentiated.
 *
 * <p>With as many knots the error is about h⁶ instead of h⁴ for {@link HermiteSpline}, so that
 * there are far fewer of them.
 */
public final class SmoothSpline implements RadialIntegral {
  private static final int DEGREE = 5;
  private static final int FIRST_INTERVALS = 16;
  private static final int MOST_INTERVALS = 1 << 14;

  private final int size;
  private final int power;
  private final int intervals;
  private final double step;

  /** For each interval and function the six coefficients of powers of (r - knot)/step. */
  private final double[] coefficients;

  /**
   * Takes a table.
   *
   * @param table values, first and second derivatives, each {@code [knots, functions]}
   */
  private SmoothSpline(double[][][] table, double end, int power) {
    this.size = table[0][0].length;
    this.power = power;
    this.intervals = table[0].length - 1;
    this.step = end / intervals;
    coefficients = new double[(DEGREE + 1) * size * intervals];
    for (int k = 0; k < intervals; k++) {
      for (int n = 0; n < size; n++) {
        double c1 = step * table[1][k][n];
        double c2 = 0.5 * step * step * table[2][k][n];
        // What is left at the next knot for the powers 3, 4 and 5.
        double value = table[0][k + 1][n] - table[0][k][n] - c1 - c2;
        double slope = step * table[1][k + 1][n] - c1 - 2 * c2;
        double bend = 0.5 * step * step * table[2][k + 1][n] - c2;
        int at = (DEGREE + 1) * (k * size + n);
        coefficients[at] = table[0][k][n];
        coefficients[at + 1] = c1;
        coefficients[at + 2] = c2;
        coefficients[at + 3] = 10 * value - 4 * slope + bend;
        coefficients[at + 4] = -15 * value + 7 * slope - 2 * bend;
        coefficients[at + 5] = 6 * value - 3 * slope + bend;
      }
    }
  }

  /**
   * Tabulates functions on [0, end] so finely that the spline is as accurate as asked, values and
   * first derivatives: the number of intervals is doubled until no I_n(r), nor its slope, is
   * farther off in the middle of an interval.
   *
   * @param exact the functions
   * @param end the last knot, above 0
   * @param accuracy the error allowed, absolute, above 0
   * @throws IllegalArgumentException if 16384 intervals are not enough
   */
  public static SmoothSpline refined(RadialIntegral exact, double end, double accuracy) {
    double[][][] table = table(exact, end, FIRST_INTERVALS);
    for (int intervals = FIRST_INTERVALS; intervals < MOST_INTERVALS; intervals *= 2) {
      // Every second knot of the finer table is one of the coarser, the others are its middles.
      double[][][] finer = table(exact, end, 2 * intervals);
      SmoothSpline spline = new SmoothSpline(table, end, exact.power());
      if (spline.error(finer) <= accuracy) {
        return spline;
      }
      table = finer;
    }
    throw new IllegalArgumentException(
        "a spline with "
            + MOST_INTERVALS
            + " intervals does not reach the accuracy "
            + accuracy
            + "; ask for less, or switch splines off with null");
  }

  private double error(double[][][] finer) {
    double worst = 0;
    double[] value = new double[size];
    double[] slope = new double[size];
    for (int k = 1; k < finer[0].length; k += 2) {
      double r = 0.5 * k * step;
      evaluate(r, 0, value, 0);
      evaluate(r, 1, slope, 0);
      double scale = Math.pow(r, power);
      for (int n = 0; n < size; n++) {
        double off = value[n] - finer[0][k][n];
        double steeper = slope[n] - finer[1][k][n] + off * power / r; // of I = r^power·function
        worst = Math.max(worst, scale * Math.max(Math.abs(off), Math.abs(steeper)));
      }
    }
    return worst;
  }

  private static double[][][] table(RadialIntegral exact, double end, int intervals) {
    double[][][] table = new double[3][intervals + 1][exact.size()];
    for (int k = 0; k <= intervals; k++) {
      for (int order = 0; order < 3; order++) {
        exact.evaluate(end * k / intervals, order, table[order][k], 0);
      }
    }
    return table;
  }

  /** Returns the number of intervals between knots. */
  public int intervals() {
    return intervals;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int power() {
    return power;
  }

  @Override
  public void evaluate(double r, int order, double[] out, int from) {
    double place = r / step;
    int interval = Math.clamp((long) place, 0, intervals - 1);
    double x = place - interval;
    int at = (DEGREE + 1) * interval * size;
    if (order == 0) {
      for (int n = 0; n < size; n++, at += DEGREE + 1) {
        double high = coefficients[at + 4] + x * coefficients[at + 5];
        double low = coefficients[at + 2] + x * (coefficients[at + 3] + x * high);
        out[from + n] = coefficients[at] + x * (coefficients[at + 1] + x * low);
      }
      return;
    }
    double scale = Math.pow(step, -order);
    for (int n = 0; n < size; n++, at += DEGREE + 1) {
      double sum = 0;
      for (int k = DEGREE; k >= order; k--) {
        double factor = coefficients[at + k];
        for (int j = 0; j < order; j++) {
          factor *= k - j;
        }
        sum = sum * x + factor;
      }
      out[from + n] = scale * sum;
    }
  }

  @Override
  public void evaluateWithSlope(double r, double[] values, double[] slopes, int from) {
    double place = r / step;
    int interval = Math.clamp((long) place, 0, intervals - 1);
    double x = place - interval;
    int at = (DEGREE + 1) * interval * size;
    for (int n = 0; n < size; n++, at += DEGREE + 1) {
      double c1 = coefficients[at + 1];
      double c2 = coefficients[at + 2];
      double c3 = coefficients[at + 3];
      double c4 = coefficients[at + 4];
      double c5 = coefficients[at + 5];
      values[from + n] = coefficients[at] + x * (c1 + x * (c2 + x * (c3 + x * (c4 + x * c5))));
      slopes[from + n] = (c1 + x * (2 * c2 + x * (3 * c3 + x * (4 * c4 + x * (5 * c5))))) / step;
    }
  }
}
