package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Kernels with the Vector API where it gains: sums, whose order the compiler may not change by
 * itself, functions built on the exponential, and matrix products. The rest is inherited, because
 * the compiler vectorises it just as well. Loads and stores are always whole vectors; the last few
 * elements go through the scalar formulas.
 */
final class VectorKernels extends ScalarKernels {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  /** Returns the kernels, or null where vectors are too short to gain anything. */
  static @Nullable VectorKernels create() {
    return D.vectorBitSize() >= 128 ? new VectorKernels() : null;
  }

  @Override
  public void exp(double[] x, double[] out) {
    int end = D.loopBound(out.length);
    int i = 0;
    for (; i < end; i += D.length()) {
      VectorExponential.of(DoubleVector.fromArray(D, x, i)).intoArray(out, i);
    }
    for (; i < out.length; i++) {
      out[i] = Math.exp(x[i]);
    }
  }

  @Override
  public void erf(double[] x, double[] out) {
    VectorErf.erf(x, out);
  }

  @Override
  public void sigmoid(double[] x, double[] out) {
    int end = D.loopBound(out.length);
    int i = 0;
    for (; i < end; i += D.length()) {
      DoubleVector e = VectorExponential.of(DoubleVector.fromArray(D, x, i).neg());
      DoubleVector.broadcast(D, 1).div(e.add(1)).intoArray(out, i);
    }
    for (; i < out.length; i++) {
      out[i] = Logistic.sigmoid(x[i]);
    }
  }

  @Override
  public void silu(double[] x, double[] out) {
    int end = D.loopBound(out.length);
    int i = 0;
    for (; i < end; i += D.length()) {
      DoubleVector v = DoubleVector.fromArray(D, x, i);
      v.div(VectorExponential.of(v.neg()).add(1)).intoArray(out, i);
    }
    for (; i < out.length; i++) {
      out[i] = (x[i] * Logistic.sigmoid(x[i]));
    }
  }

  @Override
  public double sum(double[] x, int from, int n) {
    int lanes = D.length();
    if (n < 4 * lanes) {
      return super.sum(x, from, n);
    }
    DoubleVector a = DoubleVector.zero(D);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    int i = from;
    int end = from + n - n % (4 * lanes);
    for (; i < end; i += 4 * lanes) {
      a = a.add(DoubleVector.fromArray(D, x, i));
      b = b.add(DoubleVector.fromArray(D, x, i + lanes));
      c = c.add(DoubleVector.fromArray(D, x, i + 2 * lanes));
      d = d.add(DoubleVector.fromArray(D, x, i + 3 * lanes));
    }
    double total = LaneSum.of(a.add(b).add(c.add(d)));
    return total + super.sum(x, i, from + n - i);
  }

  @Override
  public double max(double[] x, int from, int n) {
    return VectorExtremum.max(x, from, n);
  }

  @Override
  public double min(double[] x, int from, int n) {
    return VectorExtremum.min(x, from, n);
  }

  @Override
  public void softmax(double[] x, int from, double[] out, int to, int n) {
    double largest = max(x, from, n);
    int lanes = D.length();
    int end = n - n % lanes;
    DoubleVector sums = DoubleVector.zero(D);
    int i = 0;
    for (; i < end; i += lanes) {
      DoubleVector e = VectorExponential.of(DoubleVector.fromArray(D, x, from + i).sub(largest));
      e.intoArray(out, to + i);
      sums = sums.add(e);
    }
    double total = LaneSum.of(sums);
    for (; i < n; i++) {
      out[to + i] = Math.exp(x[from + i] - largest);
      total += out[to + i];
    }
    for (i = 0; i < end; i += lanes) {
      DoubleVector.fromArray(D, out, to + i).div(total).intoArray(out, to + i);
    }
    for (; i < n; i++) {
      out[to + i] /= total;
    }
  }

  @Override
  public double dot(double[] x, int xo, double[] y, int yo, int n) {
    int lanes = D.length();
    if (n < 4 * lanes) {
      return super.dot(x, xo, y, yo, n);
    }
    DoubleVector a = DoubleVector.zero(D);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    int i = 0;
    int end = n - n % (4 * lanes);
    for (; i < end; i += 4 * lanes) {
      a = DoubleVector.fromArray(D, x, xo + i).fma(DoubleVector.fromArray(D, y, yo + i), a);
      b =
          DoubleVector.fromArray(D, x, xo + i + lanes)
              .fma(DoubleVector.fromArray(D, y, yo + i + lanes), b);
      int j = i + 2 * lanes;
      c = DoubleVector.fromArray(D, x, xo + j).fma(DoubleVector.fromArray(D, y, yo + j), c);
      d =
          DoubleVector.fromArray(D, x, xo + j + lanes)
              .fma(DoubleVector.fromArray(D, y, yo + j + lanes), d);
    }
    double total = LaneSum.of(a.add(b).add(c.add(d)));
    return total + super.dot(x, xo + i, y, yo + i, n - i);
  }

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
    VectorGemm64.gemm(m, n, k, x, xo, xRow, xColumn, y, yo, yRow, yColumn, out, oo, outRow, mode);
  }

  @Override
  public void exp(float[] x, float[] out) {
    int end = F.loopBound(out.length);
    int i = 0;
    for (; i < end; i += F.length()) {
      VectorExponential.of(FloatVector.fromArray(F, x, i)).intoArray(out, i);
    }
    for (; i < out.length; i++) {
      out[i] = (float) Math.exp(x[i]);
    }
  }

  @Override
  public void erf(float[] x, float[] out) {
    VectorErf.erf(x, out);
  }

  @Override
  public void sigmoid(float[] x, float[] out) {
    int end = F.loopBound(out.length);
    int i = 0;
    for (; i < end; i += F.length()) {
      FloatVector e = VectorExponential.of(FloatVector.fromArray(F, x, i).neg());
      FloatVector.broadcast(F, 1).div(e.add(1)).intoArray(out, i);
    }
    for (; i < out.length; i++) {
      out[i] = (float) Logistic.sigmoid(x[i]);
    }
  }

  @Override
  public void silu(float[] x, float[] out) {
    int end = F.loopBound(out.length);
    int i = 0;
    for (; i < end; i += F.length()) {
      FloatVector v = FloatVector.fromArray(F, x, i);
      v.div(VectorExponential.of(v.neg()).add(1)).intoArray(out, i);
    }
    for (; i < out.length; i++) {
      out[i] = (float) (x[i] * Logistic.sigmoid(x[i]));
    }
  }

  @Override
  public float sum(float[] x, int from, int n) {
    int lanes = F.length();
    if (n < 4 * lanes) {
      return super.sum(x, from, n);
    }
    FloatVector a = FloatVector.zero(F);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int i = from;
    int end = from + n - n % (4 * lanes);
    for (; i < end; i += 4 * lanes) {
      a = a.add(FloatVector.fromArray(F, x, i));
      b = b.add(FloatVector.fromArray(F, x, i + lanes));
      c = c.add(FloatVector.fromArray(F, x, i + 2 * lanes));
      d = d.add(FloatVector.fromArray(F, x, i + 3 * lanes));
    }
    float total = LaneSum.of(a.add(b).add(c.add(d)));
    return total + super.sum(x, i, from + n - i);
  }

  @Override
  public float max(float[] x, int from, int n) {
    return VectorExtremum.max(x, from, n);
  }

  @Override
  public float min(float[] x, int from, int n) {
    return VectorExtremum.min(x, from, n);
  }

  @Override
  public void softmax(float[] x, int from, float[] out, int to, int n) {
    float largest = max(x, from, n);
    int lanes = F.length();
    int end = n - n % lanes;
    FloatVector sums = FloatVector.zero(F);
    int i = 0;
    for (; i < end; i += lanes) {
      FloatVector e = VectorExponential.of(FloatVector.fromArray(F, x, from + i).sub(largest));
      e.intoArray(out, to + i);
      sums = sums.add(e);
    }
    float total = LaneSum.of(sums);
    for (; i < n; i++) {
      out[to + i] = (float) Math.exp(x[from + i] - largest);
      total += out[to + i];
    }
    for (i = 0; i < end; i += lanes) {
      FloatVector.fromArray(F, out, to + i).div(total).intoArray(out, to + i);
    }
    for (; i < n; i++) {
      out[to + i] /= total;
    }
  }

  @Override
  public float dot(float[] x, int xo, float[] y, int yo, int n) {
    int lanes = F.length();
    if (n < 4 * lanes) {
      return super.dot(x, xo, y, yo, n);
    }
    FloatVector a = FloatVector.zero(F);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int i = 0;
    int end = n - n % (4 * lanes);
    for (; i < end; i += 4 * lanes) {
      a = FloatVector.fromArray(F, x, xo + i).fma(FloatVector.fromArray(F, y, yo + i), a);
      b =
          FloatVector.fromArray(F, x, xo + i + lanes)
              .fma(FloatVector.fromArray(F, y, yo + i + lanes), b);
      int j = i + 2 * lanes;
      c = FloatVector.fromArray(F, x, xo + j).fma(FloatVector.fromArray(F, y, yo + j), c);
      d =
          FloatVector.fromArray(F, x, xo + j + lanes)
              .fma(FloatVector.fromArray(F, y, yo + j + lanes), d);
    }
    float total = LaneSum.of(a.add(b).add(c.add(d)));
    return total + super.dot(x, xo + i, y, yo + i, n - i);
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
    VectorGemm32.gemm(m, n, k, x, xo, xRow, xColumn, y, yo, yRow, yColumn, out, oo, outRow, mode);
  }

  @Override
  public void rotateRows(
      int first, int last, int n, double[] rows, double[] cosines, double[] sines) {
    VectorRotations.rotateRows(first, last, n, rows, cosines, sines);
  }

  @Override
  public String description() {
    return "Vector API, " + D.vectorBitSize() + " bits";
  }
}
