package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Largest and smallest of a run of numbers with the Vector API; NaN if one of them is.
 *
 * <p>The Vector API's max and min, which mind NaN and the sign of 0, take several instructions, so
 * the loops compare and blend instead. Differences of elements with themselves, 0 for finite ones,
 * tell whether there was a NaN (or an infinity); then, and where the result is 0, the run is walked
 * again in plain Java.
 */
final class VectorExtremum {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  private VectorExtremum() {}

  static double max(double[] x, int from, int n) {
    int lanes = D.length();
    int last = from + n - 4 * lanes;
    if (last < from) {
      return exactMax(x, from, n);
    }
    DoubleVector a = DoubleVector.fromArray(D, x, from);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    DoubleVector finite = DoubleVector.zero(D);
    for (int i = from; i < from + n; i += 4 * lanes) {
      int at = Math.min(i, last); // the last vectors overlap those before
      DoubleVector p = DoubleVector.fromArray(D, x, at);
      DoubleVector q = DoubleVector.fromArray(D, x, at + lanes);
      DoubleVector r = DoubleVector.fromArray(D, x, at + 2 * lanes);
      DoubleVector s = DoubleVector.fromArray(D, x, at + 3 * lanes);
      a = a.blend(p, p.compare(VectorOperators.GT, a));
      b = b.blend(q, q.compare(VectorOperators.GT, b));
      c = c.blend(r, r.compare(VectorOperators.GT, c));
      d = d.blend(s, s.compare(VectorOperators.GT, d));
      finite = p.sub(p).add(q.sub(q)).add(r.sub(r).add(s.sub(s))).add(finite);
    }
    double best = exactMax(a.max(b).max(c.max(d)).toArray(), 0, lanes);
    return best == 0 || LaneSum.of(finite) != 0 ? exactMax(x, from, n) : best;
  }

  private static double exactMax(double[] x, int from, int n) {
    double best = x[from];
    for (int i = from + 1; i < from + n; i++) {
      best = Math.max(best, x[i]);
    }
    return best;
  }

  static double min(double[] x, int from, int n) {
    int lanes = D.length();
    int last = from + n - 4 * lanes;
    if (last < from) {
      return exactMin(x, from, n);
    }
    DoubleVector a = DoubleVector.fromArray(D, x, from);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    DoubleVector finite = DoubleVector.zero(D);
    for (int i = from; i < from + n; i += 4 * lanes) {
      int at = Math.min(i, last); // the last vectors overlap those before
      DoubleVector p = DoubleVector.fromArray(D, x, at);
      DoubleVector q = DoubleVector.fromArray(D, x, at + lanes);
      DoubleVector r = DoubleVector.fromArray(D, x, at + 2 * lanes);
      DoubleVector s = DoubleVector.fromArray(D, x, at + 3 * lanes);
      a = a.blend(p, p.compare(VectorOperators.LT, a));
      b = b.blend(q, q.compare(VectorOperators.LT, b));
      c = c.blend(r, r.compare(VectorOperators.LT, c));
      d = d.blend(s, s.compare(VectorOperators.LT, d));
      finite = p.sub(p).add(q.sub(q)).add(r.sub(r).add(s.sub(s))).add(finite);
    }
    double best = exactMin(a.min(b).min(c.min(d)).toArray(), 0, lanes);
    return best == 0 || LaneSum.of(finite) != 0 ? exactMin(x, from, n) : best;
  }

  private static double exactMin(double[] x, int from, int n) {
    double best = x[from];
    for (int i = from + 1; i < from + n; i++) {
      best = Math.min(best, x[i]);
    }
    return best;
  }

  static float max(float[] x, int from, int n) {
    int lanes = F.length();
    int last = from + n - 4 * lanes;
    if (last < from) {
      return exactMax(x, from, n);
    }
    FloatVector a = FloatVector.fromArray(F, x, from);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    FloatVector finite = FloatVector.zero(F);
    for (int i = from; i < from + n; i += 4 * lanes) {
      int at = Math.min(i, last); // the last vectors overlap those before
      FloatVector p = FloatVector.fromArray(F, x, at);
      FloatVector q = FloatVector.fromArray(F, x, at + lanes);
      FloatVector r = FloatVector.fromArray(F, x, at + 2 * lanes);
      FloatVector s = FloatVector.fromArray(F, x, at + 3 * lanes);
      a = a.blend(p, p.compare(VectorOperators.GT, a));
      b = b.blend(q, q.compare(VectorOperators.GT, b));
      c = c.blend(r, r.compare(VectorOperators.GT, c));
      d = d.blend(s, s.compare(VectorOperators.GT, d));
      finite = p.sub(p).add(q.sub(q)).add(r.sub(r).add(s.sub(s))).add(finite);
    }
    float best = exactMax(a.max(b).max(c.max(d)).toArray(), 0, lanes);
    return best == 0 || LaneSum.of(finite) != 0 ? exactMax(x, from, n) : best;
  }

  private static float exactMax(float[] x, int from, int n) {
    float best = x[from];
    for (int i = from + 1; i < from + n; i++) {
      best = Math.max(best, x[i]);
    }
    return best;
  }

  static float min(float[] x, int from, int n) {
    int lanes = F.length();
    int last = from + n - 4 * lanes;
    if (last < from) {
      return exactMin(x, from, n);
    }
    FloatVector a = FloatVector.fromArray(F, x, from);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    FloatVector finite = FloatVector.zero(F);
    for (int i = from; i < from + n; i += 4 * lanes) {
      int at = Math.min(i, last); // the last vectors overlap those before
      FloatVector p = FloatVector.fromArray(F, x, at);
      FloatVector q = FloatVector.fromArray(F, x, at + lanes);
      FloatVector r = FloatVector.fromArray(F, x, at + 2 * lanes);
      FloatVector s = FloatVector.fromArray(F, x, at + 3 * lanes);
      a = a.blend(p, p.compare(VectorOperators.LT, a));
      b = b.blend(q, q.compare(VectorOperators.LT, b));
      c = c.blend(r, r.compare(VectorOperators.LT, c));
      d = d.blend(s, s.compare(VectorOperators.LT, d));
      finite = p.sub(p).add(q.sub(q)).add(r.sub(r).add(s.sub(s))).add(finite);
    }
    float best = exactMin(a.min(b).min(c.min(d)).toArray(), 0, lanes);
    return best == 0 || LaneSum.of(finite) != 0 ? exactMin(x, from, n) : best;
  }

  private static float exactMin(float[] x, int from, int n) {
    float best = x[from];
    for (int i = from + 1; i < from + n; i++) {
      best = Math.min(best, x[i]);
    }
    return best;
  }
}
