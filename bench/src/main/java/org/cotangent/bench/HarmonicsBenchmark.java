package org.cotangent.bench;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.cotangent.atomistic.descriptors.angular.SolidHarmonics;
import org.cotangent.autodiff.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Solid harmonics r^l·Y_lm up to l = 10 of 10 000 vectors. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HarmonicsBenchmark {
  static final int MAX_ANGULAR = 10;
  private static final int VECTORS = 10_000;

  private final Tensor vectors = vectors();
  private final double expected = solidHarmonics().at(VECTORS);

  /** For JMH. */
  public HarmonicsBenchmark() {}

  /** {@code [10000, 3]}, normally distributed. */
  static Tensor vectors() {
    Random random = new Random(1);
    double[] all = new double[3 * VECTORS];
    Arrays.setAll(all, k -> random.nextGaussian());
    return Tensor.of(all, VECTORS, 3);
  }

  /** Values {@code [10000, 121]}. */
  @Benchmark
  public Tensor solidHarmonics() {
    return checked(new SolidHarmonics(MAX_ANGULAR).apply(vectors));
  }

  /** Values and derivatives {@code [10000, 3, 121]}. */
  @Benchmark
  public Tensor solidHarmonicsGradients() {
    SolidHarmonics harmonics = new SolidHarmonics(MAX_ANGULAR);
    return harmonics.gradient(checked(harmonics.apply(vectors)));
  }

  private Tensor checked(Tensor values) {
    if (expected != 0 && values.at(VECTORS) != expected) {
      throw new IllegalStateException(
          "element " + VECTORS + " is " + values.at(VECTORS) + ", not " + expected);
    }
    return values;
  }
}
