package org.cotangent.atomistic.descriptors.radial;

import org.cotangent.atomistic.descriptors.hyperparameters.Cutoff;
import org.cotangent.atomistic.descriptors.hyperparameters.Smoothing;

/**
 * How much a neighbor at distance r counts: 1 near the center, 0 from the radius of the cutoff on,
 * between them as its {@link Smoothing} says. With x = (r - radius + width)/width, from 0 where the
 * function begins to fall to 1 at the radius, all derivatives are in closed form.
 *
 * @param cutoff radius and smoothing
 */
public record CutoffFunction(Cutoff cutoff) implements RadialIntegral {
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
    double radius = cutoff.radius();
    out[from] =
        switch (cutoff.smoothing()) {
          case Smoothing.Step step -> order == 0 && r < radius ? 1 : 0;
          case Smoothing.ShiftedCosine cosine -> cosine(r, cosine.width(), order);
          case Smoothing.Polynomial polynomial ->
              r < radius ? envelope(r / radius, polynomial.power(), order, radius) : 0;
          case Smoothing.Smoothstep smoothstep ->
              smoothstep(r, smoothstep.width(), smoothstep.order(), order);
          case Smoothing.ExponentialBump bump -> bump(r, bump.width(), order);
        };
  }

  private double place(double r, double width) {
    return (r - cutoff.radius() + width) / width;
  }

  /** The derivatives of a function that is 1 before and 0 after its fall. */
  private static double outside(double x, int order) {
    return order == 0 && x <= 0 ? 1 : 0;
  }

  private double cosine(double r, double width, int order) {
    double x = place(r, width);
    if (x <= 0 || x >= 1) {
      return outside(x, order);
    }
    double wave = 0.5 * Math.PI * order; // each derivative is a quarter of a period ahead
    double half = 0.5 * Math.cos(Math.PI * x + wave) * Math.pow(Math.PI / width, order);
    return order == 0 ? 0.5 + half : half;
  }

  /** The derivative of c₀ + c₁·y^p + c₂·y^(p+1) + c₃·y^(p+2) by r. */
  private static double envelope(double y, int p, int order, double radius) {
    double[] factors = {-0.5 * (p + 1) * (p + 2), p * (p + 2.0), -0.5 * p * (p + 1)};
    double sum = order == 0 ? 1 : 0;
    for (int k = 0; k < 3; k++) {
      sum += factors[k] * monomial(y, p + k, order);
    }
    return sum / Math.pow(radius, order);
  }

  /** The derivative of x^n by x. */
  private static double monomial(double x, int n, int order) {
    if (order > n) {
      return 0;
    }
    double factor = 1;
    for (int k = 0; k < order; k++) {
      factor *= n - k;
    }
    return factor * Math.pow(x, n - order);
  }

  /**
   * 1 - x^(k+1)·Σ_j (k+j over j)·(1 - x)^j, j = 0 … k, whose first derivative is a multiple of
   * (x·(1 - x))^k. It is the same as (1 - x)^(k+1)·Σ_j (k+j over j)·x^j, which does not cancel
   * towards 1.
   */
  private double smoothstep(double r, double width, int k, int order) {
    double x = place(r, width);
    if (x <= 0 || x >= 1) {
      return outside(x, order);
    }
    double sum = 0;
    double choose = 1;
    for (int j = 0; j <= k; j++) {
      double term = 0; // Leibniz' rule for (1 - x)^(k+1)·x^j
      double binomial = 1;
      for (int i = 0; i <= order; i++) {
        double sign = i % 2 == 0 ? 1 : -1;
        term += binomial * sign * monomial(1 - x, k + 1, i) * monomial(x, j, order - i);
        binomial *= (order - i) / (i + 1.0);
      }
      sum += choose * term;
      choose *= (k + j + 1) / (j + 1.0);
    }
    return sum / Math.pow(width, order);
  }

  /**
   * 1/(1 + e^u) with u = 1/(1 - x) - 1/x, by its Taylor coefficients: those of u are powers, those
   * of e^u and of the quotient follow from (e^u)' = u'·e^u and s·(1 + e^u) = 1.
   */
  private double bump(double r, double width, int order) {
    double x = place(r, width);
    if (x <= 0 || x >= 1) {
      return outside(x, order);
    }
    // s(x) = 1 - s(1 - x), and below 1/2 e^u does not overflow.
    double near = x < 0.5 ? x : 1 - x;
    double exponent = 1 / (1 - near) - 1 / near;
    double zeroth = Math.exp(exponent);
    if (zeroth == 0) {
      return order == 0 && x < 0.5 ? 1 : 0;
    }
    double[] u = new double[order + 1];
    double[] e = new double[order + 1];
    double[] s = new double[order + 1];
    e[0] = zeroth;
    s[0] = 1 / (1 + zeroth);
    double factorial = 1;
    for (int k = 1; k <= order; k++) {
      factorial *= k;
      u[k] = Math.pow(1 - near, -k - 1.0) + (k % 2 == 0 ? -1 : 1) * Math.pow(near, -k - 1.0);
      for (int j = 1; j <= k; j++) {
        e[k] += j * u[j] * e[k - j] / k;
      }
      for (int j = 1; j <= k; j++) {
        s[k] -= e[j] * s[k - j] / (1 + zeroth);
      }
    }
    if (order == 0) {
      return x < 0.5 ? s[0] : zeroth / (1 + zeroth);
    }
    double mirrored = x < 0.5 ? 1 : (order % 2 == 0 ? -1 : 1);
    return mirrored * factorial * s[order] / Math.pow(width, order);
  }
}
