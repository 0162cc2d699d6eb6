package org.cotangent.bench;

import java.util.concurrent.TimeUnit;
import org.cotangent.autodiff.kernels.KernelProvider;
import org.cotangent.autodiff.kernels.Kernels;
import org.cotangent.autodiff.kernels.ProductKernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Products of two square matrices by the kernel in use, and by a {@linkplain PlainGemm plain loop}.
 * The elements are small whole numbers, so that every order of summation gives the same product and
 * it can be checked exactly.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GemmBenchmark {
  private static final Kernels KERNELS = KernelProvider.KERNELS;

  /** Which operands are stored transposed. */
  public enum Form {
    /** Neither. */
    NN(false, false),
    /** The second. */
    NT(false, true),
    /** The first. */
    TN(true, false),
    /** Both. */
    TT(true, true);

    final boolean transposeX;
    final boolean transposeY;

    Form(boolean transposeX, boolean transposeY) {
      this.transposeX = transposeX;
      this.transposeY = transposeY;
    }
  }

  /** The matrices are {@code [n, n]}; 12, 100, 207 and 777 fit no vector or no tile. */
  @Param({"8", "12", "16", "32", "64", "100", "128", "207", "256", "512", "777", "1024"})
  public int n;

  /** Which operands are stored transposed. */
  @Param public Form form = Form.NN;

  /** The bits of an element. */
  @Param({"64", "32"})
  public int bits;

  private double[] x = {};
  private double[] y = {};
  private double[] out = {};
  private float[] x32 = {};
  private float[] y32 = {};
  private float[] out32 = {};
  private double first;
  private double last;

  /** For JMH. */
  public GemmBenchmark() {}

  /** Fills the matrices and compares all elements of both products with sums of whole numbers. */
  @Setup
  public void fill() {
    x = new double[n * n];
    y = new double[n * n];
    out = new double[n * n];
    x32 = new float[n * n];
    y32 = new float[n * n];
    out32 = new float[n * n];
    long[][] product = new long[n][n];
    for (int i = 0; i < n; i++) {
      for (int p = 0; p < n; p++) {
        x[form.transposeX ? p * n + i : i * n + p] = left(i, p);
        y[form.transposeY ? p * n + i : i * n + p] = right(i, p);
        for (int j = 0; j < n; j++) {
          product[i][j] += (long) left(i, p) * right(p, j);
        }
      }
    }
    for (int k = 0; k < n * n; k++) {
      x32[k] = (float) x[k];
      y32[k] = (float) y[k];
    }
    first = product[0][0];
    last = product[n - 1][n - 1];
    kernel();
    compare("kernel", product);
    plainLoop();
    compare("plain loop", product);
  }

  private static int left(int i, int p) {
    return (i + 2 * p) % 7 - 3;
  }

  private static int right(int p, int j) {
    return (3 * p + j) % 5 - 2;
  }

  private void compare(String what, long[][] product) {
    for (int k = 0; k < n * n; k++) {
      double found = bits == 64 ? out[k] : out32[k];
      if (found != product[k / n][k % n]) {
        throw new IllegalStateException(
            "the %s of %s gives %s at [%d, %d] of an [%d, %d] product, not %d"
                .formatted(what, form, found, k / n, k % n, n, n, product[k / n][k % n]));
      }
    }
  }

  /** The kernel in use. */
  @Benchmark
  public double kernel() {
    int xRow = form.transposeX ? 1 : n;
    int xColumn = form.transposeX ? n : 1;
    int yRow = form.transposeY ? 1 : n;
    int yColumn = form.transposeY ? n : 1;
    if (bits == 64) {
      KERNELS.gemm(
          n, n, n, x, 0, xRow, xColumn, y, 0, yRow, yColumn, out, 0, n, ProductKernels.SET);
    } else {
      KERNELS.gemm(
          n, n, n, x32, 0, xRow, xColumn, y32, 0, yRow, yColumn, out32, 0, n, ProductKernels.SET);
    }
    return checked();
  }

  /** The loop to compare it with. */
  @Benchmark
  public double plainLoop() {
    if (bits == 64) {
      PlainGemm.multiply(form, n, x, y, out);
    } else {
      PlainGemm.multiply(form, n, x32, y32, out32);
    }
    return checked();
  }

  private double checked() {
    double head = bits == 64 ? out[0] : out32[0];
    double tail = bits == 64 ? out[n * n - 1] : out32[n * n - 1];
    if (head != first || tail != last) {
      throw new IllegalStateException(
          "the corners are " + head + " and " + tail + ", not " + first + " and " + last);
    }
    return tail;
  }
}
