package org.cotangent.atomistic.descriptors.radial;

import org.apache.commons.numbers.gamma.LogGamma;

/**
 * Hypergeometric functions: that of Kummer, 1F1(a; b; z) = Σ_k (a)_k/(b)_k·z^k/k!, and of Gauss.
 */
final class Hypergeometric {
  /** Above it e^z overflows soon, and the series in 1/z has long been exact for small a and b. */
  private static final double ASYMPTOTIC = 500;

  private Hypergeometric() {}

  /**
   * Returns e^-z·1F1(a; b; z), which neither overflows nor cancels for a &gt; 0: all terms of the
   * series are positive. (For a ≤ 0 the first few alternate, the others have one sign.) For large z
   * it is Γ(b)/Γ(a)·z^(a-b)·Σ_k (b-a)_k·(1-a)_k/(k!·z^k) (NIST Digital Library of Mathematical
   * Functions, 13.2.2 and 13.7.2).
   *
   * @param a not large compared with √500
   * @param b positive
   * @param z 0 or more
   */
  static double scaled(double a, double b, double z) {
    return z < ASYMPTOTIC ? Math.exp(-z) * series(a, b, z) : asymptotic(a, b, z);
  }

  /**
   * Returns 2F1(1, b; c; z) = Σ_k (b)_k/(c)_k·z^k for 0 ≤ z &lt; 1, b and c positive, so that all
   * terms are.
   */
  static double gauss(double b, double c, double z) {
    double sum = 1;
    double term = 1;
    for (int k = 0; term > sum * 1e-17 || k < b; k++) {
      term *= (b + k) / (c + k) * z;
      sum += term;
    }
    return sum;
  }

  private static double series(double a, double b, double z) {
    double sum = 1;
    double term = 1;
    for (int k = 0; term != 0; k++) {
      term *= (a + k) / (b + k) * z / (k + 1);
      double next = sum + term;
      if (next == sum && k > z) { // beyond the largest term
        break;
      }
      sum = next;
    }
    return sum;
  }

  private static double asymptotic(double a, double b, double z) {
    double sum = 1;
    double term = 1;
    for (int k = 0; k < 60; k++) {
      double next = term * (b - a + k) * (1 - a + k) / ((k + 1) * z);
      if (next == 0 || (Math.abs(next) > Math.abs(term) && k > a)) {
        break; // the series ends, or begins to diverge
      }
      term = next;
      sum += term;
    }
    double gammas = a > 0 ? Math.exp(LogGamma.value(b) - LogGamma.value(a)) : gammaRatio(b, a);
    return gammas * Math.pow(z, a - b) * sum;
  }

  /** Γ(b)/Γ(a) for a ≤ 0; zero at the poles of Γ(a), where 1F1 is a polynomial. */
  private static double gammaRatio(double b, double a) {
    double product = Math.exp(LogGamma.value(b));
    double shifted = a;
    while (shifted <= 0) {
      product *= shifted;
      shifted++;
    }
    return product / Math.exp(LogGamma.value(shifted));
  }
}
