package org.cotangent.autodiff.kernels;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;
import static org.cotangent.autodiff.kernels.ProductKernels.SUBTRACT;

/**
 * The decomposition p·a = l·u with row exchanges, by halves of the columns (S. Toledo, SIAM J.
 * Matrix Anal. Appl. 18, 1065, 1997), so that nearly all work is matrix products.
 */
public final class LuDecomposition {
  private static final int SMALL = 16;

  private final int n;
  private final double[] a;
  private final int offset;

  /** The row that took the place of row i when column i was eliminated. */
  private final int[] exchanged;

  private int firstZero = -1;
  private boolean odd = false;

  /**
   * Decomposes the {@code [n, n]} matrix from {@code offset} on, which is overwritten with l and u.
   */
  public LuDecomposition(int n, double[] a, int offset) {
    this.n = n;
    this.a = a;
    this.offset = offset;
    this.exchanged = new int[n];
    decompose(0, n);
  }

  /** Returns the first column without a pivot: the matrix is singular; -1 if it is not. */
  public int singularColumn() {
    return firstZero;
  }

  /** Returns the sign of the determinant: -1, 0 or 1. */
  public int sign() {
    if (firstZero >= 0) {
      return 0;
    }
    boolean negative = odd;
    for (int i = 0; i < n; i++) {
      negative ^= a[offset + i * n + i] < 0;
    }
    return negative ? -1 : 1;
  }

  /** Returns the determinant. */
  public double determinant() {
    double product = odd ? -1 : 1;
    for (int i = 0; i < n; i++) {
      product *= a[offset + i * n + i];
    }
    return product;
  }

  /** Returns log |determinant|; -∞ for a singular matrix. */
  public double logAbsDeterminant() {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.log(Math.abs(a[offset + i * n + i]));
    }
    return sum;
  }

  /** Replaces b, {@code [n, k]} from {@code bo} on, by a⁻¹·b. */
  public void solve(int k, double[] b, int bo) {
    for (int i = 0; i < n; i++) {
      swap(b, bo + i * k, bo + exchanged[i] * k, k);
    }
    TriangularSystem.solve(false, true, n, k, a, offset, n, 1, b, bo, k);
    TriangularSystem.solve(true, false, n, k, a, offset, n, 1, b, bo, k);
  }

  /** Replaces b, {@code [n, k]} from {@code bo} on, by a⁻ᵀ·b. */
  public void solveTransposed(int k, double[] b, int bo) {
    TriangularSystem.solve(false, false, n, k, a, offset, 1, n, b, bo, k);
    TriangularSystem.solve(true, true, n, k, a, offset, 1, n, b, bo, k);
    for (int i = n - 1; i >= 0; i--) {
      swap(b, bo + i * k, bo + exchanged[i] * k, k);
    }
  }

  /** Eliminates below the diagonal in columns c to c+width-1. */
  private void decompose(int c, int width) {
    if (width <= SMALL) {
      small(c, width);
      return;
    }
    int half = TriangularSystem.split(width);
    int right = c + half;
    int rest = width - half;
    decompose(c, half);
    int top = offset + c * n + right;
    TriangularSystem.solve(false, true, half, rest, a, offset + c * n + c, n, 1, a, top, n);
    KERNELS.gemm(
        n - right,
        rest,
        half,
        a,
        offset + right * n + c,
        n,
        1,
        a,
        top,
        n,
        1,
        a,
        offset + right * n + right,
        n,
        SUBTRACT);
    decompose(right, rest);
  }

  private void small(int c, int width) {
    for (int j = c; j < c + width; j++) {
      int pivot = j;
      for (int i = j + 1; i < n; i++) {
        if (Math.abs(a[offset + i * n + j]) > Math.abs(a[offset + pivot * n + j])) {
          pivot = i;
        }
      }
      exchanged[j] = pivot;
      if (pivot != j) {
        swap(a, offset + j * n, offset + pivot * n, n);
        odd = !odd;
      }
      double value = a[offset + j * n + j];
      if (value == 0) {
        firstZero = firstZero < 0 ? j : firstZero;
        continue;
      }
      int row = offset + j * n;
      for (int i = j + 1; i < n; i++) {
        int at = offset + i * n;
        double factor = a[at + j] / value;
        a[at + j] = factor;
        for (int p = j + 1; p < c + width; p++) {
          a[at + p] -= factor * a[row + p];
        }
      }
    }
  }

  private static void swap(double[] b, int x, int y, int count) {
    if (x == y) {
      return;
    }
    for (int p = 0; p < count; p++) {
      double kept = b[x + p];
      b[x + p] = b[y + p];
      b[y + p] = kept;
    }
  }
}
