package org.cotangent.autodiff.kernels;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;
import static org.cotangent.autodiff.kernels.ProductKernels.SET;
import static org.cotangent.autodiff.kernels.ProductKernels.SUBTRACT;

import java.util.Arrays;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: reflections make it tridiagonal, and the
 * implicit QL iteration with Wilkinson's shift makes that diagonal (Golub and Van Loan, Matrix
 * Computations, section 8.3; A. Dubrulle, R. Martin and J. Wilkinson, Numer. Math. 12, 377, 1968).
 * The rotations of one sweep are applied to the vectors together. The values are the same bits
 * whether vectors are asked for or not.
 */
public final class SymmetricEigenDecomposition {
  /** What is next to the diagonal counts as 0 below this; elements are scaled to about 1. */
  private static final double TINY = 0x1p-500;

  private static final int MOST_SWEEPS = 60;

  private final int n;

  /** The diagonal, in the end the eigenvalues, scaled by a power of two. */
  private final double[] diagonal;

  /** Element i stands beside and below element i of the diagonal. */
  private final double[] beside;

  /** The vectors as rows; empty if they are not asked for. */
  private final double[] vectors;

  private final double[] cosines;
  private final double[] sines;
  private final int[] order;
  private final double scale;
  private final boolean converged;

  /**
   * Decomposes the {@code [n, n]} matrix from {@code offset} on, which is overwritten and whose
   * elements must be finite.
   */
  public SymmetricEigenDecomposition(int n, double[] a, int offset, boolean withVectors) {
    this.n = n;
    this.diagonal = new double[n];
    this.beside = new double[n];
    this.cosines = new double[n];
    this.sines = new double[n];
    double largest = 0;
    for (int k = offset; k < offset + n * n; k++) {
      largest = Math.max(largest, Math.abs(a[k]));
    }
    this.scale = Math.scalb(1.0, Math.getExponent(largest));
    double inverse = Math.scalb(1.0, -Math.getExponent(largest));
    for (int k = offset; k < offset + n * n; k++) {
      a[k] *= inverse;
    }
    double[] factors = new double[n];
    tridiagonalise(a, offset, factors);
    this.vectors = withVectors ? reflections(a, offset, factors) : new double[0];
    this.converged = diagonalise();
    this.order = ascending();
  }

  /** Returns whether the iteration has converged; if not, the result is of no use. */
  public boolean converged() {
    return converged;
  }

  /** Writes the eigenvalues, ascending, from {@code at} on. */
  public void values(double[] out, int at) {
    for (int j = 0; j < n; j++) {
      out[at + j] = scale * diagonal[order[j]];
    }
  }

  /** Writes the eigenvectors as columns of an {@code [n, n]} matrix from {@code at} on. */
  public void vectors(double[] out, int at) {
    for (int j = 0; j < n; j++) {
      int from = order[j] * n;
      for (int i = 0; i < n; i++) {
        out[at + i * n + j] = vectors[from + i];
      }
    }
  }

  /** Row k of the matrix becomes the vector of reflection k, behind the diagonal. */
  private void tridiagonalise(double[] a, int offset, double[] factors) {
    double[] v = new double[3 * n]; // v, w and v again: (v, w)·(w, v)ᵀ is what a step takes away
    for (int k = 0; k < n - 2; k++) {
      int r = n - k - 1;
      int row = offset + k * n + k + 1;
      int rest = row + n;
      diagonal[k] = a[row - 1];
      double head = a[row];
      double tail = KERNELS.dot(a, row + 1, a, row + 1, r - 1);
      a[row] = 1;
      if (tail == 0) {
        beside[k] = head;
        Arrays.fill(a, row + 1, row + r, 0);
        continue;
      }
      double norm = Math.sqrt(head * head + tail);
      double moved = head >= 0 ? -norm : norm;
      double factor = (moved - head) / moved;
      beside[k] = moved;
      factors[k] = factor;
      for (int i = 1; i < r; i++) {
        a[row + i] /= head - moved;
      }
      System.arraycopy(a, row, v, 0, r);
      System.arraycopy(a, row, v, 2 * r, r);
      KERNELS.gemm(1, r, r, v, 0, r, 1, a, rest, n, 1, v, r, r, SET);
      double half = 0.5 * factor * factor * KERNELS.dot(v, 0, v, r, r);
      for (int i = 0; i < r; i++) {
        v[r + i] = factor * v[r + i] - half * v[i];
      }
      KERNELS.gemm(r, r, 2, v, 0, 1, r, v, r, r, 1, a, rest, n, SUBTRACT);
    }
    for (int k = Math.max(0, n - 2); k < n; k++) {
      int at = offset + k * n + k;
      diagonal[k] = a[at];
      beside[k] = k + 1 < n ? a[at + 1] : 0;
    }
  }

  /** Returns the transposed product of the reflections. */
  private double[] reflections(double[] a, int offset, double[] factors) {
    double[] q = new double[n * n];
    for (int i = 0; i < n; i++) {
      q[i * n + i] = 1;
    }
    int width = BlockReflection.WIDTH;
    double[] v = new double[Math.min(n, width) * n];
    double[] t = new double[width * width];
    double[] inner = new double[width];
    for (int c = n < 3 ? -1 : (n - 3) / width * width; c >= 0; c -= width) {
      int count = Math.min(width, n - 2 - c);
      int rows = n - c - 1;
      for (int j = 0; j < count; j++) {
        int at = j * rows;
        Arrays.fill(v, at, at + j, 0);
        System.arraycopy(a, offset + (c + j) * n + c + j + 1, v, at + j, rows - j);
        for (int l = 0; l < j; l++) {
          inner[l] = KERNELS.dot(v, l * rows + j, v, at + j, rows - j);
        }
        BlockReflection.extend(j, factors[c + j], inner, t, 0);
      }
      BlockReflection.apply(false, count, rows, v, t, 0, q, (c + 1) * (n + 1), n, rows);
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double kept = q[i * n + j];
        q[i * n + j] = q[j * n + i];
        q[j * n + i] = kept;
      }
    }
    return q;
  }

  private boolean diagonalise() {
    for (int first = 0; first < n; first++) {
      for (int sweep = 0; ; sweep++) {
        int last = first;
        while (last < n - 1 && !vanishes(last)) {
          last++;
        }
        if (last == first) {
          break;
        }
        if (sweep == MOST_SWEEPS) {
          return false;
        }
        sweep(first, last);
      }
    }
    return true;
  }

  private boolean vanishes(int i) {
    double neighbors = Math.abs(diagonal[i]) + Math.abs(diagonal[i + 1]);
    return Math.abs(beside[i]) <= 0x1p-53 * neighbors + TINY;
  }

  /** One QL step on the rows from first to last, which do not fall apart. */
  private void sweep(int first, int last) {
    double shift = (diagonal[first + 1] - diagonal[first]) / (2 * beside[first]);
    double root = Math.hypot(shift, 1);
    double g =
        diagonal[last] - diagonal[first] + beside[first] / (shift + (shift >= 0 ? root : -root));
    double sine = 1;
    double cosine = 1;
    double moved = 0;
    int i = last - 1;
    for (; i >= first; i--) {
      double f = sine * beside[i];
      double b = cosine * beside[i];
      double r = Math.sqrt(f * f + g * g);
      beside[i + 1] = r;
      if (r == 0) {
        break;
      }
      sine = f / r;
      cosine = g / r;
      g = diagonal[i + 1] - moved;
      double s = (diagonal[i] - g) * sine + 2 * cosine * b;
      moved = sine * s;
      diagonal[i + 1] = g + moved;
      g = cosine * s - b;
      cosines[i] = cosine;
      sines[i] = sine;
    }
    if (i < first) {
      diagonal[first] -= moved;
      beside[first] = g;
    } else { // the matrix falls apart here
      diagonal[i + 1] -= moved;
    }
    beside[last] = 0;
    if (vectors.length > 0) {
      KERNELS.rotateRows(i + 1, last, n, vectors, cosines, sines);
    }
  }

  private int[] ascending() {
    int[] positions = new int[n];
    for (int i = 0; i < n; i++) { // by insertion, beginning with the order found
      int at = i;
      while (at > 0 && diagonal[positions[at - 1]] > diagonal[i]) {
        positions[at] = positions[at - 1];
        at--;
      }
      positions[at] = i;
    }
    return positions;
  }
}
