package org.cotangent.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cotangent.atomistic.training.Workers;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Workspace;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.autodiff.optim.Adam;
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
 * One step of training a 64-64-1 network on {@link GivenFeatures}: energies, forces from explicit
 * gradients, loss, its gradient, Adam's step.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GivenFeaturesBenchmark {
  /** Molecules in a step. */
  @Param({"1", "4", "16", "32", "64"})
  public int batch;

  /** Threads that share them. */
  @Param({"1", "2"})
  public int threads;

  /** The bits of a number. */
  @Param("32")
  public int bits;

  private final Optimizer optimizer = new Adam(Schedule.constant(0.001));
  private List<Part> parts = List.of();
  private Parameters weights = Parameters.empty();
  private double expected;
  private @Nullable Workers workers;

  /** For JMH. */
  public GivenFeaturesBenchmark() {}

  /** Structures of the batch, and the arrays for the work on them. */
  private record Part(GivenFeatures features, Workspace workspace) {}

  /** Prepares features and weights, and the loss to expect: in float64, of the batch at once. */
  @Setup
  public void prepare() {
    DType dtype = bits == 64 ? DType.FLOAT64 : DType.FLOAT32;
    parts =
        GivenFeatures.parts(batch, threads, dtype).stream()
            .map(part -> new Part(part, new Workspace()))
            .toList();
    weights = GivenFeatures.weights(dtype);
    expected =
        new GivenFeatures(0, batch, DType.FLOAT64)
            .loss(GivenFeatures.weights(DType.FLOAT64), batch)
            .item();
    workers = new Workers(threads);
  }

  private GivenFeatures.Contribution contribution(Part part) {
    return part.workspace.run(() -> part.features.contribution(weights, batch));
  }

  /** The step; always from the same weights, so that its loss is known. */
  @Benchmark
  public Parameters step() {
    GivenFeatures.Contribution all = parts.size() == 1 ? contribution(parts.getFirst()) : shared();
    if (!(Math.abs(all.loss() - expected) <= (bits == 64 ? 1e-10 : 1e-4) * Math.abs(expected))) {
      throw new IllegalStateException("the loss is " + all.loss() + ", not " + expected);
    }
    return optimizer.step(weights, all.gradient());
  }

  private GivenFeatures.Contribution shared() {
    if (workers == null) {
      throw new IllegalStateException("prepare() comes before step()");
    }
    List<GivenFeatures.Contribution> found = workers.map(parts, this::contribution);
    GivenFeatures.Contribution sum = found.getFirst();
    for (GivenFeatures.Contribution next : found.subList(1, found.size())) {
      sum = sum.add(next);
    }
    return sum;
  }

  /** Ends the threads. */
  @TearDown
  public void close() {
    if (workers != null) {
      workers.close();
    }
  }
}
