package org.cotangent.atomistic.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.range.Range;
import org.cotangent.atomistic.range.Ranges;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.nn.Activation;

/**
 * Everything that decides how a potential is trained. The same options and data give the same
 * potential, bit for bit, whatever the number of threads.
 *
 * @param seed of all random numbers
 * @param basePrecision 32 or 64: the bits of a number in which networks are trained
 * @param threads how many work at once; does not change the result
 * @param committee how many potentials are trained that differ in their seeds alone
 * @param architecture what is trained
 * @param training how
 */
public record TrainingOptions(
    @JsonPropertyDescription("Decides all random numbers.") long seed,
    @JsonPropertyDescription("Bits of a number in which potentials are trained, 32 or 64.")
        @Range(oneOf = {32, 64})
        int basePrecision,
    @JsonPropertyDescription("How many threads work at once; does not change the result.")
        @Range(atLeast = 1)
        int threads,
    @JsonPropertyDescription(
            "How many potentials are trained, with seeds one after the other, and exported as one"
                + " model.")
        @Range(atLeast = 1)
        int committee,
    @JsonPropertyDescription("What is trained.") Architecture architecture,
    @JsonPropertyDescription("How it is trained.") Training training) {

  /**
   * How it is trained.
   *
   * @param numEpochs at most
   * @param batchSize systems in one step, at most
   * @param maxAtomsPerBatch atoms in one step, at most, unless a system alone has more; 0 for no
   *     bound
   * @param learningRate the highest
   * @param schedule how it changes
   * @param weightDecay decoupled, per unit of learning rate
   * @param gradClipNorm gradients longer than this are shortened to it; 0 for never
   * @param gradClipFactor gradients longer than this many times their running average are
   *     shortened; 0 for never
   * @param emaDecay decay of the moving average of the weights, which is what is kept
   * @param loss what is made small
   * @param bestModelMetric which epoch is kept
   * @param earlyStop epochs without a better one after which training ends; 0 for never
   * @param gradients how the loss gets at the forces
   * @param memoryShare share of the Java heap that what is computed once about the systems may
   *     take; of systems beyond that it is computed anew whenever it is needed, with the same
   *     result
   * @param checkpointSeconds time between two states that can be gone on from; 0 for after every
   *     step
   */
  public record Training(
      @JsonPropertyDescription("Epochs at most.") @Range(atLeast = 1) int numEpochs,
      @JsonPropertyDescription("Systems in one step, at most.") @Range(atLeast = 1) int batchSize,
      @JsonPropertyDescription(
              "Atoms in one step, at most, unless one system alone has more; 0: no bound.")
          @Range(atLeast = 0)
          int maxAtomsPerBatch,
      @JsonPropertyDescription("The highest learning rate.") @Range(above = 0) double learningRate,
      @JsonPropertyDescription("How the learning rate changes.") RateSchedule schedule,
      @JsonPropertyDescription("Decoupled weight decay (AdamW), per unit of learning rate.")
          @Range(atLeast = 0)
          double weightDecay,
      @JsonPropertyDescription("Gradients longer than this are shortened to it; 0: never.")
          @Range(atLeast = 0)
          double gradClipNorm,
      @JsonPropertyDescription(
              "Gradients longer than this many times the running average of their length are"
                  + " shortened; 0: never.")
          @Range(atLeast = 1, orZero = true)
          double gradClipFactor,
      @JsonPropertyDescription(
              "Decay of the moving average of the weights, which is what is validated and kept; 0:"
                  + " no average.")
          @Range(atLeast = 0, below = 1)
          double emaDecay,
      @JsonPropertyDescription(
              "What is made small: a type for all terms (mse, mae, huber, norm), or type, weight and"
                  + " delta of each.")
          ForceLoss loss,
      @JsonPropertyDescription(
              "Which epoch is kept, by its validation errors: force_mae, rmse_prod, mae_prod, loss.")
          ModelMetric bestModelMetric,
      @JsonPropertyDescription(
              "Epochs without a better validation metric after which training ends; 0: never.")
          @Range(atLeast = 0)
          int earlyStop,
      @JsonPropertyDescription(
              "How the loss gets at the forces: forward (explicit gradients), reverse (double"
                  + " backward), chosen (the cheaper one that fits into memory).")
          ForceGradients gradients,
      @JsonPropertyDescription(
              "Share of the Java heap for what is computed once about the systems; beyond it, it is"
                  + " computed anew in every step, with the same result.")
          @Range(atLeast = 0, below = 1)
          double memoryShare,
      @JsonPropertyDescription(
              "Seconds between two checkpoints; 0: after every step. Does not change the result.")
          @Range(atLeast = 0)
          double checkpointSeconds) {

    /** Checks the numbers. */
    public Training {
      Ranges.check(
          Training.class,
          numEpochs,
          batchSize,
          maxAtomsPerBatch,
          learningRate,
          schedule,
          weightDecay,
          gradClipNorm,
          gradClipFactor,
          emaDecay,
          loss,
          bestModelMetric,
          earlyStop,
          gradients,
          memoryShare,
          checkpointSeconds);
    }

    /** Returns these with another number of epochs and another way to the forces. */
    Training with(int epochs, ForceGradients way) {
      return with(epochs, way, memoryShare);
    }

    /** Returns these with another share of the memory. */
    Training withMemoryShare(double share) {
      return with(numEpochs, gradients, share);
    }

    private Training with(int epochs, ForceGradients way, double share) {
      return new Training(
          epochs,
          batchSize,
          maxAtomsPerBatch,
          learningRate,
          schedule,
          weightDecay,
          gradClipNorm,
          gradClipFactor,
          emaDecay,
          loss,
          bestModelMetric,
          earlyStop,
          way,
          share,
          checkpointSeconds);
    }
  }

  /** What quickstart trains. */
  public static final TrainingOptions QUICKSTART =
      usual(
          new LearnedBasisArchitecture(5.0, 8, 3, 16, 2, List.of(64, 64)),
          usual(400, 5, 0.004, 0.02, loss(ForceLoss.Type.NORM, 0.9), 0));

  /** A small and quick one: element networks, trained on squared errors. */
  public static final TrainingOptions ELEMENT_NETWORKS =
      usual(
          new ElementNetworks(5.0, 8, 4, 3, List.of(48, 48), Activation.SILU),
          usual(70, 16, 0.003, 0, loss(ForceLoss.Type.MSE, 2.0), 20));

  /** How networks on more invariants are trained: on lengths of errors, in small batches. */
  private static final Training NETWORKS =
      usual(200, 8, 0.003, 0, loss(ForceLoss.Type.NORM, 1.0), 0);

  /** Networks of elements on the SOAP power spectrum. */
  public static final TrainingOptions SOAP_NN =
      usual(
          new SoapNetworks(5.0, 3.0, 0.4, 4, 3, List.of(64, 64), Activation.SILU, false, Map.of()),
          NETWORKS);

  /** Networks of elements on symmetry functions. */
  public static final TrainingOptions BEHLER_PARRINELLO =
      usual(
          new BehlerParrinello(
              5.0,
              12,
              4,
              List.of(1, 2, 4, 8, 16),
              List.of(64, 64),
              Activation.SILU,
              false,
              Map.of()),
          NETWORKS);

  /** One potential in float32, on two threads. */
  private static TrainingOptions usual(Architecture architecture, Training training) {
    return new TrainingOptions(1, 32, 2, 1, architecture, training);
  }

  /** With what all architectures have in common. */
  private static Training usual(
      int epochs,
      int batchSize,
      double learningRate,
      double weightDecay,
      ForceLoss loss,
      int earlyStop) {
    return new Training(
        epochs,
        batchSize,
        0,
        learningRate,
        RateSchedule.cosine(300),
        weightDecay,
        0,
        3.0,
        0.99,
        loss,
        ModelMetric.FORCE_MAE,
        earlyStop,
        ForceGradients.CHOSEN,
        0.4,
        30);
  }

  /** Forces count fully and virials little, whatever the energies do. */
  private static ForceLoss loss(ForceLoss.Type type, double energy) {
    return new ForceLoss(
        new ForceLoss.Term(type, energy),
        new ForceLoss.Term(type, 1.0),
        new ForceLoss.Term(type, 0.1));
  }

  /** Checks the numbers. */
  public TrainingOptions {
    Ranges.check(
        TrainingOptions.class, seed, basePrecision, threads, committee, architecture, training);
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
        committee,
        architecture,
        training.with(otherEpochs, otherGradients));
  }

  /**
   * Returns the options of one member of the committee.
   *
   * @param number of the member, from 0
   * @param atOnce how many members are trained at the same time and share threads and memory
   */
  TrainingOptions member(int number, int atOnce) {
    return new TrainingOptions(
        seed + number,
        basePrecision,
        Math.max(1, threads / atOnce),
        1,
        architecture,
        training.withMemoryShare(training.memoryShare / atOnce));
  }

  /** Returns the element type in which networks are trained. */
  public DType dtype() {
    return basePrecision == 32 ? DType.FLOAT32 : DType.FLOAT64;
  }
}
