package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Largest and smallest of a run of numbers with the Vector API; NaN if one of them is. */
final class VectorExtremum {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  private VectorExtremum() {}

  static double max(double[] x, int from, int n) {
    int lanes = D.length();
    double best = x[from];
    int i = from;
    int end = from + n;
    if (n >= 2 * lanes) {
      DoubleVector a = DoubleVector.fromArray(D, x, i);
      DoubleVector b = DoubleVector.fromArray(D, x, i + lanes);
      for (i += 2 * lanes; i + 2 * lanes <= end; i += 2 * lanes) {
        a = a.max(DoubleVector.fromArray(D, x, i));
        b = b.max(DoubleVector.fromArray(D, x, i + lanes));
      }
      best = a.max(b).reduceLanes(VectorOperators.MAX);
    }
    for (; i < end; i++) {
      best = Math.max(best, x[i]);
    }
    return best;
  }

  static double min(double[] x, int from, int n) {
    int lanes = D.length();
    double best = x[from];
    int i = from;
    int end = from + n;
    if (n >= 2 * lanes) {
      DoubleVector a = DoubleVector.fromArray(D, x, i);
      DoubleVector b = DoubleVector.fromArray(D, x, i + lanes);
      for (i += 2 * lanes; i + 2 * lanes <= end; i += 2 * lanes) {
        a = a.min(DoubleVector.fromArray(D, x, i));
        b = b.min(DoubleVector.fromArray(D, x, i + lanes));
      }
      best = a.min(b).reduceLanes(VectorOperators.MIN);
    }
    for (; i < end; i++) {
      best = Math.min(best, x[i]);
    }
    return best;
  }

  static float max(float[] x, int from, int n) {
    int lanes = F.length();
    float best = x[from];
    int i = from;
    int end = from + n;
    if (n >= 2 * lanes) {
      FloatVector a = FloatVector.fromArray(F, x, i);
      FloatVector b = FloatVector.fromArray(F, x, i + lanes);
      for (i += 2 * lanes; i + 2 * lanes <= end; i += 2 * lanes) {
        a = a.max(FloatVector.fromArray(F, x, i));
        b = b.max(FloatVector.fromArray(F, x, i + lanes));
      }
      best = a.max(b).reduceLanes(VectorOperators.MAX);
    }
    for (; i < end; i++) {
      best = Math.max(best, x[i]);
    }
    return best;
  }

  static float min(float[] x, int from, int n) {
    int lanes = F.length();
    float best = x[from];
    int i = from;
    int end = from + n;
    if (n >= 2 * lanes) {
      FloatVector a = FloatVector.fromArray(F, x, i);
      FloatVector b = FloatVector.fromArray(F, x, i + lanes);
      for (i += 2 * lanes; i + 2 * lanes <= end; i += 2 * lanes) {
        a = a.min(FloatVector.fromArray(F, x, i));
        b = b.min(FloatVector.fromArray(F, x, i + lanes));
      }
      best = a.min(b).reduceLanes(VectorOperators.MIN);
    }
    for (; i < end; i++) {
      best = Math.min(best, x[i]);
    }
    return best;
  }
}
