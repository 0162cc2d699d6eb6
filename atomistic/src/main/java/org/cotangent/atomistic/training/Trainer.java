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
  }

  /**
   * Runs the training.
   *
   * @param listener hears of every phase and epoch
   * @throws IllegalStateException if the loss stops being finite
   */
  public Result run(Listener listener) {
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
      return run(listener, objective, validate, random, secondsSince(start));
    }
  }

  private Result run(
      Listener listener,
      TrainingObjective objective,
      Validation validate,
      UniformRandomProvider random,
      double featureSeconds) {
    TrainingOptions.Training how = options.training();
    LearnedPotential potential = objective.potential();
    listener.training(how.numEpochs());
    long start = java.lang.System.nanoTime();
    int batchSize = Math.min(how.batchSize(), training.size());
    int perEpoch = training.size() / batchSize;
    long total = (long) perEpoch * how.numEpochs();
    Schedule schedule =
        Schedule.cosine(how.learningRate(), 0, total).warmUp(Math.max(1, how.warmupSteps()));
    Optimizer optimizer =
        new AdamW(schedule, Adam.Options.DEFAULT.withWeightDecay(how.weightDecay()));
    RunningNormClipping clipping = new RunningNormClipping(how.clipFactor(), 0.98);
    Parameters weights = potential.weights();
    ExponentialMovingAverage average = ExponentialMovingAverage.of(how.averaging(), true, weights);
    List<Epoch> epochs = new ArrayList<>();
    Parameters best = weights;
    int bestEpoch = 0;
    double bestError = Double.POSITIVE_INFINITY;
    long steps = 0;
    for (int number = 1; number <= how.numEpochs(); number++) {
      int[] order = PermutationSampler.natural(training.size());
      PermutationSampler.shuffle(random, order);
      double rate = 0;
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
                  + how.learningRate()
                  + " may help");
        }
        rate = optimizer.learningRate();
        weights = optimizer.step(weights, clipped.gradients());
        average = average.update(weights);
        steps++;
      }
      Epoch epoch =
          validate.measure(average.average(), number, sum / perEpoch, rate, secondsSince(start));
      epochs.add(epoch);
      listener.trained(epoch);
      if (epoch.forceError() < bestError) {
        bestError = epoch.forceError();
        best = average.average();
        bestEpoch = number;
      } else if (number - bestEpoch >= how.patience()) {
        break;
      }
    }
    return new Result(potential.withWeights(best), epochs, bestEpoch, featureSeconds, steps);
  }

  private static double secondsSince(long start) {
    return (java.lang.System.nanoTime() - start) / 1e9;
  }
}
