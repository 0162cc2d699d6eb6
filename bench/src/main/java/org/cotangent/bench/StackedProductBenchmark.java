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
 * Products of tensors in the shapes in which potentials have them: stacks of small matrices, and
 * the features of many atoms times weights. The elements are small whole numbers, so that every
 * order of summation gives the same product and it can be checked exactly.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StackedProductBenchmark {
  /** How many products, and their sizes: {@code [m, k]} times {@code [k, n]} is m x k x n. */
  @Param({"1000 of 4x4x4", "100 of 16x16x16", "1 of 16x64x64", "1 of 200x64x64", "1 of 2000x64x64"})
  public String product = "";

  /** Which operands are stored transposed. */
  @Param public GemmBenchmark.Form form = GemmBenchmark.Form.NN;

  /** The bits of an element. */
  @Param({"64", "32"})
  public int bits;

  private Tensor x = Tensor.of(0.0);
  private Tensor y = x;
  private double first;
  private double last;

  /** For JMH. */
  public StackedProductBenchmark() {}

  /** Fills the matrices and compares all elements of the product with sums of whole numbers. */
  @Setup
  public void fill() {
    String[] sizes = product.split(" of |x");
    int count = Integer.parseInt(sizes[0]);
    int m = Integer.parseInt(sizes[1]);
    int k = Integer.parseInt(sizes[2]);
    int n = Integer.parseInt(sizes[3]);
    double[] left = new double[count * m * k];
    double[] right = new double[count * k * n];
    double[] expected = new double[count * m * n];
    for (int b = 0; b < count; b++) {
      for (int p = 0; p < k; p++) {
        for (int i = 0; i < m; i++) {
          left[b * m * k + (form.transposeX ? p * m + i : i * k + p)] = (b + i + 2 * p) % 7 - 3;
        }
        for (int j = 0; j < n; j++) {
          double factor = (b + 3 * p + j) % 5 - 2;
          right[b * k * n + (form.transposeY ? j * k + p : p * n + j)] = factor;
          for (int i = 0; i < m; i++) {
            expected[(b * m + i) * n + j] += ((b + i + 2 * p) % 7 - 3) * factor;
          }
        }
      }
    }
    DType type = bits == 64 ? DType.FLOAT64 : DType.FLOAT32;
    x = Tensor.of(left, count, form.transposeX ? k : m, form.transposeX ? m : k).cast(type);
    y = Tensor.of(right, count, form.transposeY ? n : k, form.transposeY ? k : n).cast(type);
    first = expected[0];
    last = expected[expected.length - 1];
    double[] found = product().toDoubleArray();
    for (int at = 0; at < expected.length; at++) {
      if (found[at] != expected[at]) {
        throw new IllegalStateException(
            "element %d of %s is %s, not %s".formatted(at, product, found[at], expected[at]));
      }
    }
  }

  /** The products, a new tensor. */
  @Benchmark
  public Tensor product() {
    Tensor found =
        switch (form) {
          case NN -> x.matmul(y);
          case NT -> x.matmulTransposed(y);
          case TN -> x.transposedMatmul(y);
          case TT -> Tensor.einsum("bki,bjk->bij", x, y);
        };
    double head = found.at(0);
    double tail = found.at(found.size() - 1);
    if (head != first || tail != last) {
      throw new IllegalStateException(
          "the corners are " + head + " and " + tail + ", not " + first + " and " + last);
    }
    return found;
  }
}
