package org.cotangent.autodiff.kernels;

/** Inverse hyperbolic functions, accurate near 0 and 1 and without overflow. */
public final class Hyperbolic {
  /** Above this, √(x² ± 1) is x to the last digit. */
  private static final double LARGE = 0x1p28;

  private static final double LOG_2 = Math.log(2);

  private Hyperbolic() {}

  /** Returns log(x + √(x² + 1)). */
  public static double asinh(double x) {
    double a = Math.abs(x);
    double y =
        a > LARGE
            ? Math.log(a) + LOG_2
            : Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1))); // x + √(x²+1) - 1
    return Math.copySign(y, x);
  }

  /** Returns log(x + √(x² - 1)), NaN for x &lt; 1. */
  public static double acosh(double x) {
    if (x > LARGE) {
      return Math.log(x) + LOG_2;
    }
    double t = x - 1;
    return Math.log1p(t + Math.sqrt(t * (t + 2)) * (x < 1 ? Double.NaN : 1));
  }

  /** Returns ½·log((1 + x)/(1 - x)), ±∞ at ±1 and NaN beyond. */
  public static double atanh(double x) {
    double a = Math.abs(x);
    return Math.copySign(0.5 * Math.log1p(2 * a / (1 - a)), x);
  }
}
