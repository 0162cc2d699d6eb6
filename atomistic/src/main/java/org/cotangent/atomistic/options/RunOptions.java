package org.cotangent.atomistic.options;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.cotangent.atomistic.data.DataSource;
import org.cotangent.atomistic.data.HeldOutSet;
import org.cotangent.atomistic.leastsquares.LeastSquares;
import org.cotangent.atomistic.linearace.LinearAce;
import org.cotangent.atomistic.range.Range;
import org.cotangent.atomistic.range.Ranges;
import org.cotangent.atomistic.training.Architecture;
import org.cotangent.atomistic.training.TrainingOptions;
import org.jspecify.annotations.Nullable;

/**
 * All options of a training: what an options file holds. Paths in it are relative to the folder in
 * which the command runs.
 *
 * @param seed of all random numbers
 * @param basePrecision 32 or 64: the bits of a number in which potentials are trained
 * @param threads how many work at once; null for one on each processor
 * @param committee how many potentials are trained and exported as one model
 * @param architecture what is trained, and how
 * @param trainingSet what it is trained on; only the defaults have none
 * @param validationSet what decides which epoch is kept; only the defaults have none
 * @param testSet what the potential is tested on; null for nothing
 */
public record RunOptions(
    @JsonPropertyDescription("Decides all random numbers.") long seed,
    @JsonPropertyDescription("Bits of a number in which potentials are trained: 32 or 64.")
        @Range(oneOf = {32, 64})
        int basePrecision,
    @JsonPropertyDescription(
            "Threads that work at once; without it, one on each processor. The result does not"
                + " depend on it.")
        @Range(atLeast = 1)
        @Nullable Integer threads,
    @JsonPropertyDescription(
            "How many potentials are trained, with seeds one after the other, and exported as one"
                + " model.")
        @Range(atLeast = 1)
        int committee,
    @JsonProperty(required = true) @JsonPropertyDescription("What is trained, and how.")
        ArchitectureOptions architecture,
    @JsonProperty(required = true)
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @JsonPropertyDescription("What it is trained on: an entry or a list of entries.")
        List<DataSource> trainingSet,
    @JsonProperty(required = true)
        @JsonPropertyDescription(
            "What decides which epoch is kept: a fraction of the training set, indices or groups of"
                + " its frames, or files of its own.")
        HeldOutSet validationSet,
    @JsonPropertyDescription(
            "What the potential is tested on when it is trained, as validation_set.")
        @Nullable HeldOutSet testSet) {

  /**
   * What is trained, and how.
   *
   * @param name one of {@link TrainableArchitecture#labels}
   * @param model its form
   * @param training how its weights are found
   */
  public record ArchitectureOptions(
      @JsonPropertyDescription("What is trained.") String name,
      @JsonPropertyDescription("Its form.") Record model,
      @JsonPropertyDescription("How its weights are found.") Record training) {}

  /** Checks the numbers. */
  public RunOptions {
    trainingSet = List.copyOf(trainingSet);
    Ranges.check(
        RunOptions.class,
        seed,
        basePrecision,
        threads,
        committee,
        architecture,
        trainingSet,
        validationSet,
        testSet);
    if (architecture.training instanceof TrainingOptions.Training) {
      make(seed, basePrecision, threads, committee, architecture);
    } else {
      String fitted = "for " + architecture.name + ", which is fitted";
      Ranges.require(basePrecision == 64, "base_precision", basePrecision, "64 " + fitted);
      Ranges.require(committee == 1, "committee", committee, "1 " + fitted);
    }
  }

  /**
   * Returns the options of a training without its data.
   *
   * @param name of the architecture
   */
  static RunOptions withoutData(String name, TrainingOptions options) {
    return withoutData(
        options.seed(),
        options.basePrecision(),
        options.committee(),
        new ArchitectureOptions(name, (Record) options.architecture(), options.training()));
  }

  @SuppressWarnings("NullAway") // what an options file must say is not there yet
  static RunOptions withoutData(
      long seed, int basePrecision, int committee, ArchitectureOptions architecture) {
    return new RunOptions(
        seed, basePrecision, null, committee, architecture, List.of(), null, null);
  }

  /** Returns the options of a training with other ones for the trainer, but for its threads. */
  public RunOptions with(TrainingOptions options) {
    return withoutData(architecture.name, options).withData(trainingSet, validationSet, testSet);
  }

  /** Returns these options with other threads. */
  public RunOptions withThreads(@Nullable Integer other) {
    return new RunOptions(
        seed, basePrecision, other, committee, architecture, trainingSet, validationSet, testSet);
  }

  /** Returns the options of a training on other data. */
  public RunOptions withData(
      List<DataSource> training, HeldOutSet validation, @Nullable HeldOutSet test) {
    return new RunOptions(
        seed, basePrecision, threads, committee, architecture, training, validation, test);
  }

  /** Returns whether the potential is fitted by least squares, and not trained epoch by epoch. */
  public boolean isFitted() {
    return architecture.training instanceof LeastSquares;
  }

  /** Returns how many threads work at once. */
  public int workers() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /**
   * Returns the options of the trainer.
   *
   * @throws ClassCastException if the potential {@linkplain #isFitted is fitted}
   */
  public TrainingOptions training() {
    return make(seed, basePrecision, threads, committee, architecture);
  }

  /** Returns how far neighbors are seen, in Å. */
  public double cutoff() {
    return architecture.model instanceof LinearAce linear
        ? linear.range()
        : ((Architecture) architecture.model).cutoff();
  }

  private static TrainingOptions make(
      long seed,
      int basePrecision,
      @Nullable Integer threads,
      int committee,
      ArchitectureOptions architecture) {
    return new TrainingOptions(
        seed,
        basePrecision,
        threads == null ? Runtime.getRuntime().availableProcessors() : threads,
        committee,
        (Architecture) architecture.model,
        (TrainingOptions.Training) architecture.training);
  }
}
