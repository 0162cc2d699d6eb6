package org.cotangent.autodiff.kernels;

import java.util.Arrays;

/**
 * Plain Java kernels: they work on every Java platform, and are what the others are tested against.
 */
class ScalarKernels extends ScalarReduction implements Kernels {
  @Override
  public void gemm(
      int m,
      int n,
      int k,
      double[] x,
      int xo,
      int xRow,
      int xColumn,
      double[] y,
      int yo,
      int yRow,
      int yColumn,
      double[] out,
      int oo,
      int outRow,
      int mode) {
    for (int i = 0; i < m; i++) {
      int row = oo + i * outRow;
      if (mode == SET) {
        Arrays.fill(out, row, row + n, 0);
      }
      if (yColumn != 1) {
        for (int j = 0; j < n; j++) {
          double sum = 0;
          for (int p = 0; p < k; p++) {
            sum += x[xo + i * xRow + p * xColumn] * y[yo + p * yRow + j * yColumn];
          }
          out[row + j] += mode == SUBTRACT ? -sum : sum;
        }
        continue;
      }
      // The innermost loop runs along rows of y and out, so that the compiler vectorises it.
      for (int p = 0; p < k; p++) {
        double a = x[xo + i * xRow + p * xColumn];
        a = mode == SUBTRACT ? -a : a;
        for (int j = 0; j < n; j++) {
          out[row + j] += a * y[yo + p * yRow + j];
        }
      }
    }
  }

  @Override
  public void gemm(
      int m,
      int n,
      int k,
      float[] x,
      int xo,
      int xRow,
      int xColumn,
      float[] y,
      int yo,
      int yRow,
      int yColumn,
      float[] out,
      int oo,
      int outRow,
      int mode) {
    for (int i = 0; i < m; i++) {
      int row = oo + i * outRow;
      if (mode == SET) {
        Arrays.fill(out, row, row + n, 0);
      }
      if (yColumn != 1) {
        for (int j = 0; j < n; j++) {
          float sum = 0;
          for (int p = 0; p < k; p++) {
            sum += x[xo + i * xRow + p * xColumn] * y[yo + p * yRow + j * yColumn];
          }
          out[row + j] += mode == SUBTRACT ? -sum : sum;
        }
        continue;
      }
      // The innermost loop runs along rows of y and out, so that the compiler vectorises it.
      for (int p = 0; p < k; p++) {
        float a = x[xo + i * xRow + p * xColumn];
        a = mode == SUBTRACT ? -a : a;
        for (int j = 0; j < n; j++) {
          out[row + j] += a * y[yo + p * yRow + j];
        }
      }
    }
  }

  @Override
  public void transpose(int m, int n, double[] x, int xo, double[] out) {
    Transposition.transpose(m, n, x, xo, n, out, 0, m);
  }

  @Override
  public void transpose(int m, int n, float[] x, int xo, float[] out) {
    Transposition.transpose(m, n, x, xo, n, out, 0, m);
  }

  @Override
  public void rotateRows(
      int first, int last, int n, double[] rows, double[] cosines, double[] sines) {
    for (int i = last - 1; i >= first; i--) {
      double c = cosines[i];
      double s = sines[i];
      for (int at = i * n; at < (i + 1) * n; at++) {
        double upper = rows[at];
        double lower = rows[at + n];
        rows[at] = c * upper - s * lower;
        rows[at + n] = s * upper + c * lower;
      }
    }
  }

  @Override
  public String description() {
    return "plain Java";
  }
}
