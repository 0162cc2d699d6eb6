package org.cotangent.atomistic.descriptors.radial;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * A potential 1/r^p smeared with a Gaussian of width s: that is, 1/Γ(p/2)·γ(p/2, r²/2s²)/r^p, which
 * is finite at 0. For p = 0 the Gaussian (πs²)^(-3/4)·exp(-r²/2s²).
 *
 * @param exponent p, from 0 to 9
 * @param smearing s, in the unit of the positions
 */
public record SmearedPotential(int exponent, double smearing) {
  /**
   * Returns the Fourier transform at a wave number, or a derivative of it by k²: with x = k²s²/2
   * and Γ(·, x) the upper incomplete gamma function,
   *
   * <pre>  π^(3/2)·(2s²)^((3-p)/2)/Γ(p/2)·x^((p-3)/2)·Γ((3-p)/2, x)</pre>
   *
   * <p>where d(x^(-a)·Γ(a, x))/dx = -x^(-a-1)·Γ(a + 1, x) (NIST Digital Library of Mathematical
   * Functions, 8.8.15). At k = 0, where that diverges for p ≤ 3, zero instead: the mean of the
   * potential is left out. The vector 0 stays what it is in every cell, so derivatives there are
   * zero too.
   *
   * @param squared k²
   * @param order which derivative by k², 0 for the transform itself
   */
  public double transform(double squared, int order) {
    double half = 0.5 * smearing * smearing;
    double x = squared * half;
    if (squared == 0 && order > 0) {
      return 0;
    }
    double inner = Math.pow(-half, order);
    if (exponent == 0) {
      return inner * Math.pow(4 * Math.PI * smearing * smearing, 0.75) * Math.exp(-x);
    }
    double power = 0.5 * (3 - exponent);
    double factor =
        Math.exp(
            1.5 * Math.log(Math.PI)
                + power * Math.log(2 * smearing * smearing)
                - LogGamma.value(0.5 * exponent));
    if (squared == 0) {
      return power < 0 ? -factor / power : 0;
    }
    return inner * factor * upperGamma(power + order, x);
  }

  /**
   * Returns the integrals √4π·∫ r²·V(r)·R_n(r) dr with the functions of a basis: what the atom in
   * the center itself adds to l = 0.
   */
  public double[] centerIntegrals(GtoBasis basis) {
    double[] primitives = new double[basis.size()];
    double half = 0.5 / (smearing * smearing);
    for (int n = 0; n < primitives.length; n++) {
      double a = 0.5 * (n + 3);
      double gamma = Math.exp(LogGamma.value(a));
      double d = basis.exponent(n);
      if (exponent == 0) {
        primitives[n] =
            0.5 * gamma * Math.pow(half + d, -a) * Math.pow(Math.PI * smearing * smearing, -0.75);
      } else {
        double p = exponent;
        // γ(p/2, x) = x^(p/2)·e^-x·Σ_k x^k/(p/2)_(k+1), integrated term by term
        primitives[n] =
            Math.pow(half, 0.5 * p)
                / Math.exp(LogGamma.value(0.5 * p))
                / p
                * gamma
                * Math.pow(half + d, -a)
                * Hypergeometric.gauss(a, 0.5 * p + 1, half / (half + d));
      }
      primitives[n] *= Math.sqrt(4 * Math.PI);
    }
    double[] out = new double[primitives.length];
    basis.orthonormalise(primitives, out, 0);
    return out;
  }

  /** x^-s·Γ(s, x) for whole and half s and x &gt; 0. */
  private static double upperGamma(double s, double x) {
    if (x >= 1) {
      return continuedFraction(s, x);
    }
    double order = s != Math.rint(s) ? 0.5 : s > 0 ? 1 : 0;
    double value =
        order == 1
            ? Math.exp(-x) / x
            : order == 0
                ? exponentialIntegral(x)
                : Math.sqrt(Math.PI / x) * Erfc.value(Math.sqrt(x));
    while (order > s) { // Γ(s + 1, x) = s·Γ(s, x) + x^s·e^-x
      order--;
      value = (x * value - Math.exp(-x)) / order;
    }
    for (; order < s; order++) {
      value = (order * value + Math.exp(-x)) / x;
    }
    return value;
  }

  /** By Lentz's method (NIST Digital Library of Mathematical Functions, 8.9.2). */
  private static double continuedFraction(double s, double x) {
    double b = x + 1 - s;
    double c = Double.MAX_VALUE;
    double d = 1 / b;
    double fraction = d;
    for (int k = 1; k < 10_000; k++) {
      double a = -k * (k - s);
      b += 2;
      d = 1 / (a * d + b);
      c = b + a / c;
      fraction *= c * d;
      if (Math.abs(c * d - 1) < 1e-16) {
        break;
      }
    }
    return Math.exp(-x) * fraction;
  }

  /** E₁(x) = -γ - ln x - Σ_k (-x)^k/(k·k!). */
  private static double exponentialIntegral(double x) {
    double sum = -0.57721566490153286061 - Math.log(x);
    double term = 1;
    for (int k = 1; k < 40; k++) {
      term *= -x / k;
      sum -= term / k;
    }
    return sum;
  }
}
