package org.cotangent.autodiff.kernels;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;
import static org.cotangent.autodiff.kernels.ProductKernels.SUBTRACT;

/**
 * The decomposition p·a = l·u with row exchanges, by halves of the columns (S. Toledo, SIAM J.
 * Matrix Anal. Appl. 18, 1065, 1997), so that nearly all work is matrix products.
 */
public final class LuDecomposition {
  private static final int SMALL = 16;

  /** Columns of so many elements are not worth a call of the matrix product. */
  private static final int SHORT = 48;

  private final int n;
  private final double[] a;
  private final int offset;

  /** The row that took the place of row i when column i was eliminated. */
  private final int[] exchanged;

  /** Room for the columns in which elimination is under way. */
  private final double[] columns;

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
    this.columns = new double[Math.min(n, SMALL) * n];
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

  /**
   * Eliminates in few columns. They are copied to lie one after the other, because pivots are
   * sought in columns.
   */
  private void small(int c, int width) {
    int rows = n - c;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        columns[j * rows + i] = a[offset + (c + i) * n + c + j];
      }
    }
    for (int j = 0; j < width; j++) {
      int first = j * rows;
      int pivot = j;
      double largest = Math.abs(columns[first + j]);
      for (int i = j + 1; i < rows; i++) {
        double size = Math.abs(columns[first + i]);
        if (size > largest) {
          largest = size;
          pivot = i;
        }
      }
      exchanged[c + j] = c + pivot;
      if (pivot != j) {
        swap(a, offset + (c + j) * n, offset + (c + pivot) * n, n);
        for (int l = 0; l < width; l++) {
          swap(columns, l * rows + j, l * rows + pivot, 1);
        }
        odd = !odd;
      }
      double value = columns[first + j];
      if (value == 0) {
        firstZero = firstZero < 0 ? c + j : firstZero;
        continue;
      }
      for (int i = first + j + 1; i < first + rows; i++) {
        columns[i] /= value;
      }
      subtractOuter(width - j - 1, rows - j - 1, first + j, rows);
    }
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        a[offset + (c + i) * n + c + j] = columns[j * rows + i];
      }
    }
  }

  /** Takes the multiples of one column, below its pivot at {@code at}, from those behind it. */
  private void subtractOuter(int count, int below, int at, int rows) {
    if (below > SHORT) {
      int next = at + rows;
      KERNELS.gemm(
          count, below, 1, columns, next, rows, 1, columns, at + 1, rows, 1, columns, next + 1,
          rows, SUBTRACT);
      return;
    }
    for (int next = at + rows; count > 0; next += rows, count--) {
      double factor = columns[next];
      for (int i = 1; i <= below; i++) {
        columns[next + i] -= factor * columns[at + i];
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
