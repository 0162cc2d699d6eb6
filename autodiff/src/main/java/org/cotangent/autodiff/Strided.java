package org.cotangent.autodiff;

import java.util.Arrays;

/** Copies elements that lie at regular distances in an array to a contiguous one. */
final class Strided {
  private Strided() {}

  /**
   * Sets {@code out}, in row-major order of {@code dims}, to the elements of {@code x} at {@code
   * offset} + Σ index·stride. No length may be 0.
   */
  static void copy(Object x, int offset, int[] strides, int[] dims, Object out) {
    // axes that follow one another without a gap are one: rows next to one another are one run
    int[] steps = strides.clone();
    int[] lengths = dims.clone();
    int axes = 0;
    for (int k = 0; k < dims.length; k++) {
      if (axes > 0 && steps[axes - 1] == strides[k] * dims[k]) {
        lengths[axes - 1] *= dims[k];
        steps[axes - 1] = strides[k];
      } else {
        lengths[axes] = dims[k];
        steps[axes++] = strides[k];
      }
    }
    copyRuns(x, offset, Arrays.copyOf(steps, axes), Arrays.copyOf(lengths, axes), out);
  }

  private static void copyRuns(Object x, int offset, int[] strides, int[] dims, Object out) {
    int rank = dims.length;
    if (rank == 0) {
      System.arraycopy(x, offset, out, 0, 1);
      return;
    }
    int inner = dims[rank - 1];
    int step = strides[rank - 1];
    int[] index = new int[rank];
    int at = offset;
    int end = 1;
    for (int dim : dims) {
      end *= dim;
    }
    for (int o = 0; o < end; o += inner) {
      run(x, at, step, out, o, inner);
      for (int k = rank - 2; k >= 0; k--) {
        at += strides[k];
        if (++index[k] < dims[k]) {
          break;
        }
        at -= strides[k] * dims[k];
        index[k] = 0;
      }
    }
  }

  private static void run(Object x, int from, int step, Object out, int to, int n) {
    if (step == 1) {
      System.arraycopy(x, from, out, to, n);
      return;
    }
    switch (out) {
      case double[] a -> {
        double[] b = (double[]) x;
        if (step == 0) {
          Arrays.fill(a, to, to + n, b[from]);
        } else {
          for (int i = 0; i < n; i++) {
            a[to + i] = b[from + i * step];
          }
        }
      }
      case float[] a -> {
        float[] b = (float[]) x;
        if (step == 0) {
          Arrays.fill(a, to, to + n, b[from]);
        } else {
          for (int i = 0; i < n; i++) {
            a[to + i] = b[from + i * step];
          }
        }
      }
      case int[] a -> {
        int[] b = (int[]) x;
        for (int i = 0; i < n; i++) {
          a[to + i] = b[from + i * step];
        }
      }
      case long[] a -> {
        long[] b = (long[]) x;
        for (int i = 0; i < n; i++) {
          a[to + i] = b[from + i * step];
        }
      }
      case boolean[] a -> {
        boolean[] b = (boolean[]) x;
        for (int i = 0; i < n; i++) {
          a[to + i] = b[from + i * step];
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          System.arraycopy(x, from + i * step, out, to + i, 1);
        }
      }
    }
  }
}
