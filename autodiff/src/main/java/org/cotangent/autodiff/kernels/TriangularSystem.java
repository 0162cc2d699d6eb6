package org.cotangent.autodiff.kernels;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;
import static org.cotangent.autodiff.kernels.ProductKernels.SUBTRACT;

/**
 * Systems with a triangular matrix, by halves: one half of the unknowns is solved for, its part of
 * the other half's equations is taken away by a matrix product, and so on down to blocks of a few
 * rows. Element (i, j) of the triangle t is at {@code to + i·row + j·column}; that is a transposed
 * matrix when the strides are exchanged. Only the named triangle is read.
 */
public final class TriangularSystem {
  private static final int SMALL = 16;

  /** Rows of fewer elements are not worth a call of the matrix product. */
  private static final int NARROW = 8;

  private TriangularSystem() {}

  /** Replaces b, {@code [n, k]} with rows {@code bRow} apart, by t⁻¹·b. */
  public static void solve(
      boolean upper,
      boolean unit,
      int n,
      int k,
      double[] t,
      int to,
      int row,
      int column,
      double[] b,
      int bo,
      int bRow) {
    if (n <= SMALL) {
      small(upper, unit, n, k, t, to, row, column, b, bo, bRow);
      return;
    }
    int half = split(n);
    int rest = n - half;
    int second = to + half * (row + column);
    if (upper) {
      solve(true, unit, rest, k, t, second, row, column, b, bo + half * bRow, bRow);
      KERNELS.gemm(
          half,
          k,
          rest,
          t,
          to + half * column,
          row,
          column,
          b,
          bo + half * bRow,
          bRow,
          1,
          b,
          bo,
          bRow,
          SUBTRACT);
      solve(true, unit, half, k, t, to, row, column, b, bo, bRow);
    } else {
      solve(false, unit, half, k, t, to, row, column, b, bo, bRow);
      KERNELS.gemm(
          rest,
          k,
          half,
          t,
          to + half * row,
          row,
          column,
          b,
          bo,
          bRow,
          1,
          b,
          bo + half * bRow,
          bRow,
          SUBTRACT);
      solve(false, unit, rest, k, t, second, row, column, b, bo + half * bRow, bRow);
    }
  }

  /** Half of n, as a multiple of the small block where there are several. */
  static int split(int n) {
    return n < 2 * SMALL ? n / 2 : n / 2 / SMALL * SMALL;
  }

  private static void small(
      boolean upper,
      boolean unit,
      int n,
      int k,
      double[] t,
      int to,
      int row,
      int column,
      double[] b,
      int bo,
      int bRow) {
    for (int step = 0; step < n; step++) {
      int i = upper ? n - 1 - step : step;
      int known = upper ? i + 1 : 0; // the first of the rows that are solved for
      int at = bo + i * bRow;
      if (k < NARROW) {
        for (int j = known; j < known + step; j++) {
          double factor = t[to + i * row + j * column];
          int from = bo + j * bRow;
          for (int c = 0; c < k; c++) {
            b[at + c] -= factor * b[from + c];
          }
        }
      } else {
        KERNELS.gemm(
            1,
            k,
            step,
            t,
            to + i * row + known * column,
            row,
            column,
            b,
            bo + known * bRow,
            bRow,
            1,
            b,
            at,
            bRow,
            SUBTRACT);
      }
      if (!unit) {
        double pivot = t[to + i * row + i * column];
        for (int c = 0; c < k; c++) {
          b[at + c] /= pivot;
        }
      }
    }
  }

  /** Replaces b, {@code [m, n]} with rows {@code bRow} apart, by b·l⁻ᵀ for a lower triangle l. */
  public static void solveTransposedFromRight(
      int m, int n, double[] l, int lo, int lRow, double[] b, int bo, int bRow) {
    if (n > SMALL) {
      int half = split(n);
      solveTransposedFromRight(m, half, l, lo, lRow, b, bo, bRow);
      KERNELS.gemm(
          m,
          n - half,
          half,
          b,
          bo,
          bRow,
          1,
          l,
          lo + half * lRow,
          1,
          lRow,
          b,
          bo + half,
          bRow,
          SUBTRACT);
      solveTransposedFromRight(m, n - half, l, lo + half * (lRow + 1), lRow, b, bo + half, bRow);
      return;
    }
    // As l⁻¹·bᵀ, where rows are long; a few elements more keep them from pushing each other out of
    // the cache.
    int room = m + 8;
    double[] columns = new double[n * room];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        columns[j * room + i] = b[bo + i * bRow + j];
      }
    }
    small(false, false, n, m, l, lo, lRow, 1, columns, 0, room);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        b[bo + i * bRow + j] = columns[j * room + i];
      }
    }
  }
}
