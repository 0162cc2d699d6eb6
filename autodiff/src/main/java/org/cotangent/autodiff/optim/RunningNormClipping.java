package org.cotangent.autodiff.optim;

import org.cotangent.autodiff.nn.Parameters;

/**
 * Clips gradients whose global norm is more than a multiple of its running average. The limit
 * follows the training by itself, so that only outliers are clipped.
 *
 * <p>With n the norm and a its average, the gradients are multiplied by min(1, factor·a/n); then a
 * ← decay·a + (1 - decay)·min(n, factor·a), so that an outlier does not lift the limit at once. The
 * first norm is the first average. Gradients that are not finite pass unchanged and do not count.
 */
public final class RunningNormClipping {
  private final double factor;
  private final double decay;
  private double average;

  /**
   * Creates a clipping.
   *
   * @param factor how many times the average a norm may be, at least 1
   * @param decay how much of the average is kept in each step
   */
  public RunningNormClipping(double factor, double decay) {
    this(factor, decay, 0);
  }

  /**
   * Creates a clipping that goes on from an earlier one.
   *
   * @param factor how many times the average a norm may be, at least 1
   * @param decay how much of the average is kept in each step
   * @param average what {@link #average} returned, 0 to begin anew
   */
  public RunningNormClipping(double factor, double decay, double average) {
    StepChecks.inRange("the factor", factor, 1, Double.POSITIVE_INFINITY);
    StepChecks.inRange("the decay", decay, 0, 1);
    StepChecks.inRange("the average norm", average, 0, Double.POSITIVE_INFINITY);
    this.factor = factor;
    this.decay = decay;
    this.average = average;
  }

  /** Returns the clipped gradients of one step. */
  public GradientClipping.Clipped clip(Parameters gradients) {
    if (average == 0) {
      double norm = GradientClipping.globalNorm(gradients);
      average = Double.isFinite(norm) ? norm : 0;
      return new GradientClipping.Clipped(gradients, norm, 1);
    }
    double limit = factor * average;
    GradientClipping.Clipped clipped = GradientClipping.byGlobalNorm(gradients, limit, 0);
    if (clipped.isFinite()) {
      average = decay * average + (1 - decay) * Math.min(clipped.norm(), limit);
    }
    return clipped;
  }

  /** Returns the average norm of the steps so far, 0 before the first. */
  public double average() {
    return average;
  }
}
