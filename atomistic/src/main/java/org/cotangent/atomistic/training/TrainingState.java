package org.cotangent.atomistic.training;

import java.util.List;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.autodiff.optim.Adam;
import org.cotangent.autodiff.optim.ExponentialMovingAverage;
import org.cotangent.autodiff.optim.OptimizerState;
import org.cotangent.autodiff.optim.Schedule;

/**
 * All that decides how a training goes on after a step, so that one that goes on from here ends
 * with the same potential, to the last bit, as one that was never interrupted.
 *
 * @param steps of the optimiser so far
 * @param weights after the last step
 * @param average of the weights
 * @param best the averaged weights of the best epoch
 * @param optimizer what it remembers
 * @param clipping the running average of the gradient's norm
 * @param epochs all that are over
 * @param bestEpoch the number of the best one; 0 before the first
 * @param begun how far the epoch after them has come
 * @param seconds that the training has taken
 */
public record TrainingState(
    long steps,
    Parameters weights,
    ExponentialMovingAverage average,
    Parameters best,
    OptimizerState optimizer,
    double clipping,
    List<Epoch> epochs,
    int bestEpoch,
    Begun begun,
    double seconds) {

  /**
   * How far an epoch has come.
   *
   * @param batches how many are done
   * @param loss the sum of their losses
   * @param errors the sums of their errors
   */
  public record Begun(int batches, double loss, double[] errors) {
    /** Returns the beginning of an epoch. */
    static Begun none() {
      return new Begun(0, 0, new LabelErrorSums().numbers());
    }
  }

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
        0,
        Begun.none(),
        0);
  }
}
