package org.cotangent.autodiff.kernels;

/** Exchanging the axes of a matrix; plain Java, because all the work is in reading and writing. */
final class Transposition {
  private Transposition() {}

  /**
   * Sets {@code out}, {@code [n, m]}, to the transposed of x, {@code [m, n]} from {@code xo} on.
   */
  static void transpose(int m, int n, double[] x, int xo, double[] out) {
    int i = 0;
    for (; i + 4 <= m; i += 4) { // four rows at a time: each is read in its own order
      int a = xo + i * n;
      int b = a + n;
      int c = b + n;
      int d = c + n;
      for (int j = 0, to = i; j < n; j++, to += m) {
        out[to] = x[a + j];
        out[to + 1] = x[b + j];
        out[to + 2] = x[c + j];
        out[to + 3] = x[d + j];
      }
    }
    for (; i < m; i++) {
      for (int j = 0; j < n; j++) {
        out[j * m + i] = x[xo + i * n + j];
      }
    }
  }

  /**
   * Sets {@code out}, {@code [n, m]}, to the transposed of x, {@code [m, n]} from {@code xo} on.
   */
  static void transpose(int m, int n, float[] x, int xo, float[] out) {
    int i = 0;
    for (; i + 4 <= m; i += 4) { // four rows at a time: each is read in its own order
      int a = xo + i * n;
      int b = a + n;
      int c = b + n;
      int d = c + n;
      for (int j = 0, to = i; j < n; j++, to += m) {
        out[to] = x[a + j];
        out[to + 1] = x[b + j];
        out[to + 2] = x[c + j];
        out[to + 3] = x[d + j];
      }
    }
    for (; i < m; i++) {
      for (int j = 0; j < n; j++) {
        out[j * m + i] = x[xo + i * n + j];
      }
    }
  }
}
