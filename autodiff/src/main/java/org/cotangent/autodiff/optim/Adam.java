package org.cotangent.autodiff.optim;

import java.util.List;

/**
 * Adam (Kingma and Ba, arXiv:1412.6980, algorithm 1), with ε outside of the bias correction as
 * there:
 *
 * <pre>
 *   g ← g + weightDecay·p
 *   m ← β₁·m + (1-β₁)·g
 *   v ← β₂·v + (1-β₂)·g²
 *   p ← p - η/(1-β₁ᵗ)·m / (√v/√(1-β₂ᵗ) + ε)
 * </pre>
 *
 * With {@code amsgrad} (Reddi et al., arXiv:1904.09237) the largest v so far takes its place in the
 * last line. See {@link AdamW} for weight decay that does not pass through m and v.
 */
public sealed class Adam extends ElementwiseOptimizer permits AdamW {
  /**
   * Settings of {@link Adam} and {@link AdamW}.
   *
   * @param beta1 β₁, how much of m is kept
   * @param beta2 β₂, how much of v is kept
   * @param epsilon ε, which keeps the quotient finite
   * @param weightDecay strength of the pull towards 0
   * @param amsgrad whether v may only grow where it divides
   */
  public record Options(
      double beta1, double beta2, double epsilon, double weightDecay, boolean amsgrad) {
    /** β₁ = 0.9, β₂ = 0.999, ε = 1e-8, no weight decay, no amsgrad. */
    public static final Options DEFAULT = new Options(0.9, 0.999, 1e-8, 0, false);

    /** Checks the ranges. */
    public Options {
      StepChecks.inRange("beta1", beta1, 0, 1);
      StepChecks.inRange("beta2", beta2, 0, 1);
      StepChecks.inRange("epsilon", epsilon, 0, Double.POSITIVE_INFINITY);
      StepChecks.inRange("the weight decay", weightDecay, 0, Double.POSITIVE_INFINITY);
    }

    /** Returns these settings with another weight decay. */
    public Options withWeightDecay(double other) {
      return new Options(beta1, beta2, epsilon, other, amsgrad);
    }
  }

  private final Options options;
  private final boolean decoupled;

  /** Creates an optimiser with {@link Options#DEFAULT}. */
  public Adam(Schedule schedule) {
    this(schedule, Options.DEFAULT);
  }

  /** Creates an optimiser. */
  public Adam(Schedule schedule, Options options) {
    this(schedule, options, false);
  }

  Adam(Schedule schedule, Options options, boolean decoupled) {
    super(
        schedule,
        options.amsgrad()
            ? List.of("first_moment", "second_moment", "largest_second_moment")
            : List.of("first_moment", "second_moment"));
    this.options = options;
    this.decoupled = decoupled;
  }

  @Override
  final void update(double rate, long step, double[] p, double[] g, double[] out, Object[] memory) {
    double[] m = (double[]) memory[0];
    double[] v = (double[]) memory[1];
    boolean amsgrad = options.amsgrad();
    double[] largest = amsgrad ? (double[]) memory[2] : v;
    double beta1 = options.beta1();
    double beta2 = options.beta2();
    double decay = decoupled ? 0 : options.weightDecay();
    double keep = decoupled ? 1 - rate * options.weightDecay() : 1;
    double correction = Math.sqrt(1 - Math.pow(beta2, (double) step));
    double size = rate * correction / (1 - Math.pow(beta1, (double) step));
    double smallest = options.epsilon() * correction;
    for (int i = 0; i < p.length; i++) {
      double slope = g[i] + decay * p[i];
      double first = beta1 * m[i] + (1 - beta1) * slope;
      double second = beta2 * v[i] + (1 - beta2) * slope * slope;
      m[i] = first;
      v[i] = second;
      if (amsgrad) {
        second = Math.max(largest[i], second);
        largest[i] = second;
      }
      out[i] = keep * p[i] - size * first / (Math.sqrt(second) + smallest);
    }
  }

  @Override
  final void update(double rate, long step, float[] p, float[] g, float[] out, Object[] memory) {
    float[] m = (float[]) memory[0];
    float[] v = (float[]) memory[1];
    boolean amsgrad = options.amsgrad();
    float[] largest = amsgrad ? (float[]) memory[2] : v;
    float beta1 = (float) options.beta1();
    float beta2 = (float) options.beta2();
    float fresh1 = (float) (1 - options.beta1());
    float fresh2 = (float) (1 - options.beta2());
    float decay = decoupled ? 0 : (float) options.weightDecay();
    float keep = decoupled ? (float) (1 - rate * options.weightDecay()) : 1;
    double correction = Math.sqrt(1 - Math.pow(options.beta2(), (double) step));
    float size = (float) (rate * correction / (1 - Math.pow(options.beta1(), (double) step)));
    float smallest = (float) (options.epsilon() * correction);
    for (int i = 0; i < p.length; i++) {
      float slope = g[i] + decay * p[i];
      float first = beta1 * m[i] + fresh1 * slope;
      float second = beta2 * v[i] + fresh2 * slope * slope;
      m[i] = first;
      v[i] = second;
      if (amsgrad) {
        second = Math.max(largest[i], second);
        largest[i] = second;
      }
      out[i] = keep * p[i] - size * first / ((float) Math.sqrt(second) + smallest);
    }
  }
}
