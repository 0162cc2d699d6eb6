package org.cotangent.atomistic.descriptors.radial;

import java.util.Arrays;

/**
 * Functions that are given by their values and derivatives on knots, between them by the cubic
 * polynomial with these values and derivatives (Hermite interpolation). Derivatives are those of
 * the polynomials: the first is continuous, from the fourth on they are zero. Outside of the knots
 * the nearest polynomial goes on. For tables that are given; those made here are {@link
 * SmoothSpline}s.
 */
public final class HermiteSpline implements RadialIntegral {
  private final double[] knots;
  private final int size;
  private final int power;

  /** For each interval and function the four coefficients of powers of r - knot. */
  private final double[] coefficients;

  /**
   * Creates a spline.
   *
   * @param knots strictly increasing, at least two
   * @param values {@code [knots, functions]}
   * @param derivatives {@code [knots, functions]}, by the distance
   * @param power p, if the functions are I_n(r)/r^p
   * @throws IllegalArgumentException if the sizes do not fit or the knots do not increase
   */
  public HermiteSpline(double[] knots, double[][] values, double[][] derivatives, int power) {
    if (knots.length < 2 || values.length != knots.length || derivatives.length != knots.length) {
      throw new IllegalArgumentException(
          "a spline needs at least two knots with values and derivatives, there are "
              + knots.length
              + " knots, "
              + values.length
              + " rows of values and "
              + derivatives.length
              + " of derivatives");
    }
    this.knots = knots.clone();
    this.size = values[0].length;
    this.power = power;
    for (int k = 0; k < knots.length; k++) {
      if (k > 0 && !(knots[k] > knots[k - 1])) {
        throw new IllegalArgumentException(
            "the knots of a spline must increase, knot "
                + k
                + " at "
                + knots[k]
                + " follows one at "
                + knots[k - 1]);
      }
      if (values[k].length != size || derivatives[k].length != size) {
        throw new IllegalArgumentException(
            "knot "
                + k
                + " of a spline has "
                + values[k].length
                + " values and "
                + derivatives[k].length
                + " derivatives, the first has "
                + size
                + " values");
      }
    }
    coefficients = new double[4 * size * (knots.length - 1)];
    for (int k = 0; k + 1 < knots.length; k++) {
      double h = knots[k + 1] - knots[k];
      for (int n = 0; n < size; n++) {
        double slope = (values[k + 1][n] - values[k][n]) / h;
        double d0 = derivatives[k][n];
        double d1 = derivatives[k + 1][n];
        int at = 4 * (k * size + n);
        coefficients[at] = values[k][n];
        coefficients[at + 1] = d0;
        coefficients[at + 2] = (3 * slope - 2 * d0 - d1) / h;
        coefficients[at + 3] = (d0 + d1 - 2 * slope) / (h * h);
      }
    }
  }

  /** Returns the last knot. */
  public double end() {
    return knots[knots.length - 1];
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int power() {
    return power;
  }

  private int interval(double r) {
    int found = Arrays.binarySearch(knots, r);
    return Math.clamp(found >= 0 ? found : -found - 2, 0, knots.length - 2);
  }

  @Override
  public void evaluateWithSlope(double r, double[] values, double[] slopes, int from) {
    int interval = interval(r);
    double x = r - knots[interval];
    int at = 4 * interval * size;
    for (int n = 0; n < size; n++, at += 4) {
      double c1 = coefficients[at + 1];
      double c2 = coefficients[at + 2];
      double c3 = coefficients[at + 3];
      values[from + n] = coefficients[at] + x * (c1 + x * (c2 + x * c3));
      slopes[from + n] = c1 + x * (2 * c2 + 3 * x * c3);
    }
  }

  @Override
  public void evaluate(double r, int order, double[] out, int from) {
    int interval = interval(r);
    double x = r - knots[interval];
    for (int n = 0; n < size; n++) {
      int at = 4 * (interval * size + n);
      double c0 = coefficients[at];
      double c1 = coefficients[at + 1];
      double c2 = coefficients[at + 2];
      double c3 = coefficients[at + 3];
      out[from + n] =
          switch (order) {
            case 0 -> c0 + x * (c1 + x * (c2 + x * c3));
            case 1 -> c1 + x * (2 * c2 + 3 * x * c3);
            case 2 -> 2 * c2 + 6 * x * c3;
            case 3 -> 6 * c3;
            default -> 0;
          };
    }
  }
}
