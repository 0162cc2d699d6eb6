package org.cotangent.autodiff.kernels;

/** Exchanging the axes of a matrix in plain Java. */
final class Transposition {
  private Transposition() {}

  /**
   * Sets {@code out}, {@code [n, m]}, to the transposed of x, {@code [m, n]}. Row i of x begins at
   * {@code xo + i·xRow}, row j of the result at {@code oo + j·outRow}.
   */
  static void transpose(
      int m, int n, double[] x, int xo, int xRow, double[] out, int oo, int outRow) {
    int i = 0;
    for (; i + 4 <= m; i += 4) { // four rows at a time: each is read in its own order
      int a = xo + i * xRow;
      int b = a + xRow;
      int c = b + xRow;
      int d = c + xRow;
      for (int j = 0, to = oo + i; j < n; j++, to += outRow) {
        out[to] = x[a + j];
        out[to + 1] = x[b + j];
        out[to + 2] = x[c + j];
        out[to + 3] = x[d + j];
      }
    }
    for (; i < m; i++) {
      for (int j = 0; j < n; j++) {
        out[oo + j * outRow + i] = x[xo + i * xRow + j];
      }
    }
  }

  /**
   * Sets {@code out}, {@code [n, m]}, to the transposed of x, {@code [m, n]}. Row i of x begins at
   * {@code xo + i·xRow}, row j of the result at {@code oo + j·outRow}.
   */
  static void transpose(
      int m, int n, float[] x, int xo, int xRow, float[] out, int oo, int outRow) {
    int i = 0;
    for (; i + 4 <= m; i += 4) { // four rows at a time: each is read in its own order
      int a = xo + i * xRow;
      int b = a + xRow;
      int c = b + xRow;
      int d = c + xRow;
      for (int j = 0, to = oo + i; j < n; j++, to += outRow) {
        out[to] = x[a + j];
        out[to + 1] = x[b + j];
        out[to + 2] = x[c + j];
        out[to + 3] = x[d + j];
      }
    }
    for (; i < m; i++) {
      for (int j = 0; j < n; j++) {
        out[oo + j * outRow + i] = x[xo + i * xRow + j];
      }
    }
  }
}
