package org.cotangent.autodiff.kernels;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;
import static org.cotangent.autodiff.kernels.ProductKernels.SET;
import static org.cotangent.autodiff.kernels.ProductKernels.SUBTRACT;

import java.util.Arrays;

/**
 * The decomposition a = q·r of an {@code [m, n]} matrix, m ≥ n, by Householder reflections.
 * Reflections are gathered in blocks I - v·t·vᵀ (R. Schreiber and C. Van Loan, SIAM J. Sci. Stat.
 * Comput. 10, 53, 1989), so that nearly all work is matrix products. Within a block the columns are
 * kept one after the other, because reflections work on columns. The diagonal of r is not negative.
 */
public final class QrDecomposition {
  private final int m;
  private final int n;

  /** r in and above the diagonal, reflections below it. */
  private final double[] a;

  /** For each block the triangle t, {@code [BlockReflection.WIDTH, BlockReflection.WIDTH]}. */
  private final double[] triangles;

  /** Decomposes the {@code [m, n]} matrix at the start of {@code a}, which is overwritten. */
  public QrDecomposition(int m, int n, double[] a) {
    this.m = m;
    this.n = n;
    this.a = a;
    this.triangles =
        new double
            [(n + BlockReflection.WIDTH - 1)
                / BlockReflection.WIDTH
                * BlockReflection.WIDTH
                * BlockReflection.WIDTH];
    double[] v = new double[BlockReflection.WIDTH * m];
    for (int c = 0; c < n; c += BlockReflection.WIDTH) {
      int width = Math.min(BlockReflection.WIDTH, n - c);
      int rows = m - c;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < width; j++) {
          v[j * rows + i] = a[(c + i) * n + c + j];
        }
      }
      panel(c, width, rows, v);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < width; j++) {
          a[(c + i) * n + c + j] = v[j * rows + i];
        }
      }
      if (c + width < n) {
        unitLower(width, rows, v);
        BlockReflection.apply(
            true,
            width,
            rows,
            v,
            triangles,
            c * BlockReflection.WIDTH,
            a,
            c * n + c + width,
            n,
            n - c - width);
      }
    }
  }

  /**
   * Makes the reflections of one block of columns, {@code [width, rows]} in v, and its triangle.
   */
  private void panel(int c, int width, int rows, double[] v) {
    int t = c * BlockReflection.WIDTH;
    double[] w = new double[BlockReflection.WIDTH];
    for (int j = 0; j < width; j++) {
      int at = j * rows + j;
      int below = rows - j - 1;
      double head = v[at];
      double scale = Math.abs(head);
      for (int i = 1; i <= below; i++) {
        scale = Math.max(scale, Math.abs(v[at + i]));
      }
      double factor = 0;
      if (scale > 0) { // scaled, so that squares neither overflow nor vanish
        double inverse = 1 / scale;
        for (int i = 0; i <= below; i++) {
          v[at + i] *= inverse;
        }
        double tail = KERNELS.dot(v, at + 1, v, at + 1, below);
        double norm = Math.sqrt(v[at] * v[at] + tail);
        // x₁ - |x| without cancellation (Golub and Van Loan, Matrix Computations, algorithm 5.1.1)
        double first = v[at] <= 0 ? v[at] - norm : -tail / (v[at] + norm);
        if (first != 0) {
          factor = 2 * first * first / (tail + first * first);
          for (int i = 1; i <= below; i++) {
            v[at + i] /= first;
          }
        }
        v[at] = norm * scale;
      }
      // The products of this vector with all columns, of which its first element, 1, is not kept.
      KERNELS.gemm(1, width, below, v, at + 1, rows, 1, v, j + 1, 1, rows, w, 0, width, SET);
      for (int l = 0; l < width; l++) {
        w[l] += v[l * rows + j];
      }
      for (int l = j + 1; l < width; l++) { // reflect the columns to the right
        w[l] *= factor;
        v[l * rows + j] -= w[l];
      }
      int right = at + rows + 1;
      KERNELS.gemm(
          width - j - 1, below, 1, w, j + 1, 1, 1, v, at + 1, rows, 1, v, right, rows, SUBTRACT);
      BlockReflection.extend(j, factor, w, triangles, t);
    }
  }

  /**
   * Replaces what is in and above the diagonal of a block of reflections by the unit triangle's.
   */
  private static void unitLower(int width, int rows, double[] v) {
    for (int j = 0; j < width; j++) {
      Arrays.fill(v, j * rows, j * rows + j, 0);
      v[j * rows + j] = 1;
    }
  }

  private void reflect(boolean transposed, int c, double[] v, double[] b, int k) {
    int width = Math.min(BlockReflection.WIDTH, n - c);
    int rows = m - c;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        v[j * rows + i] = a[(c + i) * n + c + j];
      }
    }
    unitLower(width, rows, v);
    BlockReflection.apply(
        transposed, width, rows, v, triangles, c * BlockReflection.WIDTH, b, c * k, k, k);
  }

  /**
   * Replaces b, {@code [m, k]}, by qᵀ·b, q being complete; its first n rows are those of the thin
   * q.
   */
  public void multiplyTransposed(double[] b, int k) {
    double[] v = new double[BlockReflection.WIDTH * m];
    for (int c = 0; c < n; c += BlockReflection.WIDTH) {
      reflect(true, c, v, b, k);
    }
  }

  /** Writes the thin q, {@code [m, n]}, to the start of {@code out}. */
  public void q(double[] out) {
    Arrays.fill(out, 0, m * n, 0);
    for (int i = 0; i < n; i++) {
      out[i * n + i] = 1;
    }
    double[] v = new double[BlockReflection.WIDTH * m];
    for (int c = (n - 1) / BlockReflection.WIDTH * BlockReflection.WIDTH;
        c >= 0;
        c -= BlockReflection.WIDTH) {
      reflect(false, c, v, out, n);
    }
  }

  /** Writes r, {@code [n, n]}, from {@code at} on, zeros below the diagonal. */
  public void r(double[] out, int at) {
    for (int i = 0; i < n; i++) {
      Arrays.fill(out, at + i * n, at + i * n + i, 0);
      System.arraycopy(a, i * n + i, out, at + i * n + i, n - i);
    }
  }

  /**
   * Returns the column on whose diagonal r vanishes against its largest element; -1 if there is
   * none.
   */
  public int dependentColumn() {
    double largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, Math.abs(a[i * n + i]));
    }
    for (int i = 0; i < n; i++) {
      if (!(Math.abs(a[i * n + i]) > largest * m * 0x1p-53)) {
        return i;
      }
    }
    return -1;
  }

  /** Writes the x, {@code [n, k]}, with the least |a·x - b| to the start of b, {@code [m, k]}. */
  public void leastSquares(double[] b, int k) {
    multiplyTransposed(b, k);
    TriangularSystem.solve(true, false, n, k, a, 0, n, 1, b, 0, k);
  }
}
