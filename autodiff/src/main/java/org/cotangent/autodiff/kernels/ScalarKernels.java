package org.cotangent.autodiff.kernels;

/**
 * Plain Java kernels: they work on every Java platform, and are what the others are tested against.
 */
class ScalarKernels extends ScalarReduction implements Kernels {
  @Override
  public void gemm(
      boolean transposeX,
      boolean transposeY,
      int m,
      int n,
      int k,
      double[] x,
      int xo,
      double[] y,
      int yo,
      double[] out,
      int oo) {
    int xRow = transposeX ? 1 : k;
    int xColumn = transposeX ? m : 1;
    for (int i = 0; i < m; i++) {
      int row = oo + i * n;
      if (transposeY) {
        for (int j = 0; j < n; j++) {
          double sum = 0;
          for (int p = 0; p < k; p++) {
            sum += x[xo + i * xRow + p * xColumn] * y[yo + j * k + p];
          }
          out[row + j] = sum;
        }
        continue;
      }
      // The innermost loop runs along rows of y and out, so that the compiler vectorises it.
      java.util.Arrays.fill(out, row, row + n, 0);
      for (int p = 0; p < k; p++) {
        double a = x[xo + i * xRow + p * xColumn];
        for (int j = 0; j < n; j++) {
          out[row + j] += a * y[yo + p * n + j];
        }
      }
    }
  }

  @Override
  public void gemm(
      boolean transposeX,
      boolean transposeY,
      int m,
      int n,
      int k,
      float[] x,
      int xo,
      float[] y,
      int yo,
      float[] out,
      int oo) {
    int xRow = transposeX ? 1 : k;
    int xColumn = transposeX ? m : 1;
    for (int i = 0; i < m; i++) {
      int row = oo + i * n;
      if (transposeY) {
        for (int j = 0; j < n; j++) {
          float sum = 0;
          for (int p = 0; p < k; p++) {
            sum += x[xo + i * xRow + p * xColumn] * y[yo + j * k + p];
          }
          out[row + j] = sum;
        }
        continue;
      }
      // The innermost loop runs along rows of y and out, so that the compiler vectorises it.
      java.util.Arrays.fill(out, row, row + n, 0);
      for (int p = 0; p < k; p++) {
        float a = x[xo + i * xRow + p * xColumn];
        for (int j = 0; j < n; j++) {
          out[row + j] += a * y[yo + p * n + j];
        }
      }
    }
  }

  @Override
  public String description() {
    return "plain Java";
  }
}
