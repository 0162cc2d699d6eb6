package org.cotangent.autodiff.kernels;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products that are cut into blocks and shared among threads, with whole numbers, so exactly. */
class LargeProductTest {
  @ParameterizedTest
  @CsvSource({
    "5, 1000, 600",
    "300, 9, 700",
    "200, 200, 300",
    "77, 130, 513",
    "260, 1100, 300",
    "1, 500, 600",
    "500, 1, 600",
    "300, 5, 600",
    "450, 777, 257"
  })
  void everyElementIsTheSumOfItsProducts(int m, int n, int k) {
    SplittableRandom random = new SplittableRandom(m + n + k);
    double[] x = random.ints((long) m * k, -4, 5).asDoubleStream().toArray();
    double[] y = random.ints((long) k * n, -4, 5).asDoubleStream().toArray();
    float[] xSingle = single(x);
    float[] ySingle = single(y);
    for (int form = 0; form < 4; form++) {
      int xRow = form > 1 ? 1 : k;
      int xColumn = form > 1 ? m : 1;
      int yRow = form % 2 == 1 ? 1 : n;
      int yColumn = form % 2 == 1 ? k : 1;
      double[] out = new double[m * n];
      float[] outSingle = new float[m * n];
      KERNELS.gemm(m, n, k, x, 0, xRow, xColumn, y, 0, yRow, yColumn, out, 0, n, 0);
      KERNELS.gemm(
          m, n, k, xSingle, 0, xRow, xColumn, ySingle, 0, yRow, yColumn, outSingle, 0, n, 0);
      for (int check = 0; check < 2000; check++) {
        int i = check == 0 ? m - 1 : random.nextInt(m);
        int j = check == 0 ? n - 1 : random.nextInt(n);
        double sum = 0;
        for (int p = 0; p < k; p++) {
          sum += x[i * xRow + p * xColumn] * y[p * yRow + j * yColumn];
        }
        assertEquals(sum, out[i * n + j]);
        assertEquals(sum, outSingle[i * n + j]);
      }
    }
  }

  private static float[] single(double[] x) {
    float[] out = new float[x.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) x[i];
    }
    return out;
  }

  @ParameterizedTest
  @CsvSource({"600, 900, 300", "1000, 450, 257"})
  void theNumberOfThreadsDoesNotChangeABit(int m, int n, int k) {
    SplittableRandom random = new SplittableRandom(3);
    double[] x = random.doubles((long) m * k).toArray();
    double[] y = random.doubles((long) k * n).toArray();
    assertArrayEquals(product(1, m, n, k, x, y), product(3, m, n, k, x, y));
  }

  private static double[] product(int threads, int m, int n, int k, double[] x, double[] y) {
    double[] out = new double[m * n];
    try (ForkJoinPool pool = new ForkJoinPool(threads)) { // in which parallel streams then run
      pool.submit(() -> KERNELS.gemm(m, n, k, x, 0, k, 1, y, 0, n, 1, out, 0, n, 0)).join();
    }
    return out;
  }
}
