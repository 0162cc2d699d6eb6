package org.cotangent.autodiff.kernels;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;
import static org.cotangent.autodiff.kernels.ProductKernels.SUBTRACT;

import java.util.Arrays;

/**
 * The Cholesky decomposition a = l·lᵀ by halves, so that nearly all work is matrix products. Only
 * the lower triangle of the matrix is read.
 */
public final class CholeskyDecomposition {
  private static final int SMALL = 16;

  private CholeskyDecomposition() {}

  /**
   * Replaces the {@code [n, n]} matrix from {@code offset} on by its lower factor, zeros above.
   *
   * @return -1, or the first row whose pivot is not positive, in which case the result is of no use
   */
  public static int decompose(int n, double[] a, int offset) {
    int failed = decompose(n, a, offset, n, 0);
    for (int i = 0; i < n; i++) {
      Arrays.fill(a, offset + i * n + i + 1, offset + (i + 1) * n, 0);
    }
    return failed;
  }

  private static int decompose(int n, double[] a, int at, int row, int first) {
    if (n <= SMALL) {
      return small(n, a, at, row, first);
    }
    int half = TriangularSystem.split(n);
    int rest = n - half;
    int below = at + half * row;
    int failed = decompose(half, a, at, row, first);
    if (failed >= 0) {
      return failed;
    }
    TriangularSystem.solveTransposedFromRight(rest, half, a, at, row, a, below, row);
    subtractSquare(rest, half, a, below, a, below + half, row);
    return decompose(rest, a, below + half, row, first + half);
  }

  /**
   * Takes x·xᵀ, x {@code [n, k]}, from the lower triangle of c; blocks on the diagonal are whole.
   */
  private static void subtractSquare(
      int n, int k, double[] x, int xo, double[] c, int co, int row) {
    if (n <= 6 * SMALL) {
      KERNELS.gemm(n, n, k, x, xo, row, 1, x, xo, 1, row, c, co, row, SUBTRACT);
      return;
    }
    int half = TriangularSystem.split(n);
    int lower = xo + half * row;
    subtractSquare(half, k, x, xo, c, co, row);
    KERNELS.gemm(
        n - half, half, k, x, lower, row, 1, x, xo, 1, row, c, co + half * row, row, SUBTRACT);
    subtractSquare(n - half, k, x, lower, c, co + half * (row + 1), row);
  }

  private static int small(int n, double[] a, int at, int row, int first) {
    for (int i = 0; i < n; i++) {
      int ai = at + i * row;
      for (int j = 0; j <= i; j++) {
        int aj = at + j * row;
        double sum = a[ai + j];
        for (int p = 0; p < j; p++) {
          sum -= a[ai + p] * a[aj + p];
        }
        if (i > j) {
          a[ai + j] = sum / a[aj + j];
        } else if (sum > 0 && sum < Double.POSITIVE_INFINITY) {
          a[ai + j] = Math.sqrt(sum);
        } else {
          return first + i;
        }
      }
    }
    return -1;
  }
}
