package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The error function with the Vector API, within 2 units in the last place. With z = x², it is
 *
 * <ul>
 *   <li>x + x·p(z) where |x| is below 1,
 *   <li>1 - e⁻ᶻ·q(|x| - 2), with the sign of x, elsewhere, where q stands for eᶻ·erfc(|x|); at most
 *       0.16 is subtracted, so its errors shrink. Beyond 6 (float: 4) the result rounds to 1.
 * </ul>
 *
 * <p>The polynomials are least-maximum fits made for this class with 60 digits, of q with weight
 * e⁻ᶻ. Their largest errors in the result are 7·10⁻¹⁸ and 2·10⁻¹⁸ (float: 3·10⁻⁹).
 *
 * <p>There are several loops, because all together are more than the compiler inlines; and all
 * calls in them are of the Vector API, because in large loops it inlines no others.
 */
final class VectorErf {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  /** So many elements at a time go through all loops. */
  private static final int BLOCK = 512;

  private VectorErf() {}

  /** For arrays of at least one vector; the last vector overlaps the one before. */
  static void of(double[] x, double[] out) {
    double[] t = new double[BLOCK];
    for (int from = 0; from < out.length; from += BLOCK) {
      int end = Math.min(from + BLOCK, out.length);
      exponentials(x, from, end, t);
      outer(x, from, end, t);
      inner(x, from, end, t, out);
    }
  }

  /** Sets t to exp(-x²). */
  private static void exponentials(double[] x, int from, int end, double[] t) {
    int last = x.length - D.length();
    for (int i = from; i < end; i += D.length()) {
      DoubleVector v = DoubleVector.fromArray(D, x, Math.min(i, last)).abs();
      DoubleVector size = v.blend(6, v.compare(VectorOperators.GT, 6));
      size.mul(size).neg().intoArray(t, i - from);
    }
    VectorExponential.flushed(t, end - from);
  }

  /** Sets t from exp(-x²) to erf |x| for |x| of 1 and more. */
  private static void outer(double[] x, int from, int end, double[] t) {
    int last = x.length - D.length();
    for (int i = from; i < end; i += D.length()) {
      DoubleVector v = DoubleVector.fromArray(D, x, Math.min(i, last)).abs();
      DoubleVector u = v.blend(6, v.compare(VectorOperators.GT, 6)).sub(2);
      DoubleVector q = DoubleVector.broadcast(D, -2.1359499099632887e-13);
      q = q.fma(u, DoubleVector.broadcast(D, 3.1851763392078144e-12));
      q = q.fma(u, DoubleVector.broadcast(D, -2.132325352622615e-11));
      q = q.fma(u, DoubleVector.broadcast(D, 9.316457932125387e-11));
      q = q.fma(u, DoubleVector.broadcast(D, -3.555226173175605e-10));
      q = q.fma(u, DoubleVector.broadcast(D, 1.4237075267343203e-09));
      q = q.fma(u, DoubleVector.broadcast(D, -5.848192935419176e-09));
      q = q.fma(u, DoubleVector.broadcast(D, 2.3373624183394545e-08));
      q = q.fma(u, DoubleVector.broadcast(D, -9.078634139475376e-08));
      q = q.fma(u, DoubleVector.broadcast(D, 3.448236466007155e-07));
      q = q.fma(u, DoubleVector.broadcast(D, -1.2794788112649791e-06));
      q = q.fma(u, DoubleVector.broadcast(D, 4.6281969423258546e-06));
      q = q.fma(u, DoubleVector.broadcast(D, -1.6293741532982043e-05));
      q = q.fma(u, DoubleVector.broadcast(D, 5.572830495940637e-05));
      q = q.fma(u, DoubleVector.broadcast(D, -0.00018477836102087912));
      q = q.fma(u, DoubleVector.broadcast(D, 0.0005924699982446809));
      q = q.fma(u, DoubleVector.broadcast(D, -0.0018316642764861937));
      q = q.fma(u, DoubleVector.broadcast(D, 0.005440738537080655));
      q = q.fma(u, DoubleVector.broadcast(D, -0.015460637764267827));
      q = q.fma(u, DoubleVector.broadcast(D, 0.04180275260354396));
      q = q.fma(u, DoubleVector.broadcast(D, -0.10679646185348932));
      q = q.fma(u, DoubleVector.broadcast(D, 0.25539567631050564));
      DoubleVector e = DoubleVector.fromArray(D, t, i - from);
      q.mul(e).neg().add(1).intoArray(t, i - from);
    }
  }

  private static void inner(double[] x, int from, int end, double[] t, double[] out) {
    int last = x.length - D.length();
    for (int i = from; i < end; i += D.length()) {
      int at = Math.min(i, last);
      DoubleVector v = DoubleVector.fromArray(D, x, at);
      DoubleVector size = v.abs();
      DoubleVector z = size.mul(size);
      DoubleVector p = DoubleVector.broadcast(D, -7.801055716817145e-10);
      p = p.fma(z, DoubleVector.broadcast(D, 1.3722901896469395e-08));
      p = p.fma(z, DoubleVector.broadcast(D, -1.6209157951127052e-07));
      p = p.fma(z, DoubleVector.broadcast(D, 1.6447515222867675e-06));
      p = p.fma(z, DoubleVector.broadcast(D, -1.4924744454598863e-05));
      p = p.fma(z, DoubleVector.broadcast(D, 0.0001205529530907008));
      p = p.fma(z, DoubleVector.broadcast(D, -0.0008548325989294259));
      p = p.fma(z, DoubleVector.broadcast(D, 0.005223977607414602));
      p = p.fma(z, DoubleVector.broadcast(D, -0.026866170643275074));
      p = p.fma(z, DoubleVector.broadcast(D, 0.11283791670945245));
      p = p.fma(z, DoubleVector.broadcast(D, -0.3761263890318355));
      p = p.fma(z, DoubleVector.broadcast(D, 0.12837916709551256));
      DoubleVector inner = size.fma(p, size);
      DoubleVector outer = DoubleVector.fromArray(D, t, i - from);
      DoubleVector y = outer.blend(inner, size.compare(VectorOperators.LT, 1));
      LongVector sign = v.reinterpretAsLongs().and(Long.MIN_VALUE);
      y.reinterpretAsLongs().or(sign).reinterpretAsDoubles().intoArray(out, at);
    }
  }

  /** For arrays of at least one vector; the last vector overlaps the one before. */
  static void of(float[] x, float[] out) {
    float[] t = new float[BLOCK];
    for (int from = 0; from < out.length; from += BLOCK) {
      int end = Math.min(from + BLOCK, out.length);
      exponentials(x, from, end, t);
      outer(x, from, end, t);
      inner(x, from, end, t, out);
    }
  }

  /** Sets t to exp(-x²). */
  private static void exponentials(float[] x, int from, int end, float[] t) {
    int last = x.length - F.length();
    for (int i = from; i < end; i += F.length()) {
      FloatVector v = FloatVector.fromArray(F, x, Math.min(i, last)).abs();
      FloatVector size = v.blend(4, v.compare(VectorOperators.GT, 4));
      size.mul(size).neg().intoArray(t, i - from);
    }
    VectorExponential.flushed(t, end - from);
  }

  /** Sets t from exp(-x²) to erf |x| for |x| of 1 and more. */
  private static void outer(float[] x, int from, int end, float[] t) {
    int last = x.length - F.length();
    for (int i = from; i < end; i += F.length()) {
      FloatVector v = FloatVector.fromArray(F, x, Math.min(i, last)).abs();
      FloatVector u = v.blend(4, v.compare(VectorOperators.GT, 4)).sub(2);
      FloatVector q = FloatVector.broadcast(F, 0.0001067633731f);
      q = q.fma(u, FloatVector.broadcast(F, -0.000202443539f));
      q = q.fma(u, FloatVector.broadcast(F, 0.0005035779696f));
      q = q.fma(u, FloatVector.broadcast(F, -0.001857154223f));
      q = q.fma(u, FloatVector.broadcast(F, 0.005475650247f));
      q = q.fma(u, FloatVector.broadcast(F, -0.01544306185f));
      q = q.fma(u, FloatVector.broadcast(F, 0.04180151988f));
      q = q.fma(u, FloatVector.broadcast(F, -0.1067977962f));
      q = q.fma(u, FloatVector.broadcast(F, 0.2553956022f));
      FloatVector e = FloatVector.fromArray(F, t, i - from);
      q.mul(e).neg().add(1).intoArray(t, i - from);
    }
  }

  private static void inner(float[] x, int from, int end, float[] t, float[] out) {
    int last = x.length - F.length();
    for (int i = from; i < end; i += F.length()) {
      int at = Math.min(i, last);
      FloatVector v = FloatVector.fromArray(F, x, at);
      FloatVector size = v.abs();
      FloatVector z = size.mul(size);
      FloatVector p = FloatVector.broadcast(F, 7.888788278e-5f);
      p = p.fma(z, FloatVector.broadcast(F, -0.0008020742068f));
      p = p.fma(z, FloatVector.broadcast(F, 0.0051895242f));
      p = p.fma(z, FloatVector.broadcast(F, -0.02685443883f));
      p = p.fma(z, FloatVector.broadcast(F, 0.1128360004f));
      p = p.fma(z, FloatVector.broadcast(F, -0.3761262712f));
      p = p.fma(z, FloatVector.broadcast(F, 0.1283791659f));
      FloatVector inner = size.fma(p, size);
      FloatVector outer = FloatVector.fromArray(F, t, i - from);
      FloatVector y = outer.blend(inner, size.compare(VectorOperators.LT, 1));
      IntVector sign = v.reinterpretAsInts().and(Integer.MIN_VALUE);
      y.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(out, at);
    }
  }
}
