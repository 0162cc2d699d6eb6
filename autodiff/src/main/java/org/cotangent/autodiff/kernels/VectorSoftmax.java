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

  static void of(double[] x, int from, double[] out, int to, int n) {
    double largest = largest(x, from, n);
    double scale = 1 / exponentials(x, from, largest, out, to, n);
    int lanes = D.length();
    int i = 0;
    for (; i <= n - lanes; i += lanes) {
      DoubleVector.fromArray(D, out, to + i).mul(scale).intoArray(out, to + i);
    }
    for (; i < n; i++) {
      out[to + i] *= scale;
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

  /** Sets out to exp(x - largest) and returns the sum. */
  private static double exponentials(
      double[] x, int from, double largest, double[] out, int to, int n) {
    int lanes = D.length();
    int last = n - lanes;
    DoubleVector sums = DoubleVector.zero(D);
    int i = 0;
    for (; i <= last; i += lanes) {
      DoubleVector v = DoubleVector.fromArray(D, x, from + i);
      DoubleVector e = VectorExponential.flushed(v.sub(largest));
      e.intoArray(out, to + i);
      sums = sums.add(e);
    }
    double total = LaneSum.of(sums);
    if (i < n) { // the last vector overlaps the one before
      DoubleVector v = DoubleVector.fromArray(D, x, from + last);
      VectorExponential.flushed(v.sub(largest)).intoArray(out, to + last);
      for (; i < n; i++) {
        total += out[to + i];
      }
    }
    return total;
  }

  static void of(float[] x, int from, float[] out, int to, int n) {
    float largest = largest(x, from, n);
    float scale = 1 / exponentials(x, from, largest, out, to, n);
    int lanes = F.length();
    int i = 0;
    for (; i <= n - lanes; i += lanes) {
      FloatVector.fromArray(F, out, to + i).mul(scale).intoArray(out, to + i);
    }
    for (; i < n; i++) {
      out[to + i] *= scale;
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

  /** Sets out to exp(x - largest) and returns the sum. */
  private static float exponentials(
      float[] x, int from, float largest, float[] out, int to, int n) {
    int lanes = F.length();
    int last = n - lanes;
    FloatVector sums = FloatVector.zero(F);
    int i = 0;
    for (; i <= last; i += lanes) {
      FloatVector v = FloatVector.fromArray(F, x, from + i);
      FloatVector e = VectorExponential.flushed(v.sub(largest));
      e.intoArray(out, to + i);
      sums = sums.add(e);
    }
    float total = LaneSum.of(sums);
    if (i < n) { // the last vector overlaps the one before
      FloatVector v = FloatVector.fromArray(F, x, from + last);
      VectorExponential.flushed(v.sub(largest)).intoArray(out, to + last);
      for (; i < n; i++) {
        total += out[to + i];
      }
    }
    return total;
  }
}
