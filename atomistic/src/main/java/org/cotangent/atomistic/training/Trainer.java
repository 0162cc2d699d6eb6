package org.cotangent.atomistic.training;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.report.PeakMemory;
import org.jspecify.annotations.Nullable;

/**
 * Trains a {@link LearnedPotential} on energies, forces and virials. It is one potential, whatever
 * the options' {@code committee} says: that is for {@link CommitteeTraining}.
 */
public final class Trainer {
  private final TrainingOptions options;
  private final LabelledSystems training;
  private final LabelledSystems validation;

  /**
   * Prepares the training of one potential.
   *
   * @throws IllegalArgumentException if a set is empty
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

  /** Why a training came to its end. */
  public enum Ending {
    /** All epochs are over. */
    COMPLETE,
    /** The last epochs were not better than one before: {@code early_stop}. */
    NO_BETTER,
    /** {@link Listener#stops} said so. */
    STOPPED
  }

  /**
   * The result of a training.
   *
   * @param potential with the weights of the best epoch; with the averaged ones if the first epoch
   *     is not over
   * @param epochs all that were run
   * @param bestEpoch the number of the best one
   * @param ending why there are no more
   * @param plan how the loss gets at the forces, and what is kept in memory for that
   * @param featureSeconds the time that describing both sets took
   * @param steps of the optimiser
   * @param peakMemory the most memory that the process has taken so far, in bytes
   */
  public record Result(
      LearnedPotential potential,
      List<Epoch> epochs,
      int bestEpoch,
      Ending ending,
      DescriptionPlan plan,
      double featureSeconds,
      long steps,
      long peakMemory) {

    /** Returns the way to the forces that was taken. */
    public ForceGradients gradients() {
      return plan.gradients();
    }
  }

  /** Hears how far a training has come, on the thread that runs it. */
  public interface Listener {
    /** The descriptors of this many systems are to be computed. */
    default void describing(int systems) {}

    /** Those of this many are. */
    default void described(int systems) {}

    /** This is how the training set is described and the forces are got at. */
    default void planned(DescriptionPlan plan) {}

    /** Training starts, with at most this many epochs. */
    default void training(int epochs) {}

    /** Of the steps of an epoch, this many are done. */
    default void stepped(int epoch, int done, int steps) {}

    /** An epoch is over. */
    void trained(Epoch epoch);

    /**
     * From this state the training can go on. It is heard after an epoch or in its midst, when
     * {@code checkpoint_seconds} have passed, and at the end.
     */
    default void reached(TrainingState state) {}

    /**
     * Returns whether the training shall stop after the step that was just made; {@link #reached}
     * hears of it before.
     */
    default boolean stops() {
      return false;
    }
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
    return run(from, listener, () -> false);
  }

  /** Does so until the listener or someone else wants it to stop. */
  Result run(@Nullable TrainingState from, Listener listener, BooleanSupplier unwanted) {
    Clock clock = new Clock();
    listener.describing(training.size() + validation.size());
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(options.seed());
    try (TrainingObjective objective =
        new TrainingObjective(options, training, random, listener::described)) {
      Validation validate =
          new Validation(
              objective.other(validation, count -> listener.described(training.size() + count)),
              options.training().loss(),
              objective.workers());
      listener.planned(objective.plan());
      final double featureSeconds = clock.seconds();
      TrainingState state =
          from == null
              ? TrainingState.first(objective.potential().weights(), options.training().emaDecay())
              : from;
      listener.training(options.training().numEpochs());
      TrainingSteps steps = new TrainingSteps(options, objective, state);
      Ending ending = run(steps, validate, new Clock(state.seconds()), listener, unwanted);
      TrainingState last = steps.state(0);
      return new Result(
          objective
              .potential()
              .withWeights(last.bestEpoch() == 0 ? last.average().average() : last.best()),
          last.epochs(),
          last.bestEpoch(),
          ending,
          objective.plan(),
          featureSeconds,
          last.steps(),
          PeakMemory.now().bytes());
    }
  }

  private Ending run(
      TrainingSteps steps,
      Validation validate,
      Clock clock,
      Listener listener,
      BooleanSupplier unwanted) {
    double saved = clock.seconds();
    boolean moved = false;
    Ending ending = ending(steps);
    while (ending == null) {
      steps.step();
      moved = true;
      listener.stepped(steps.number(), steps.done(), steps.perEpoch());
      if (steps.isEpochOver()) {
        listener.trained(steps.end(validate.measure(steps.averaged()), clock.seconds()));
        ending = ending(steps);
      }
      if (ending == null && (unwanted.getAsBoolean() || listener.stops())) {
        ending = Ending.STOPPED;
      }
      double now = clock.seconds();
      if (ending == null && now - saved >= options.training().checkpointSeconds()) {
        listener.reached(steps.state(now));
        saved = now;
      }
    }
    if (moved) {
      listener.reached(steps.state(clock.seconds()));
    }
    return ending;
  }

  private static @Nullable Ending ending(TrainingSteps steps) {
    if (steps.isComplete()) {
      return Ending.COMPLETE;
    }
    return steps.isStuck() ? Ending.NO_BETTER : null;
  }

  /** Measures the time since it was made, on top of what was before. */
  private static final class Clock {
    private final long start = java.lang.System.nanoTime();
    private final double before;

    Clock() {
      this(0);
    }

    Clock(double before) {
      this.before = before;
    }

    double seconds() {
      return before + (java.lang.System.nanoTime() - start) / 1e9;
    }
  }
}
