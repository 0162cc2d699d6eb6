package org.cotangent.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.cotangent.atomistic.data.EthanolData;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.training.ForceGradients;
import org.cotangent.atomistic.training.TrainingObjective;
import org.cotangent.atomistic.training.TrainingOptions;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.autodiff.optim.Adam;
import org.cotangent.autodiff.optim.AdamW;
import org.cotangent.autodiff.optim.ExponentialMovingAverage;
import org.cotangent.autodiff.optim.Optimizer;
import org.cotangent.autodiff.optim.RunningNormClipping;
import org.cotangent.autodiff.optim.Schedule;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One step of training the learned basis of two layers on energies and forces of five ethanol
 * molecules, on one thread: loss, its gradient by all 147 891 weights, clipping, the optimiser's
 * step and the average of the weights.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LearnedBasisBenchmark {
  static final int BATCH = 5;
  static final double LEARNING_RATE = 0.004;
  static final double WEIGHT_DECAY = 0.02;

  /**
   * How the loss gets at the forces: from stored derivatives of the functions of pairs, or by
   * differentiating back to the positions.
   */
  @Param({"FORWARD", "REVERSE"})
  public ForceGradients gradients = ForceGradients.FORWARD;

  /** The bits of a number. */
  @Param("32")
  public int bits;

  private final int[] batch = new int[BATCH];
  private final Optimizer optimizer =
      new AdamW(
          Schedule.constant(LEARNING_RATE), Adam.Options.DEFAULT.withWeightDecay(WEIGHT_DECAY));
  private final RunningNormClipping clipping = new RunningNormClipping(3, 0.98);
  private @Nullable TrainingObjective objective;
  private @Nullable ExponentialMovingAverage average;
  private Parameters weights = Parameters.empty();
  private double expected;

  /** For JMH. */
  public LearnedBasisBenchmark() {}

  static LabelledSystems data() throws IOException {
    LabelledSystems all = EthanolData.read(1).systems();
    int[] chosen = new int[BATCH];
    for (int k = 0; k < BATCH; k++) {
      chosen[k] = k * all.size() / BATCH;
    }
    return all.select(chosen);
  }

  static TrainingOptions options(int bits, ForceGradients gradients) {
    TrainingOptions quickstart = TrainingOptions.QUICKSTART;
    return quickstart.with(1, bits, 1, quickstart.training().numEpochs(), gradients);
  }

  /** Prepares the model, and the loss to expect: at the same weights, by the other way. */
  @Setup
  public void prepare() throws IOException {
    for (int k = 0; k < BATCH; k++) {
      batch[k] = k;
    }
    LabelledSystems data = data();
    objective = new TrainingObjective(options(bits, gradients), data);
    weights = objective.potential().weights();
    average = ExponentialMovingAverage.of(0.99, true, weights);
    ForceGradients other =
        gradients == ForceGradients.FORWARD ? ForceGradients.REVERSE : ForceGradients.FORWARD;
    try (TrainingObjective reference = new TrainingObjective(options(bits, other), data)) {
      expected = reference.evaluate(batch, weights).loss();
    }
  }

  /** The step; always from the same weights, so that its loss is known. */
  @Benchmark
  public ExponentialMovingAverage step() {
    if (objective == null || average == null) {
      throw new IllegalStateException("prepare() comes before step()");
    }
    TrainingObjective.Evaluation found = objective.evaluate(batch, weights);
    double tolerance = (bits == 64 ? 1e-10 : 1e-4) * Math.abs(expected);
    if (!(Math.abs(found.loss() - expected) <= tolerance)) {
      throw new IllegalStateException("the loss is " + found.loss() + ", not " + expected);
    }
    Parameters gradient = clipping.clip(found.gradient()).gradients();
    return average.update(optimizer.step(weights, gradient));
  }

  /** Ends the threads. */
  @TearDown
  public void close() {
    if (objective != null) {
      objective.close();
    }
  }
}
