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
   * Returns the Fourier transform at a wave number: with x = k²s²/2 and Γ(·, x) the upper
   * incomplete gamma function,
   *
   * <pre>  π^(3/2)·(2s²)^((3-p)/2)/Γ(p/2)·x^((p-3)/2)·Γ((3-p)/2, x)</pre>
   *
   * <p>and at k = 0, where that diverges for p ≤ 3, zero instead: the mean of the potential is left
   * out.
   */
  public double transform(double k) {
    double x = 0.5 * k * k * smearing * smearing;
    if (exponent == 0) {
      return Math.pow(4 * Math.PI * smearing * smearing, 0.75) * Math.exp(-x);
    }
    double order = 0.5 * (3 - exponent);
    double factor =
        Math.exp(
            1.5 * Math.log(Math.PI)
                + order * Math.log(2 * smearing * smearing)
                - LogGamma.value(0.5 * exponent));
    if (k == 0) {
      return order < 0 ? -factor / order : 0;
    }
    return factor * upperGamma(order, x);
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

  /** x^-s·Γ(s, x) for s = 1, 1/2, 0, -1/2, … and x &gt; 0. */
  private static double upperGamma(double s, double x) {
    if (x >= 1) {
      return continuedFraction(s, x);
    }
    double order = s == Math.rint(s) ? Math.max(s, 0) : 0.5;
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
