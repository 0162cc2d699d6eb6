package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * log(1 + eˣ) with the Vector API, within 2.5 units in the last place; what would be subnormal is
 * 0.
 *
 * <p>It is max(x, 0) + log(1 + t) with t = exp(-|x|), and log(1 + t) = 2·artanh(s) = 2s + 2s·z·R(z)
 * with s = t/(2 + t) ≤ ⅓ and z = s². R is a least-maximum fit made for this class; its error in the
 * result is below 3·10⁻¹⁸ (float: 10⁻⁹).
 *
 * <p>The exponentials have a loop of their own, as in {@link VectorErf}.
 */
final class VectorSoftplus {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  /** So many elements at a time go through both loops. */
  private static final int BLOCK = 512;

  private VectorSoftplus() {}

  /** For arrays of at least one vector; the last vector overlaps the one before. */
  static void of(double[] x, double[] out) {
    double[] t = new double[BLOCK];
    for (int from = 0; from < out.length; from += BLOCK) {
      int end = Math.min(from + BLOCK, out.length);
      exponentials(x, from, end, t);
      logarithms(x, from, end, t, out);
    }
  }

  private static void exponentials(double[] x, int from, int end, double[] t) {
    int last = x.length - D.length();
    for (int i = from; i < end; i += D.length()) {
      DoubleVector v = DoubleVector.fromArray(D, x, Math.min(i, last));
      v.abs().neg().intoArray(t, i - from);
    }
    VectorExponential.flushed(t, end - from);
  }

  private static void logarithms(
      double[] x, int from, int end, double[] exponentials, double[] out) {
    int last = x.length - D.length();
    for (int i = from; i < end; i += D.length()) {
      int at = Math.min(i, last);
      DoubleVector v = DoubleVector.fromArray(D, x, at);
      DoubleVector t = DoubleVector.fromArray(D, exponentials, i - from);
      DoubleVector s = t.div(t.add(2));
      DoubleVector z = s.mul(s);
      DoubleVector p = DoubleVector.broadcast(D, 0.08233789244288894);
      p = p.fma(z, DoubleVector.broadcast(D, 0.03497142126168156));
      p = p.fma(z, DoubleVector.broadcast(D, 0.05486278042708657));
      p = p.fma(z, DoubleVector.broadcast(D, 0.058579762137197545));
      p = p.fma(z, DoubleVector.broadcast(D, 0.06668402819433682));
      p = p.fma(z, DoubleVector.broadcast(D, 0.0769222597202973));
      p = p.fma(z, DoubleVector.broadcast(D, 0.09090911601206604));
      p = p.fma(z, DoubleVector.broadcast(D, 0.11111111062742088));
      p = p.fma(z, DoubleVector.broadcast(D, 0.14285714286254908));
      p = p.fma(z, DoubleVector.broadcast(D, 0.1999999999999699));
      p = p.fma(z, DoubleVector.broadcast(D, 0.33333333333333337));
      DoubleVector twice = s.add(s);
      DoubleVector log = p.fma(z.mul(twice), twice);
      v.blend(0, v.compare(VectorOperators.LT, 0)).add(log).intoArray(out, at);
    }
  }

  /** For arrays of at least one vector; the last vector overlaps the one before. */
  static void of(float[] x, float[] out) {
    float[] t = new float[BLOCK];
    for (int from = 0; from < out.length; from += BLOCK) {
      int end = Math.min(from + BLOCK, out.length);
      exponentials(x, from, end, t);
      logarithms(x, from, end, t, out);
    }
  }

  private static void exponentials(float[] x, int from, int end, float[] t) {
    int last = x.length - F.length();
    for (int i = from; i < end; i += F.length()) {
      FloatVector v = FloatVector.fromArray(F, x, Math.min(i, last));
      v.abs().neg().intoArray(t, i - from);
    }
    VectorExponential.flushed(t, end - from);
  }

  private static void logarithms(float[] x, int from, int end, float[] exponentials, float[] out) {
    int last = x.length - F.length();
    for (int i = from; i < end; i += F.length()) {
      int at = Math.min(i, last);
      FloatVector v = FloatVector.fromArray(F, x, at);
      FloatVector t = FloatVector.fromArray(F, exponentials, i - from);
      FloatVector s = t.div(t.add(2));
      FloatVector z = s.mul(s);
      FloatVector p = FloatVector.broadcast(F, 0.12148307f);
      p = p.fma(z, FloatVector.broadcast(F, 0.10714454f));
      p = p.fma(z, FloatVector.broadcast(F, 0.14308378f));
      p = p.fma(z, FloatVector.broadcast(F, 0.19999442f));
      p = p.fma(z, FloatVector.broadcast(F, 0.33333337f));
      FloatVector twice = s.add(s);
      FloatVector log = p.fma(z.mul(twice), twice);
      v.blend(0, v.compare(VectorOperators.LT, 0)).add(log).intoArray(out, at);
    }
  }
}
