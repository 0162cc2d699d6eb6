package org.cotangent.autodiff.kernels;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;
import static org.cotangent.autodiff.kernels.ProductKernels.SET;
import static org.cotangent.autodiff.kernels.ProductKernels.SUBTRACT;

/**
 * Householder reflections I - f·u·uᵀ, several of them as one, I - v·t·vᵀ with a triangle t (R.
 * Schreiber and C. Van Loan, SIAM J. Sci. Stat. Comput. 10, 53, 1989), so that applying them is
 * matrix products. The vectors u are kept one after the other: v is {@code [width, rows]}, t {@code
 * [WIDTH, WIDTH]}. Vector j begins with j zeros and a one.
 */
final class BlockReflection {
  /** The most reflections in a block. */
  static final int WIDTH = 32;

  private BlockReflection() {}

  /**
   * Adds reflection j to a triangle: its last column is -factor·t·(vᵀ·u).
   *
   * @param inner the products of u with the vectors before it; overwritten
   */
  static void extend(int j, double factor, double[] inner, double[] t, int to) {
    for (int l = 0; l < j; l++) {
      double sum = 0;
      for (int p = l; p < j; p++) {
        sum += t[to + l * WIDTH + p] * inner[p];
      }
      t[to + l * WIDTH + j] = -factor * sum;
    }
    t[to + j * WIDTH + j] = factor;
  }

  /** Applies the block, or its transpose, to b, {@code [rows, k]} with rows {@code bRow} apart. */
  static void apply(
      boolean transposed,
      int width,
      int rows,
      double[] v,
      double[] t,
      int to,
      double[] b,
      int bo,
      int bRow,
      int k) {
    double[] w = new double[2 * width * k];
    KERNELS.gemm(width, k, rows, v, 0, rows, 1, b, bo, bRow, 1, w, 0, k, SET);
    int tRow = transposed ? 1 : WIDTH;
    int tColumn = transposed ? WIDTH : 1;
    KERNELS.gemm(width, k, width, t, to, tRow, tColumn, w, 0, k, 1, w, width * k, k, SET);
    KERNELS.gemm(rows, k, width, v, 0, 1, rows, w, width * k, k, 1, b, bo, bRow, SUBTRACT);
  }
}
