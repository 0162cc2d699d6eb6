package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.atomistic.report.PeakMemory;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.autodiff.optim.Adam;
import org.cotangent.autodiff.optim.AdamW;
import org.cotangent.autodiff.optim.ExponentialMovingAverage;
import org.cotangent.autodiff.optim.GradientClipping;
import org.cotangent.autodiff.optim.Optimizer;
import org.cotangent.autodiff.optim.RunningNormClipping;
import org.cotangent.autodiff.optim.Schedule;

/**
 * The steps of a training, one after the other. It goes on from a {@link TrainingState} and gives
 * the state after any step.
 */
final class TrainingSteps {
  private static final double NORM_DECAY = 0.98;

  private final TrainingOptions.Training how;
  private final TrainingObjective objective;
  private final EpochBatches order;
  private final long stepsPerEpoch;
  private final Optimizer optimizer;
  private final RunningNormClipping clipping;
  private final List<Epoch> epochs;
  private Parameters weights;
  private ExponentialMovingAverage average;
  private Parameters best;
  private int bestEpoch;
  private double bestValue;
  private long steps;
  private double rate;

  private List<int[]> batches = List.of();
  private int done;
  private double loss;
  private LabelErrorSums errors;
  private Schedule rates = Schedule.constant(0);

  TrainingSteps(TrainingOptions options, TrainingObjective objective, TrainingState from) {
    this.objective = objective;
    how = options.training();
    int[] atoms = objective.atoms();
    order = new EpochBatches(options.seed(), atoms, how.batchSize(), how.maxAtomsPerBatch());
    stepsPerEpoch = order.of(1).size();
    optimizer =
        new AdamW(
            step -> rates.at(position()), Adam.Options.DEFAULT.withWeightDecay(how.weightDecay()));
    optimizer.restore(from.optimizer());
    clipping =
        new RunningNormClipping(Math.max(1, how.gradClipFactor()), NORM_DECAY, from.clipping());
    epochs = new ArrayList<>(from.epochs());
    weights = from.weights();
    average = from.average();
    best = from.best();
    bestEpoch = from.bestEpoch();
    bestValue =
        bestEpoch == 0
            ? Double.POSITIVE_INFINITY
            : how.bestModelMetric().of(epochs.get(bestEpoch - 1));
    steps = from.steps();
    begin();
    done = from.begun().batches();
    loss = from.begun().loss();
    errors = LabelErrorSums.of(from.begun().errors());
  }

  /** Prepares the epoch after those that are over. */
  private void begin() {
    batches = order.of(number());
    rates = how.schedule().rates(how.learningRate(), stepsPerEpoch, how.numEpochs(), epochs);
    done = 0;
    loss = 0;
    errors = new LabelErrorSums();
  }

  /**
   * Returns at which step a training would be whose epochs all had as many steps as the first:
   * batches that are limited by atoms are not always equally many.
   */
  private long position() {
    return (number() - 1) * stepsPerEpoch + done * stepsPerEpoch / batches.size();
  }

  /** Returns the number of the epoch that is going on. */
  int number() {
    return epochs.size() + 1;
  }

  /** Returns how many steps it has. */
  int perEpoch() {
    return batches.size();
  }

  /** Returns how many of them are done. */
  int done() {
    return done;
  }

  /** Returns whether all of them are. */
  boolean isEpochOver() {
    return done == batches.size();
  }

  /** Returns whether there is to be no further epoch because the last ones were not better. */
  boolean isStuck() {
    return how.earlyStop() > 0 && epochs.size() - bestEpoch >= how.earlyStop();
  }

  /** Returns whether all epochs are over. */
  boolean isComplete() {
    return epochs.size() >= how.numEpochs();
  }

  /**
   * Makes one step.
   *
   * @throws IllegalStateException if the loss or its gradient is not finite
   */
  void step() {
    TrainingObjective.Measured found = objective.measure(batches.get(done), weights);
    TrainingObjective.Evaluation evaluation = found.evaluation();
    GradientClipping.Clipped clipped = clip(evaluation.gradient());
    if (!Double.isFinite(evaluation.loss()) || !clipped.isFinite()) {
      throw new IllegalStateException(
          "the loss became "
              + evaluation.loss()
              + " in epoch "
              + number()
              + ", step "
              + (steps + 1)
              + ": a lower learning rate than "
              + how.learningRate()
              + " may help");
    }
    rate = optimizer.learningRate();
    weights = optimizer.step(weights, clipped.gradients());
    average = average.update(weights);
    loss += evaluation.loss();
    errors.add(found.errors());
    steps++;
    done++;
  }

  private GradientClipping.Clipped clip(Parameters gradient) {
    GradientClipping.Clipped clipped =
        how.gradClipNorm() > 0
            ? GradientClipping.byGlobalNorm(gradient, how.gradClipNorm(), 0)
            : new GradientClipping.Clipped(gradient, 0, 1);
    if (how.gradClipFactor() > 0) {
      return clipping.clip(clipped.gradients());
    }
    return how.gradClipNorm() > 0
        ? clipped
        : new GradientClipping.Clipped(gradient, GradientClipping.globalNorm(gradient), 1);
  }

  /** Ends an epoch with what was measured on the averaged weights, and begins the next. */
  Epoch end(Validation.Outcome validation, double seconds) {
    Epoch epoch =
        new Epoch(
            number(),
            loss / batches.size(),
            validation.loss(),
            errors.errors(),
            validation.errors(),
            rate,
            seconds,
            PeakMemory.now().bytes());
    epochs.add(epoch);
    double value = how.bestModelMetric().of(epoch);
    if (value < bestValue || bestEpoch == 0) {
      bestValue = value;
      best = average.average();
      bestEpoch = epoch.number();
    }
    if (!isComplete()) {
      begin();
    }
    return epoch;
  }

  /** Returns the averaged weights, which are validated. */
  Parameters averaged() {
    return average.average();
  }

  /** Returns the state after the last step. */
  TrainingState state(double seconds) {
    return new TrainingState(
        steps,
        weights,
        average,
        best,
        optimizer.state(),
        clipping.average(),
        epochs,
        bestEpoch,
        isComplete()
            ? TrainingState.Begun.none()
            : new TrainingState.Begun(done, loss, errors.numbers()),
        seconds);
  }
}
