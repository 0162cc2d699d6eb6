package org.cotangent.atomistic.training;

import java.util.List;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.autodiff.optim.Adam;
import org.cotangent.autodiff.optim.ExponentialMovingAverage;
import org.cotangent.autodiff.optim.OptimizerState;
import org.cotangent.autodiff.optim.Schedule;

/**
 * All that decides how a training goes on after an epoch, so that one that goes on from here ends
 * with the same potential, to the last bit, as one that was never interrupted.
 *
 * @param steps of the optimiser so far
 * @param weights after the last step
 * @param average of the weights
 * @param best the averaged weights of the best epoch
 * @param optimizer what it remembers
 * @param clipping the running average of the gradient's norm
 * @param epochs all so far
 * @param bestEpoch the number of the best one; 0 before the first
 */
public record TrainingState(
    long steps,
    Parameters weights,
    ExponentialMovingAverage average,
    Parameters best,
    OptimizerState optimizer,
    double clipping,
    List<Epoch> epochs,
    int bestEpoch) {

  /** Copies the list. */
  public TrainingState {
    epochs = List.copyOf(epochs);
  }

  /** Returns the state before the first step. */
  static TrainingState first(Parameters weights, double averaging) {
    Adam none = new Adam(Schedule.constant(1));
    return new TrainingState(
        0,
        weights,
        ExponentialMovingAverage.of(averaging, true, weights),
        weights,
        none.state(),
        0,
        List.of(),
        0);
  }

  /** Returns the force error of the best epoch; infinite before the first. */
  double bestError() {
    return bestEpoch == 0 ? Double.POSITIVE_INFINITY : epochs.get(bestEpoch - 1).forceError();
  }
}
