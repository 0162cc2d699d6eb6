package org.cotangent.bench;

import java.util.concurrent.TimeUnit;
import org.cotangent.autodiff.DType;
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
 * Operations that do little with each element, on few thousand elements, which stay in the cache,
 * and on a million, which do not. Making the result is part of them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ElementwiseBenchmark {
  private static final int CHECKED = 20;

  /** What is measured. */
  @Param public ElementwiseOperation operation = ElementwiseOperation.EXP;

  /** The number of elements of the largest operand. */
  @Param({"1000", "1000000"})
  public int elements;

  /** The bits of an element. */
  @Param({"64", "32"})
  public int bits;

  private ElementwiseOperands operands = new ElementwiseOperands(1000, DType.FLOAT64);
  private double last;

  /** For JMH. */
  public ElementwiseBenchmark() {}

  /** Makes the operands and checks elements from all over the result. */
  @Setup
  public void prepare() {
    operands = new ElementwiseOperands(elements, bits == 64 ? DType.FLOAT64 : DType.FLOAT32);
    Tensor found = operation.apply(operands);
    int step = Math.max(1, found.size() / CHECKED);
    for (int k = found.size() - 1; k >= 0; k -= step) {
      double expected = operation.expected(operands, k);
      double allowed = (bits == 64 ? 1e-10 : 1e-4) * Math.abs(expected);
      if (!(Math.abs(found.at(k) - expected) <= allowed)) {
        throw new IllegalStateException(
            operation + " gives " + found.at(k) + " as element " + k + ", not " + expected);
      }
    }
    last = found.at(found.size() - 1);
  }

  /** Applies the operation. */
  @Benchmark
  public Tensor apply() {
    Tensor found = operation.apply(operands);
    if (found.at(found.size() - 1) != last) {
      throw new IllegalStateException(
          "the last element is " + found.at(found.size() - 1) + ", not " + last + " as before");
    }
    return found;
  }
}
