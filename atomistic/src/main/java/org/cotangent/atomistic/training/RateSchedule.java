package org.cotangent.atomistic.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.cotangent.atomistic.range.Range;
import org.cotangent.atomistic.range.Ranges;
import org.cotangent.autodiff.optim.Plateau;
import org.cotangent.autodiff.optim.Schedule;

/**
 * How the learning rate changes in a training.
 *
 * @param type how it falls
 * @param warmupSteps in which it rises to its highest
 * @param factor what it is multiplied by at once, of {@code step} and {@code plateau}
 * @param epochs after how many it is, of {@code step}; how many without a lower validation loss are
 *     put up with, of {@code plateau}
 * @param minimum below which it does not fall
 */
public record RateSchedule(
    @JsonPropertyDescription(
            "How the learning rate falls: cosine (half a cosine over all epochs), step (by a factor"
                + " every so many epochs), plateau (by a factor when the validation loss stops"
                + " falling), constant.")
        Type type,
    @JsonPropertyDescription("Optimizer steps in which the learning rate rises to its highest.")
        @Range(atLeast = 0)
        int warmupSteps,
    @JsonPropertyDescription("What step and plateau multiply the rate by, between 0 and 1.")
        @Range(above = 0, below = 1)
        double factor,
    @JsonPropertyDescription(
            "Epochs between two changes (step), or epochs without a lower validation loss that are"
                + " put up with (plateau).")
        @Range(atLeast = 1)
        int epochs,
    @JsonPropertyDescription("The learning rate never falls below this.") @Range(atLeast = 0)
        double minimum) {

  /** How a learning rate falls. */
  public enum Type {
    /** As half a cosine over all epochs. */
    @JsonProperty("cosine")
    COSINE,
    /** By a factor every so many epochs. */
    @JsonProperty("step")
    STEP,
    /** By a factor when the validation loss stops falling. */
    @JsonProperty("plateau")
    PLATEAU,
    /** Not at all. */
    @JsonProperty("constant")
    CONSTANT
  }

  /** Checks the numbers. */
  public RateSchedule {
    Ranges.check(RateSchedule.class, type, warmupSteps, factor, epochs, minimum);
  }

  /** Returns half a cosine to 0 over all epochs, after a warm-up. */
  public static RateSchedule cosine(int warmupSteps) {
    return new RateSchedule(Type.COSINE, warmupSteps, 0.5, 20, 0);
  }

  /**
   * Returns the rates of the steps of a training.
   *
   * @param highest the learning rate
   * @param stepsPerEpoch the number of steps of an epoch
   * @param numEpochs of the training
   * @param so the epochs that are over; {@code plateau} follows their losses
   */
  Schedule rates(double highest, long stepsPerEpoch, int numEpochs, List<Epoch> so) {
    Schedule falling =
        switch (type) {
          case COSINE ->
              Schedule.cosine(highest, Math.min(minimum, highest), stepsPerEpoch * numEpochs);
          case STEP -> floor(Schedule.step(highest, stepsPerEpoch * epochs, factor));
          case PLATEAU -> plateau(highest, so);
          case CONSTANT -> Schedule.constant(highest);
        };
    return falling.warmUp(Math.max(1, warmupSteps));
  }

  private Schedule floor(Schedule rates) {
    return step -> Math.max(minimum, rates.at(step));
  }

  private Plateau plateau(double highest, List<Epoch> so) {
    Plateau plateau = new Plateau(highest, new Plateau.Options(factor, epochs, 1e-4, 0, minimum));
    so.forEach(epoch -> plateau.observe(epoch.validationLoss()));
    return plateau;
  }
}
