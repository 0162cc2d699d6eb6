package org.cotangent.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.cotangent.atomistic.data.EthanolData;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.training.ForceGradients;
import org.cotangent.atomistic.training.TrainingObjective;
import org.cotangent.atomistic.training.TrainingOptions;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.autodiff.optim.AdamW;
import org.cotangent.autodiff.optim.Optimizer;
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
 * One step of training the small element networks on energies and forces of 16 ethanol molecules,
 * on one thread: loss, its gradient by all weights, and the optimiser's step.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TrainingStepBenchmark {
  private static final int BATCH = 16;

  /** How the loss gets at the forces. */
  @Param({"FORWARD", "REVERSE"})
  public ForceGradients gradients = ForceGradients.FORWARD;

  /** The bits of a number in training. */
  @Param({"32", "64"})
  public int bits;

  private final int[] batch = new int[BATCH];
  private @Nullable TrainingObjective objective;
  private @Nullable Optimizer optimizer;
  private Parameters weights = Parameters.empty();
  private double expected;

  /** For JMH. */
  public TrainingStepBenchmark() {}

  /**
   * Prepares the model, and the loss to expect: at the same weights, in float64, by the other way
   * to the forces.
   */
  @Setup
  public void prepare() throws IOException {
    LabelledSystems data = EthanolData.read(1).systems();
    for (int k = 0; k < BATCH; k++) {
      batch[k] = k * data.size() / BATCH;
    }
    TrainingObjective measured = new TrainingObjective(options(bits, gradients), data);
    objective = measured;
    weights = measured.potential().weights();
    optimizer =
        new AdamW(
            Schedule.constant(TrainingOptions.ELEMENT_NETWORKS.training().learningRate()),
            TrainingOptions.ELEMENT_NETWORKS.training().weightDecay());
    ForceGradients other =
        gradients == ForceGradients.FORWARD ? ForceGradients.REVERSE : ForceGradients.FORWARD;
    try (TrainingObjective reference = new TrainingObjective(options(64, other), data)) {
      expected = reference.evaluate(batch, weights.cast(DType.FLOAT64)).loss();
    }
  }

  private static TrainingOptions options(int bits, ForceGradients gradients) {
    TrainingOptions usual = TrainingOptions.ELEMENT_NETWORKS;
    return usual.with(usual.seed(), bits, 1, usual.training().numEpochs(), gradients);
  }

  /** The step; always from the same weights, so that its loss is known. */
  @Benchmark
  public Parameters step() {
    if (objective == null || optimizer == null) {
      throw new IllegalStateException("prepare() comes before step()");
    }
    TrainingObjective.Evaluation found = objective.evaluate(batch, weights);
    double tolerance = (bits == 64 ? 1e-10 : 1e-4) * Math.abs(expected);
    if (!(Math.abs(found.loss() - expected) <= tolerance)) {
      throw new IllegalStateException("the loss is " + found.loss() + ", not " + expected);
    }
    return optimizer.step(weights, found.gradient());
  }

  /** Ends the threads. */
  @TearDown
  public void close() {
    if (objective != null) {
      objective.close();
    }
  }
}
