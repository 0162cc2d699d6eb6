package org.cotangent.autodiff.optim;

import java.util.List;

/**
 * Gradient descent with momentum as in PyTorch:
 *
 * <pre>
 *   g ← g + weightDecay·p
 *   v ← μ·v + (1-dampening)·g        v ← g in the first step
 *   p ← p - η·v                      with nesterov: p ← p - η·(g + μ·v)
 * </pre>
 *
 * Nesterov's form is that of Sutskever et al., PMLR 28(3), 1139 (2013). Without momentum v is g and
 * nothing is remembered.
 */
public final class Sgd extends ElementwiseOptimizer {
  /**
   * Settings.
   *
   * @param momentum μ, how much of v is kept
   * @param dampening how much of a gradient is left out of v
   * @param nesterov whether to look ahead along v
   * @param weightDecay strength of the pull towards 0
   */
  public record Options(double momentum, double dampening, boolean nesterov, double weightDecay) {
    /** No momentum, no weight decay. */
    public static final Options DEFAULT = new Options(0, 0, false, 0);

    /** Checks the ranges. */
    public Options {
      StepChecks.inRange("the momentum", momentum, 0, Double.POSITIVE_INFINITY);
      StepChecks.inRange("the weight decay", weightDecay, 0, Double.POSITIVE_INFINITY);
      if (nesterov && (momentum == 0 || dampening != 0)) {
        throw new IllegalArgumentException(
            "nesterov needs a momentum and no dampening, got momentum "
                + momentum
                + " and dampening "
                + dampening);
      }
    }
  }

  private final Options options;

  /** Creates an optimiser with {@link Options#DEFAULT}. */
  public Sgd(Schedule schedule) {
    this(schedule, Options.DEFAULT);
  }

  /** Creates an optimiser. */
  public Sgd(Schedule schedule, Options options) {
    super(schedule, options.momentum() == 0 ? List.of() : List.of("velocity"));
    this.options = options;
  }

  @Override
  void update(double rate, long step, double[] p, double[] g, double[] out, Object[] memory) {
    double decay = options.weightDecay();
    if (memory.length == 0) {
      for (int i = 0; i < p.length; i++) {
        out[i] = p[i] - rate * (g[i] + decay * p[i]);
      }
      return;
    }
    double[] v = (double[]) memory[0];
    double momentum = options.momentum();
    double fresh = step == 1 ? 1 : 1 - options.dampening();
    boolean nesterov = options.nesterov();
    for (int i = 0; i < p.length; i++) {
      double slope = g[i] + decay * p[i];
      double velocity = momentum * v[i] + fresh * slope;
      v[i] = velocity;
      out[i] = p[i] - rate * (nesterov ? slope + momentum * velocity : velocity);
    }
  }

  @Override
  void update(double rate, long step, float[] p, float[] g, float[] out, Object[] memory) {
    float size = (float) rate;
    float decay = (float) options.weightDecay();
    if (memory.length == 0) {
      for (int i = 0; i < p.length; i++) {
        out[i] = p[i] - size * (g[i] + decay * p[i]);
      }
      return;
    }
    float[] v = (float[]) memory[0];
    float momentum = (float) options.momentum();
    float fresh = step == 1 ? 1 : (float) (1 - options.dampening());
    boolean nesterov = options.nesterov();
    for (int i = 0; i < p.length; i++) {
      float slope = g[i] + decay * p[i];
      float velocity = momentum * v[i] + fresh * slope;
      v[i] = velocity;
      out[i] = p[i] - size * (nesterov ? slope + momentum * velocity : velocity);
    }
  }
}
