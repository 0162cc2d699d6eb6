package org.cotangent.autodiff.kernels;

/** The logistic function and its relatives, without overflow at either end. */
public final class Logistic {
  private Logistic() {}

  /** Returns 1/(1 + e⁻ˣ). */
  public static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return (x >= 0 ? 1 : e) / (1 + e);
  }

  /** Returns log(1 + eˣ). */
  public static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
