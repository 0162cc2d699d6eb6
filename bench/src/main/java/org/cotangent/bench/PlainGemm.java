package org.cotangent.bench;

/**
 * Matrix products as one writes them down, the reference that kernels are measured beside: three
 * loops, in the order in which the innermost one runs through memory without jumps. All matrices
 * are {@code [n, n]}.
 */
final class PlainGemm {
  private PlainGemm() {}

  static void multiply(GemmBenchmark.Form form, int n, double[] x, double[] y, double[] out) {
    for (int i = 0; i < n; i++) {
      if (form.transposeY) {
        for (int j = 0; j < n; j++) {
          double sum = 0;
          for (int p = 0; p < n; p++) {
            sum += x[form.transposeX ? p * n + i : i * n + p] * y[j * n + p];
          }
          out[i * n + j] = sum;
        }
      } else {
        for (int j = 0; j < n; j++) {
          out[i * n + j] = 0;
        }
        for (int p = 0; p < n; p++) {
          double factor = form.transposeX ? x[p * n + i] : x[i * n + p];
          for (int j = 0; j < n; j++) {
            out[i * n + j] += factor * y[p * n + j];
          }
        }
      }
    }
  }

  static void multiply(GemmBenchmark.Form form, int n, float[] x, float[] y, float[] out) {
    for (int i = 0; i < n; i++) {
      if (form.transposeY) {
        for (int j = 0; j < n; j++) {
          float sum = 0;
          for (int p = 0; p < n; p++) {
            sum += x[form.transposeX ? p * n + i : i * n + p] * y[j * n + p];
          }
          out[i * n + j] = sum;
        }
      } else {
        for (int j = 0; j < n; j++) {
          out[i * n + j] = 0;
        }
        for (int p = 0; p < n; p++) {
          float factor = form.transposeX ? x[p * n + i] : x[i * n + p];
          for (int j = 0; j < n; j++) {
            out[i * n + j] += factor * y[p * n + j];
          }
        }
      }
    }
  }
}
