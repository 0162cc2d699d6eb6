package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.autodiff.optim.Adam;
import org.cotangent.autodiff.optim.AdamW;
import org.cotangent.autodiff.optim.ExponentialMovingAverage;
import org.cotangent.autodiff.optim.GradientClipping;
import org.cotangent.autodiff.optim.Optimizer;
import org.cotangent.autodiff.optim.RunningNormClipping;
import org.cotangent.autodiff.optim.Schedule;
import org.jspecify.annotations.Nullable;

/** Trains a {@link LearnedPotential} on energies and forces. */
public final class Trainer {
  private final TrainingOptions options;
  private final LabelledSystems training;
  private final LabelledSystems validation;

  /**
   * Prepares a training.
   *
   * @throws IllegalArgumentException if a set is empty, or the validation set has an element that
   *     the training set has not
   */
  public Trainer(TrainingOptions options, LabelledSystems training, LabelledSystems validation) {
    if (training.size() == 0 || validation.size() == 0) {
      throw new IllegalArgumentException(
          "training needs systems to train and to validate on, got "
              + training.size()
              + " and "
              + validation.size());
    }
    this.options = options;
    this.training = training;
    this.validation = validation;
  }

  /**
   * The result of a training.
   *
   * @param potential with the weights of the best epoch
   * @param epochs all that were run
   * @param bestEpoch the number of the best one
   * @param featureSeconds the time that the descriptors of both sets took
   * @param steps of the optimiser
   */
  public record Result(
      LearnedPotential potential,
      List<Epoch> epochs,
      int bestEpoch,
      double featureSeconds,
      long steps) {}

  /** Hears how far a training has come, on the thread that runs it. */
  public interface Listener {
    /** The descriptors of this many systems are to be computed. */
    default void describing(int systems) {}

    /** Those of this many are. */
    default void described(int systems) {}

    /** Training starts, with at most this many epochs. */
    default void training(int epochs) {}

    /** An epoch is over. */
    void trained(Epoch epoch);

    /** After an epoch: from this state the training can go on. */
    default void reached(TrainingState state) {}
  }

  /**
   * Runs the training from its beginning.
   *
   * @param listener hears of every phase and epoch
   * @throws IllegalStateException if the loss stops being finite
   */
  public Result run(Listener listener) {
    return run(null, listener);
  }

  /**
   * Runs the training, or what is left of it. Options and data decide the result, not where it was
   * interrupted.
   *
   * @param from what {@link Listener#reached} heard in a training with the same options and data;
   *     null to begin
   * @param listener hears of every phase and epoch
   * @throws IllegalStateException if the loss stops being finite
   */
  public Result run(@Nullable TrainingState from, Listener listener) {
    long start = java.lang.System.nanoTime();
    listener.describing(training.size() + validation.size());
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(options.seed());
    try (TrainingObjective objective =
        new TrainingObjective(options, training, random, listener::described)) {
      Validation validate =
          new Validation(
              objective.other(validation, count -> listener.described(training.size() + count)),
              validation,
              objective.loss(),
              objective.workers());
      double featureSeconds = secondsSince(start);
      TrainingState state =
          from == null
              ? TrainingState.first(objective.potential().weights(), options.training().averaging())
              : from;
      listener.training(options.training().numEpochs());
      Steps steps = new Steps(objective, state);
      double before = state.epochs().isEmpty() ? 0 : state.epochs().getLast().seconds();
      long mark = java.lang.System.nanoTime();
      while (!ends(state)) {
        double loss = steps.epoch(state.epochs().size() + 1);
        Epoch epoch =
            validate.measure(
                steps.average.average(),
                state.epochs().size() + 1,
                loss,
                steps.rate,
                before + secondsSince(mark));
        state = steps.state(state, epoch);
        listener.trained(epoch);
        listener.reached(state);
      }
      return new Result(
          objective.potential().withWeights(state.best()),
          state.epochs(),
          state.bestEpoch(),
          featureSeconds,
          state.steps());
    }
  }

  private boolean ends(TrainingState state) {
    int done = state.epochs().size();
    return done >= options.training().numEpochs()
        || done - state.bestEpoch() >= options.training().patience();
  }

  /** The steps of the optimiser, epoch by epoch. */
  private final class Steps {
    private final TrainingObjective objective;
    private final Optimizer optimizer;
    private final RunningNormClipping clipping;
    private final int batchSize;
    private final int perEpoch;
    private Parameters weights;
    private ExponentialMovingAverage average;
    private long steps;
    private double rate;

    Steps(TrainingObjective objective, TrainingState from) {
      TrainingOptions.Training how = options.training();
      this.objective = objective;
      batchSize = Math.min(how.batchSize(), training.size());
      perEpoch = training.size() / batchSize;
      Schedule schedule =
          Schedule.cosine(how.learningRate(), 0, (long) perEpoch * how.numEpochs())
              .warmUp(Math.max(1, how.warmupSteps()));
      optimizer = new AdamW(schedule, Adam.Options.DEFAULT.withWeightDecay(how.weightDecay()));
      optimizer.restore(from.optimizer());
      clipping = new RunningNormClipping(how.clipFactor(), 0.98, from.clipping());
      weights = from.weights();
      average = from.average();
      steps = from.steps();
    }

    /** Runs an epoch and returns the mean loss. */
    double epoch(int number) {
      // Which systems come together in an epoch follows from its number, so that nothing of the
      // random numbers has to be remembered.
      UniformRandomProvider random =
          RandomSource.XO_RO_SHI_RO_128_PP.create(options.seed() + number * 0x9E3779B97F4A7C15L);
      int[] order = PermutationSampler.natural(training.size());
      PermutationSampler.shuffle(random, order);
      double sum = 0;
      for (int b = 0; b < perEpoch; b++) {
        int[] batch = Arrays.copyOfRange(order, b * batchSize, (b + 1) * batchSize);
        TrainingObjective.Evaluation step = objective.evaluate(batch, weights);
        sum += step.loss();
        GradientClipping.Clipped clipped = clipping.clip(step.gradient());
        if (!Double.isFinite(step.loss()) || !clipped.isFinite()) {
          throw new IllegalStateException(
              "the loss became "
                  + step.loss()
                  + " in epoch "
                  + number
                  + ", step "
                  + (steps + 1)
                  + ": a lower learning rate than "
                  + options.training().learningRate()
                  + " may help");
        }
        rate = optimizer.learningRate();
        weights = optimizer.step(weights, clipped.gradients());
        average = average.update(weights);
        steps++;
      }
      return sum / perEpoch;
    }

    TrainingState state(TrainingState before, Epoch epoch) {
      List<Epoch> epochs = new ArrayList<>(before.epochs());
      epochs.add(epoch);
      boolean better = epoch.forceError() < before.bestError();
      return new TrainingState(
          steps,
          weights,
          average,
          better ? average.average() : before.best(),
          optimizer.state(),
          clipping.average(),
          epochs,
          better ? epoch.number() : before.bestEpoch());
    }
  }

  private static double secondsSince(long start) {
    return (java.lang.System.nanoTime() - start) / 1e9;
  }
}
