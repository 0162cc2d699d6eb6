package org.cotangent.bench;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What an operation costs beside its arithmetic: on few elements nearly everything is overhead. The
 * elements are float64.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TensorOverheadBenchmark {
  private static final Function<Tensor, Tensor> CUBES = x -> x.pow(3).sum();
  private static final UnaryOperator<Tensor> SECOND =
      Derivatives.grad(x -> Derivatives.grad(CUBES).apply(x).sum());

  /** The length of the vectors. */
  @Param({"1", "16", "64"})
  public int elements;

  private Tensor x = Tensor.of(0.0);
  private Tensor y = x;
  private Tensor xVariable = x;
  private Tensor yVariable = x;
  private double xLast;
  private double yLast;
  private double dot;

  /** For JMH. */
  public TensorOverheadBenchmark() {}

  /** Fills the vectors with small whole numbers, on which all results are exact. */
  @Setup
  public void fill() {
    double[] left = new double[elements];
    double[] right = new double[elements];
    dot = 0;
    for (int k = 0; k < elements; k++) {
      left[k] = k % 5 + 1;
      right[k] = k % 3 - 7;
      dot += left[k] * right[k];
    }
    xLast = left[elements - 1];
    yLast = right[elements - 1];
    x = Tensor.of(left);
    y = Tensor.of(right);
    xVariable = x.variable();
    yVariable = y.variable();
  }

  /** x + y of constants. */
  @Benchmark
  public Tensor add() {
    return checked(x.add(y), xLast + yLast);
  }

  /** x + y of variables, recorded. */
  @Benchmark
  public Tensor addRecorded() {
    return checked(xVariable.add(yVariable), xLast + yLast);
  }

  /** x·y by element, of constants. */
  @Benchmark
  public Tensor multiply() {
    return checked(x.multiply(y), xLast * yLast);
  }

  /** x·y by element, of variables, recorded. */
  @Benchmark
  public Tensor multiplyRecorded() {
    return checked(xVariable.multiply(yVariable), xLast * yLast);
  }

  /** Σ x·y of variables, recorded. */
  @Benchmark
  public Tensor sumOfProduct() {
    return checked(xVariable.multiply(yVariable).sum(), dot);
  }

  /** Σ x·y and its gradient by x. */
  @Benchmark
  public Tensor gradientOfProduct() {
    Derivatives.ValueAnd found = Derivatives.valueAndGrad(v -> v.multiply(y).sum(), x);
    checked(found.value(), dot);
    return checked(found.derivative(), yLast);
  }

  /** The second derivative of Σ x³, which is 6x: the gradient of the sum of the gradient. */
  @Benchmark
  public Tensor secondDerivativeOfCubes() {
    return checked(SECOND.apply(x), 6 * xLast);
  }

  /**
   * Returns the tensor if its last element is the expected one, so that nothing wrong looks fast.
   */
  private static Tensor checked(Tensor found, double expected) {
    double last = found.at(found.size() - 1);
    if (last != expected) {
      throw new IllegalStateException("the last element is " + last + ", not " + expected);
    }
    return found;
  }
}
