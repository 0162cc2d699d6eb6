package org.cotangent.atomistic.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.nn.Activation;

/**
 * Everything that decides how a potential is trained. The same options and data give the same
 * potential, bit for bit, whatever the number of threads.
 *
 * @param seed of all random numbers
 * @param basePrecision 32 or 64: the bits of a number in which networks are trained
 * @param threads how many work at once; does not change the result
 * @param architecture what is trained
 * @param training how
 */
public record TrainingOptions(
    long seed, int basePrecision, int threads, Architecture architecture, Training training) {

  /**
   * How it is trained.
   *
   * @param numEpochs at most
   * @param patience epochs without a better validation error after which training ends
   * @param batchSize systems in one step
   * @param learningRate the highest
   * @param warmupSteps in which the learning rate rises to that; after them it falls as a cosine
   * @param weightDecay decoupled
   * @param clipFactor gradients longer than this many times their running average are shortened
   * @param averaging decay of the moving average of the weights, which is what is kept
   * @param loss see {@link ForceLoss}
   * @param energyWeight see {@link ForceLoss}
   * @param forceWeight see {@link ForceLoss}
   * @param virialWeight see {@link ForceLoss}
   * @param gradients how the loss gets at the forces
   */
  public record Training(
      int numEpochs,
      int patience,
      int batchSize,
      double learningRate,
      int warmupSteps,
      double weightDecay,
      double clipFactor,
      double averaging,
      ForceLoss.Kind loss,
      double energyWeight,
      double forceWeight,
      double virialWeight,
      ForceGradients gradients) {}

  /** What quickstart trains. */
  public static final TrainingOptions QUICKSTART =
      new TrainingOptions(
          1,
          32,
          2,
          new LearnedBasisArchitecture(5.0, 8, 3, 16, 2, List.of(64, 64)),
          new Training(
              150,
              150,
              5,
              0.004,
              300,
              0.02,
              3.0,
              0.99,
              ForceLoss.Kind.NORM,
              0.9,
              1.0,
              0.1,
              ForceGradients.FORWARD));

  /** A small and quick one: element networks, trained on squared errors. */
  public static final TrainingOptions ELEMENT_NETWORKS =
      new TrainingOptions(
          1,
          32,
          2,
          new ElementNetworks(5.0, 8, 4, 3, List.of(48, 48), Activation.SILU),
          new Training(
              70,
              20,
              16,
              0.003,
              300,
              0.0,
              3.0,
              0.99,
              ForceLoss.Kind.SQUARE,
              2.0,
              1.0,
              0.1,
              ForceGradients.FORWARD));

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID)
          .build();

  /** Checks the numbers. */
  public TrainingOptions {
    require(
        basePrecision == 32 || basePrecision == 64, "base_precision", basePrecision, "32 or 64");
    require(threads >= 1, "threads", threads, "1 or more");
    require(training.numEpochs >= 1, "num_epochs", training.numEpochs, "1 or more");
    require(training.batchSize >= 1, "batch_size", training.batchSize, "1 or more");
    require(training.learningRate > 0, "learning_rate", training.learningRate, "above 0");
    require(architecture.cutoff() > 0, "cutoff", architecture.cutoff(), "above 0");
  }

  private static void require(boolean holds, String option, Number given, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException(
          "the option " + option + " is " + given + ", it must be " + wanted);
    }
  }

  /** Returns these options with the ones that the command line offers. */
  public TrainingOptions with(
      long otherSeed,
      int otherPrecision,
      int otherThreads,
      int otherEpochs,
      ForceGradients otherGradients) {
    return new TrainingOptions(
        otherSeed,
        otherPrecision,
        otherThreads,
        architecture,
        new Training(
            otherEpochs,
            training.patience,
            training.batchSize,
            training.learningRate,
            training.warmupSteps,
            training.weightDecay,
            training.clipFactor,
            training.averaging,
            training.loss,
            training.energyWeight,
            training.forceWeight,
            training.virialWeight,
            otherGradients));
  }

  /** Returns the element type in which networks are trained. */
  public DType dtype() {
    return basePrecision == 32 ? DType.FLOAT32 : DType.FLOAT64;
  }

  /** Returns all options as YAML. */
  public String toYaml() {
    try {
      return YAML.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("options cannot be written as YAML", e);
    }
  }
}
