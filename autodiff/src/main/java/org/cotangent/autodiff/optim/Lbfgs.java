package org.cotangent.autodiff.optim;

import org.cotangent.autodiff.nn.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * L-BFGS with steps of fixed length (Liu and Nocedal, Mathematical Programming 45, 503, 1989,
 * without line search, as PyTorch does it by default). All parameters count as one vector; it is
 * kept in double precision whatever the types of the parameters.
 *
 * <p>With d the direction that follows from the last steps, d = -g at first, a step is p ← p + τ·d,
 * where τ = η, in the first step η·min(1, 1/Σ|g|). It is meant for losses without noise, so for all
 * data in each step. {@link LbfgsMinimizer} searches for the length of each step.
 */
public final class Lbfgs implements Optimizer {
  private final Schedule schedule;
  private final int historySize;
  private LbfgsHistory history;
  private long steps = 0;
  private @Nullable Parameters like = null;

  /**
   * Creates an optimiser.
   *
   * @param schedule the learning rates; 1 is Newton's step
   * @param historySize how many steps to remember, at least 1; PyTorch's default is 100
   */
  public Lbfgs(Schedule schedule, int historySize) {
    if (historySize < 1) {
      throw new IllegalArgumentException(
          "L-BFGS must remember at least one step, got " + historySize);
    }
    this.schedule = schedule;
    this.historySize = historySize;
    this.history = new LbfgsHistory(historySize);
  }

  @Override
  public Parameters step(Parameters parameters, Parameters gradients) {
    StepChecks.fits(parameters, gradients, "the tree of gradients");
    double rate = StepChecks.rate(schedule, steps);
    if (like != null) {
      StepChecks.fits(like, parameters, "the tree of parameters");
    }
    if (!history.isFresh() && history.length() != parameters.count()) {
      throw new IllegalArgumentException(
          "the optimiser remembers steps of "
              + history.length()
              + " numbers, the parameters have "
              + parameters.count());
    }

    double[] g = FlatVector.of(gradients);
    boolean first = history.isFresh();
    double[] direction = history.direction(g);
    double length = first ? Math.min(1, 1 / FlatVector.absoluteSum(g)) * rate : rate;
    history.stepped(g, FlatVector.scaled(length, direction));
    steps++;
    Parameters result = FlatVector.move(parameters, length, direction);
    like = result;
    return result;
  }

  @Override
  public double learningRate() {
    return StepChecks.rate(schedule, steps);
  }

  @Override
  public OptimizerState state() {
    return new OptimizerState(steps, history.save());
  }

  @Override
  public void restore(OptimizerState state) {
    history = LbfgsHistory.restore(historySize, state.tensors());
    steps = state.steps();
    like = null;
  }
}
