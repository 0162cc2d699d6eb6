package org.cotangent.autodiff.kernels;

import java.util.Arrays;

/**
 * Sums and extrema in plain Java, with four running totals: one addition waits for the last, four
 * do not.
 */
class ScalarReduction extends ScalarElementwise implements ReductionKernels {
  @Override
  public double sum(double[] x, int from, int n) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    int end = from + n;
    for (; i + 3 < end; i += 4) {
      a += x[i];
      b += x[i + 1];
      c += x[i + 2];
      d += x[i + 3];
    }
    for (; i < end; i++) {
      a += x[i];
    }
    return (a + b) + (c + d);
  }

  @Override
  public double dot(double[] x, int xo, double[] y, int yo, int n) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < n; i += 4) {
      a += x[xo + i] * y[yo + i];
      b += x[xo + i + 1] * y[yo + i + 1];
      c += x[xo + i + 2] * y[yo + i + 2];
      d += x[xo + i + 3] * y[yo + i + 3];
    }
    for (; i < n; i++) {
      a += x[xo + i] * y[yo + i];
    }
    return (a + b) + (c + d);
  }

  @Override
  public void sumMiddle(double[] x, int outer, int count, int inner, double[] out) {
    if (inner == 1) {
      for (int o = 0; o < outer; o++) {
        out[o] = sum(x, o * count, count);
      }
      return;
    }
    for (int o = 0; o < outer; o++) {
      Arrays.fill(out, o * inner, (o + 1) * inner, 0);
      for (int c = 0; c < count; c++) {
        accumulate(x, (o * count + c) * inner, out, o * inner, inner);
      }
    }
  }

  @Override
  public void maxMiddle(double[] x, int outer, int count, int inner, double[] out) {
    if (inner == 1) {
      for (int o = 0; o < outer; o++) {
        out[o] = max(x, o * count, count);
      }
      return;
    }
    for (int o = 0; o < outer; o++) {
      int from = o * count * inner;
      int to = o * inner;
      System.arraycopy(x, from, out, to, inner);
      for (int at = from + inner; at < from + count * inner; at += inner) {
        for (int i = 0; i < inner; i++) {
          out[to + i] = Math.max(out[to + i], x[at + i]);
        }
      }
    }
  }

  @Override
  public void minMiddle(double[] x, int outer, int count, int inner, double[] out) {
    if (inner == 1) {
      for (int o = 0; o < outer; o++) {
        out[o] = min(x, o * count, count);
      }
      return;
    }
    for (int o = 0; o < outer; o++) {
      int from = o * count * inner;
      int to = o * inner;
      System.arraycopy(x, from, out, to, inner);
      for (int at = from + inner; at < from + count * inner; at += inner) {
        for (int i = 0; i < inner; i++) {
          out[to + i] = Math.min(out[to + i], x[at + i]);
        }
      }
    }
  }

  @Override
  public double max(double[] x, int from, int n) {
    double best = x[from];
    for (int i = from + 1; i < from + n; i++) {
      best = Math.max(best, x[i]);
    }
    return best;
  }

  @Override
  public double min(double[] x, int from, int n) {
    double best = x[from];
    for (int i = from + 1; i < from + n; i++) {
      best = Math.min(best, x[i]);
    }
    return best;
  }

  @Override
  public void softmax(double[] x, int from, double[] out, int to, int n) {
    double largest = max(x, from, n);
    for (int i = 0; i < n; i++) {
      out[to + i] = Math.exp(x[from + i] - largest);
    }
    double total = sum(out, to, n);
    for (int i = 0; i < n; i++) {
      out[to + i] /= total;
    }
  }

  @Override
  public void accumulate(double[] x, int xo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] += x[xo + i];
    }
  }

  @Override
  public float sum(float[] x, int from, int n) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = from;
    int end = from + n;
    for (; i + 3 < end; i += 4) {
      a += x[i];
      b += x[i + 1];
      c += x[i + 2];
      d += x[i + 3];
    }
    for (; i < end; i++) {
      a += x[i];
    }
    return (a + b) + (c + d);
  }

  @Override
  public float dot(float[] x, int xo, float[] y, int yo, int n) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i + 3 < n; i += 4) {
      a += x[xo + i] * y[yo + i];
      b += x[xo + i + 1] * y[yo + i + 1];
      c += x[xo + i + 2] * y[yo + i + 2];
      d += x[xo + i + 3] * y[yo + i + 3];
    }
    for (; i < n; i++) {
      a += x[xo + i] * y[yo + i];
    }
    return (a + b) + (c + d);
  }

  @Override
  public void sumMiddle(float[] x, int outer, int count, int inner, float[] out) {
    if (inner == 1) {
      for (int o = 0; o < outer; o++) {
        out[o] = sum(x, o * count, count);
      }
      return;
    }
    for (int o = 0; o < outer; o++) {
      Arrays.fill(out, o * inner, (o + 1) * inner, 0);
      for (int c = 0; c < count; c++) {
        accumulate(x, (o * count + c) * inner, out, o * inner, inner);
      }
    }
  }

  @Override
  public void maxMiddle(float[] x, int outer, int count, int inner, float[] out) {
    if (inner == 1) {
      for (int o = 0; o < outer; o++) {
        out[o] = max(x, o * count, count);
      }
      return;
    }
    for (int o = 0; o < outer; o++) {
      int from = o * count * inner;
      int to = o * inner;
      System.arraycopy(x, from, out, to, inner);
      for (int at = from + inner; at < from + count * inner; at += inner) {
        for (int i = 0; i < inner; i++) {
          out[to + i] = Math.max(out[to + i], x[at + i]);
        }
      }
    }
  }

  @Override
  public void minMiddle(float[] x, int outer, int count, int inner, float[] out) {
    if (inner == 1) {
      for (int o = 0; o < outer; o++) {
        out[o] = min(x, o * count, count);
      }
      return;
    }
    for (int o = 0; o < outer; o++) {
      int from = o * count * inner;
      int to = o * inner;
      System.arraycopy(x, from, out, to, inner);
      for (int at = from + inner; at < from + count * inner; at += inner) {
        for (int i = 0; i < inner; i++) {
          out[to + i] = Math.min(out[to + i], x[at + i]);
        }
      }
    }
  }

  @Override
  public float max(float[] x, int from, int n) {
    float best = x[from];
    for (int i = from + 1; i < from + n; i++) {
      best = Math.max(best, x[i]);
    }
    return best;
  }

  @Override
  public float min(float[] x, int from, int n) {
    float best = x[from];
    for (int i = from + 1; i < from + n; i++) {
      best = Math.min(best, x[i]);
    }
    return best;
  }

  @Override
  public void softmax(float[] x, int from, float[] out, int to, int n) {
    float largest = max(x, from, n);
    for (int i = 0; i < n; i++) {
      out[to + i] = (float) Math.exp(x[from + i] - largest);
    }
    float total = sum(out, to, n);
    for (int i = 0; i < n; i++) {
      out[to + i] /= total;
    }
  }

  @Override
  public void accumulate(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] += x[xo + i];
    }
  }

  @Override
  public double sumOfSquares(double[] x) {
    double a = 0; // four sums: an addition need not wait for the one before
    double b = 0;
    double c = 0;
    double d = 0;
    int whole = x.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      a += x[i] * x[i];
      b += x[i + 1] * x[i + 1];
      c += x[i + 2] * x[i + 2];
      d += x[i + 3] * x[i + 3];
    }
    for (int i = whole; i < x.length; i++) {
      a += x[i] * x[i];
    }
    return a + b + c + d;
  }

  @Override
  public double sumOfSquares(float[] x) {
    double a = 0; // four sums: an addition need not wait for the one before
    double b = 0;
    double c = 0;
    double d = 0;
    int whole = x.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      a += (double) x[i] * x[i];
      b += (double) x[i + 1] * x[i + 1];
      c += (double) x[i + 2] * x[i + 2];
      d += (double) x[i + 3] * x[i + 3];
    }
    for (int i = whole; i < x.length; i++) {
      a += (double) x[i] * x[i];
    }
    return a + b + c + d;
  }

  @Override
  public void sumProducts(double[] x, double[] y, int outer, int count, int inner, double[] out) {
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        double sum = 0;
        for (int c = 0, at = o * count * inner + i; c < count; c++, at += inner) {
          sum += x[at] * y[at];
        }
        out[o * inner + i] = sum;
      }
    }
  }

  @Override
  public void sumProducts(float[] x, float[] y, int outer, int count, int inner, float[] out) {
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        float sum = 0;
        for (int c = 0, at = o * count * inner + i; c < count; c++, at += inner) {
          sum += x[at] * y[at];
        }
        out[o * inner + i] = sum;
      }
    }
  }
}
