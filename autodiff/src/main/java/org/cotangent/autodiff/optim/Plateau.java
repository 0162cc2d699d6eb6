package org.cotangent.autodiff.optim;

/**
 * A learning rate that falls when a metric stops falling, as PyTorch's {@code ReduceLROnPlateau}
 * with relative threshold. Give it the metric after every step or epoch with {@link #observe}.
 *
 * <p>A metric below best·(1 - threshold) is the new best; after more than {@code patience} others
 * in a row the rate is multiplied by {@code factor}, and the next {@code cooldown} metrics do not
 * count as bad.
 */
public final class Plateau implements Schedule {
  /**
   * Settings.
   *
   * @param factor what the rate is multiplied with, between 0 and 1
   * @param patience how many metrics without improvement are put up with
   * @param threshold by which fraction a metric must be lower to be better
   * @param cooldown how many metrics after a change do not count
   * @param minimum below which the rate does not fall
   */
  public record Options(
      double factor, int patience, double threshold, int cooldown, double minimum) {
    /** As PyTorch: factor 0.1, patience 10, threshold 1e-4, no cooldown, minimum 0. */
    public static final Options DEFAULT = new Options(0.1, 10, 1e-4, 0, 0);

    /** Checks the ranges. */
    public Options {
      StepChecks.inRange("the factor", factor, 0, 1);
      StepChecks.inRange("the patience", patience, 0, Double.POSITIVE_INFINITY);
      StepChecks.inRange("the cooldown", cooldown, 0, Double.POSITIVE_INFINITY);
      StepChecks.inRange("the minimum", minimum, 0, Double.POSITIVE_INFINITY);
    }
  }

  /**
   * What is remembered between metrics.
   *
   * @param rate the rate now
   * @param best the best metric so far, ∞ before the first
   * @param bad how many metrics in a row were not better
   * @param cooling how many metrics will not count
   */
  public record State(double rate, double best, int bad, int cooling) {}

  private final Options options;
  private State state;

  /** Creates a schedule that begins with this rate. */
  public Plateau(double rate, Options options) {
    this.options = options;
    this.state = new State(rate, Double.POSITIVE_INFINITY, 0, 0);
  }

  /** Takes note of a metric, such as the loss on held-out data; NaN is no improvement. */
  public void observe(double metric) {
    boolean better = metric < state.best * (1 - options.threshold);
    double best = better ? metric : state.best;
    int bad = better ? 0 : state.bad + 1;
    int cooling = state.cooling;
    double rate = state.rate;
    if (cooling > 0) {
      cooling--;
      bad = 0;
    }
    if (bad > options.patience) {
      rate = Math.max(rate * options.factor, options.minimum);
      cooling = options.cooldown;
      bad = 0;
    }
    state = new State(rate, best, bad, cooling);
  }

  /** Returns the rate that follows from the metrics so far, whatever the step. */
  @Override
  public double at(long step) {
    return state.rate;
  }

  /** Returns what is remembered. */
  public State state() {
    return state;
  }

  /** Goes on from what {@link #state} returned. */
  public void restore(State saved) {
    state = saved;
  }
}
