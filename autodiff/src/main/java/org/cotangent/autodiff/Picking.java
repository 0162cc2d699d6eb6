package org.cotangent.autodiff;

/**
 * Copies what an index names. There is a loop for each type and each form that counts; a call for
 * each element would cost ten times as much as the element.
 */
final class Picking {
  /** From here on a run is copied faster by {@link System#arraycopy}. */
  private static final int LONG_RUN = 24;

  private Picking() {}

  /**
   * Of {@code x}, {@code [outer, count, length]}, copies the runs of {@code length} that {@code
   * index} names to {@code out}, {@code [outer, index.length, length]}.
   */
  static void rows(Object x, int outer, int count, int length, int[] index, Object out) {
    for (int o = 0; o < outer; o++) {
      int from = o * count * length;
      int to = o * index.length * length;
      switch (out) {
        case double[] a when length == 1 -> elements((double[]) x, from, index, a, to);
        case float[] a when length == 1 -> elements((float[]) x, from, index, a, to);
        case int[] a when length == 1 -> elements((int[]) x, from, index, a, to);
        case double[] a when length < LONG_RUN -> runs((double[]) x, from, length, index, a, to);
        case float[] a when length < LONG_RUN -> runs((float[]) x, from, length, index, a, to);
        default -> {
          for (int entry : index) {
            System.arraycopy(x, from + entry * length, out, to, length);
            to += length;
          }
        }
      }
    }
  }

  /** Runs of one element. */
  private static void elements(double[] x, int from, int[] index, double[] out, int to) {
    for (int k = 0; k < index.length; k++) {
      out[to + k] = x[from + index[k]];
    }
  }

  /** Runs of one element. */
  private static void elements(float[] x, int from, int[] index, float[] out, int to) {
    for (int k = 0; k < index.length; k++) {
      out[to + k] = x[from + index[k]];
    }
  }

  /** Runs of one element. */
  private static void elements(int[] x, int from, int[] index, int[] out, int to) {
    for (int k = 0; k < index.length; k++) {
      out[to + k] = x[from + index[k]];
    }
  }

  /** Runs of a few elements. */
  private static void runs(double[] x, int from, int length, int[] index, double[] out, int to) {
    for (int entry : index) {
      int at = from + entry * length;
      for (int i = 0; i < length; i++) {
        out[to + i] = x[at + i];
      }
      to += length;
    }
  }

  /** Runs of a few elements. */
  private static void runs(float[] x, int from, int length, int[] index, float[] out, int to) {
    for (int entry : index) {
      int at = from + entry * length;
      for (int i = 0; i < length; i++) {
        out[to + i] = x[at + i];
      }
      to += length;
    }
  }

  /**
   * Of {@code x}, {@code [outer, count, inner]}, copies the elements that {@code index}, {@code
   * [outer, entries, inner]}, names on the middle axis to {@code out} of the shape of the index.
   * Elements are {@code width} array entries wide.
   */
  static void elements(
      Object x, int outer, int count, int inner, int[] index, int width, Object out) {
    int entries = index.length / Math.max(1, outer * inner);
    for (int o = 0; o < outer; o++) {
      int from = o * count * inner;
      for (int e = 0; e < entries; e += inner == 1 ? entries : 1) {
        // without inner axes, all entries are one run
        int n = inner == 1 ? entries : inner;
        int to = (o * entries + e) * inner;
        int along = inner == 1 ? 0 : 1;
        switch (out) {
          case double[] a when width == 1 ->
              picked((double[]) x, from, inner, along, index, a, to, n);
          case float[] a when width == 1 ->
              picked((float[]) x, from, inner, along, index, a, to, n);
          default -> {
            for (int i = 0; i < n; i++) {
              int at = from + index[to + i] * inner + i * along;
              System.arraycopy(x, at * width, out, (to + i) * width, width);
            }
          }
        }
      }
    }
  }

  private static void picked(
      double[] x, int from, int step, int along, int[] index, double[] out, int to, int n) {
    for (int i = to; i < to + n; i++) {
      out[i] = x[from + index[i] * step];
      from += along;
    }
  }

  private static void picked(
      float[] x, int from, int step, int along, int[] index, float[] out, int to, int n) {
    for (int i = to; i < to + n; i++) {
      out[i] = x[from + index[i] * step];
      from += along;
    }
  }
}
