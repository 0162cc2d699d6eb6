package org.cotangent.autodiff.optim;

import java.util.ArrayList;
import java.util.List;

/**
 * RMSprop (Tieleman and Hinton, Neural Networks for Machine Learning, lecture 6.5, 2012) as in
 * PyTorch:
 *
 * <pre>
 *   g ← g + weightDecay·p
 *   v ← α·v + (1-α)·g²
 *   d = g/(√v + ε)                   centered: a ← α·a + (1-α)·g, and √(v - a²) in the place of √v
 *   p ← p - η·d                      with momentum: b ← μ·b + d, p ← p - η·b
 * </pre>
 *
 * The centered form is that of Graves, arXiv:1308.0850, eq. 38-45; where rounding makes v - a²
 * negative it counts as 0.
 */
public final class RmsProp extends ElementwiseOptimizer {
  /**
   * Settings.
   *
   * @param alpha α, how much of v and a is kept
   * @param epsilon ε, which keeps the quotient finite
   * @param momentum μ, how much of b is kept
   * @param centered whether to divide by the standard deviation of g, not its root mean square
   * @param weightDecay strength of the pull towards 0
   */
  public record Options(
      double alpha, double epsilon, double momentum, boolean centered, double weightDecay) {
    /** α = 0.99, ε = 1e-8, no momentum, not centered, no weight decay. */
    public static final Options DEFAULT = new Options(0.99, 1e-8, 0, false, 0);

    /** Checks the ranges. */
    public Options {
      StepChecks.inRange("alpha", alpha, 0, 1);
      StepChecks.inRange("epsilon", epsilon, 0, Double.POSITIVE_INFINITY);
      StepChecks.inRange("the momentum", momentum, 0, Double.POSITIVE_INFINITY);
      StepChecks.inRange("the weight decay", weightDecay, 0, Double.POSITIVE_INFINITY);
    }

    private List<String> slots() {
      List<String> slots = new ArrayList<>();
      slots.add("square_average");
      if (centered) {
        slots.add("average");
      }
      if (momentum != 0) {
        slots.add("velocity");
      }
      return List.copyOf(slots);
    }
  }

  private final Options options;

  /** Creates an optimiser with {@link Options#DEFAULT}. */
  public RmsProp(Schedule schedule) {
    this(schedule, Options.DEFAULT);
  }

  /** Creates an optimiser. */
  public RmsProp(Schedule schedule, Options options) {
    super(schedule, options.slots());
    this.options = options;
  }

  @Override
  void update(double rate, long step, double[] p, double[] g, double[] out, Object[] memory) {
    boolean centered = options.centered();
    boolean moving = options.momentum() != 0;
    double[] v = (double[]) memory[0];
    double[] a = centered ? (double[]) memory[1] : v;
    double[] b = moving ? (double[]) memory[memory.length - 1] : v;
    double alpha = options.alpha();
    double epsilon = options.epsilon();
    double momentum = options.momentum();
    double decay = options.weightDecay();
    for (int i = 0; i < p.length; i++) {
      double slope = g[i] + decay * p[i];
      double square = alpha * v[i] + (1 - alpha) * slope * slope;
      v[i] = square;
      if (centered) {
        double average = alpha * a[i] + (1 - alpha) * slope;
        a[i] = average;
        square = Math.max(0, square - average * average);
      }
      double direction = slope / (Math.sqrt(square) + epsilon);
      if (moving) {
        direction += momentum * b[i];
        b[i] = direction;
      }
      out[i] = p[i] - rate * direction;
    }
  }

  @Override
  void update(double rate, long step, float[] p, float[] g, float[] out, Object[] memory) {
    boolean centered = options.centered();
    boolean moving = options.momentum() != 0;
    float[] v = (float[]) memory[0];
    float[] a = centered ? (float[]) memory[1] : v;
    float[] b = moving ? (float[]) memory[memory.length - 1] : v;
    float size = (float) rate;
    float alpha = (float) options.alpha();
    float fresh = (float) (1 - options.alpha());
    float epsilon = (float) options.epsilon();
    float momentum = (float) options.momentum();
    float decay = (float) options.weightDecay();
    for (int i = 0; i < p.length; i++) {
      float slope = g[i] + decay * p[i];
      float square = alpha * v[i] + fresh * slope * slope;
      v[i] = square;
      if (centered) {
        float average = alpha * a[i] + fresh * slope;
        a[i] = average;
        square = Math.max(0, square - average * average);
      }
      float direction = slope / ((float) Math.sqrt(square) + epsilon);
      if (moving) {
        direction += momentum * b[i];
        b[i] = direction;
      }
      out[i] = p[i] - size * direction;
    }
  }
}
