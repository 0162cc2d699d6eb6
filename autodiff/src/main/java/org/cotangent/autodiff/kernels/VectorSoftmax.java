package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** exp(x)/Σ exp(x) of a run of at least one vector, with the Vector API. */
final class VectorSoftmax {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  private VectorSoftmax() {}

  /** Sets out to exp(x - the largest x), of n numbers, at least one vector. */
  static void exponentials(double[] x, int from, double[] out, int to, int n) {
    double largest = largest(x, from, n);
    int last = n - D.length();
    for (int i = 0; i < n; i += D.length()) {
      int at = Math.min(i, last); // the last vector overlaps the one before
      DoubleVector v = DoubleVector.fromArray(D, x, from + at).sub(largest); // 0 or below, or NaN
      DoubleVector c = v.blend(-708.8, v.compare(VectorOperators.LT, -708.8));
      DoubleVector rounded =
          c.fma(
              DoubleVector.broadcast(D, VectorExponential.PER_LN2),
              DoubleVector.broadcast(D, VectorExponential.ROUND_64));
      DoubleVector k = rounded.sub(VectorExponential.ROUND_64);
      DoubleVector r =
          k.fma(
              DoubleVector.broadcast(D, -VectorExponential.LOW_64),
              k.fma(DoubleVector.broadcast(D, -VectorExponential.HIGH_64), c));
      DoubleVector p = DoubleVector.broadcast(D, 2.5000084425775043e-08);
      p = p.fma(r, DoubleVector.broadcast(D, 2.7630248795880495e-07));
      p = p.fma(r, DoubleVector.broadcast(D, 2.7557586290884418e-06));
      p = p.fma(r, DoubleVector.broadcast(D, 2.4801493097828538e-05));
      p = p.fma(r, DoubleVector.broadcast(D, 0.00019841269506688846));
      p = p.fma(r, DoubleVector.broadcast(D, 0.0013888888943631085));
      p = p.fma(r, DoubleVector.broadcast(D, 0.008333333333494399));
      p = p.fma(r, DoubleVector.broadcast(D, 0.041666666666530155));
      p = p.fma(r, DoubleVector.broadcast(D, 0.16666666666666413));
      p = p.fma(r, DoubleVector.broadcast(D, 0.5000000000000011));
      p = p.fma(r, DoubleVector.broadcast(D, 1.0));
      p = p.fma(r, DoubleVector.broadcast(D, 1.0));
      DoubleVector e =
          p.mul(
              rounded
                  .reinterpretAsLongs()
                  .lanewise(VectorOperators.LSHL, 52)
                  .reinterpretAsDoubles());
      e.intoArray(out, to + at);
    }
  }

  static void scale(double[] out, int to, int n, double factor) {
    int i = 0;
    for (; i <= n - D.length(); i += D.length()) {
      DoubleVector.fromArray(D, out, to + i).mul(factor).intoArray(out, to + i);
    }
    for (; i < n; i++) {
      out[to + i] *= factor;
    }
  }

  /**
   * The largest number, where NaN counts as nothing: exponentials of NaN make the sum NaN by
   * themselves.
   */
  private static double largest(double[] x, int from, int n) {
    int last = from + n - D.length();
    DoubleVector a = DoubleVector.broadcast(D, Double.NEGATIVE_INFINITY);
    DoubleVector b = a;
    for (int i = from; i <= last; i += 2 * D.length()) {
      DoubleVector v = DoubleVector.fromArray(D, x, i);
      DoubleVector w = DoubleVector.fromArray(D, x, Math.min(i + D.length(), last));
      a = a.blend(v, v.compare(VectorOperators.GT, a));
      b = b.blend(w, w.compare(VectorOperators.GT, b));
    }
    DoubleVector v = DoubleVector.fromArray(D, x, last);
    b = b.blend(v, v.compare(VectorOperators.GT, b));
    return a.max(b).reduceLanes(VectorOperators.MAX);
  }

  /** Sets out to exp(x - the largest x), of n numbers, at least one vector. */
  static void exponentials(float[] x, int from, float[] out, int to, int n) {
    float largest = largest(x, from, n);
    int last = n - F.length();
    for (int i = 0; i < n; i += F.length()) {
      int at = Math.min(i, last); // the last vector overlaps the one before
      FloatVector v = FloatVector.fromArray(F, x, from + at).sub(largest); // 0 or below, or NaN
      FloatVector c = v.blend(-87.8f, v.compare(VectorOperators.LT, -87.8f));
      FloatVector rounded =
          c.fma(
              FloatVector.broadcast(F, (float) VectorExponential.PER_LN2),
              FloatVector.broadcast(F, VectorExponential.ROUND_32));
      FloatVector k = rounded.sub(VectorExponential.ROUND_32);
      FloatVector r =
          k.fma(
              FloatVector.broadcast(F, -VectorExponential.LOW_32),
              k.fma(FloatVector.broadcast(F, -VectorExponential.HIGH_32), c));
      FloatVector p = FloatVector.broadcast(F, 0.0013814629f);
      p = p.fma(r, FloatVector.broadcast(F, 0.008368717f));
      p = p.fma(r, FloatVector.broadcast(F, 0.04166839f));
      p = p.fma(r, FloatVector.broadcast(F, 0.16666521f));
      p = p.fma(r, FloatVector.broadcast(F, 0.49999994f));
      p = p.fma(r, FloatVector.broadcast(F, 1f));
      p = p.fma(r, FloatVector.broadcast(F, 1f));
      FloatVector e =
          p.mul(
              rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
      e.intoArray(out, to + at);
    }
  }

  static void scale(float[] out, int to, int n, float factor) {
    int i = 0;
    for (; i <= n - F.length(); i += F.length()) {
      FloatVector.fromArray(F, out, to + i).mul(factor).intoArray(out, to + i);
    }
    for (; i < n; i++) {
      out[to + i] *= factor;
    }
  }

  /**
   * The largest number, where NaN counts as nothing: exponentials of NaN make the sum NaN by
   * themselves.
   */
  private static float largest(float[] x, int from, int n) {
    int last = from + n - F.length();
    FloatVector a = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
    FloatVector b = a;
    for (int i = from; i <= last; i += 2 * F.length()) {
      FloatVector v = FloatVector.fromArray(F, x, i);
      FloatVector w = FloatVector.fromArray(F, x, Math.min(i + F.length(), last));
      a = a.blend(v, v.compare(VectorOperators.GT, a));
      b = b.blend(w, w.compare(VectorOperators.GT, b));
    }
    FloatVector v = FloatVector.fromArray(F, x, last);
    b = b.blend(v, v.compare(VectorOperators.GT, b));
    return a.max(b).reduceLanes(VectorOperators.MAX);
  }
}
