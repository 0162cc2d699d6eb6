package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The natural logarithm of arrays, within 2 units in the last place.
 *
 * <p>With x = 2ᵏ·(1 + f) and √½ ≤ 1 + f &lt; √2, log x = k·ln 2 + log(1 + f), and with s = f/(2 +
 * f) and z = s², log(1 + f) = 2·artanh(s) = 2s + 2s·z·R(z). It is summed as f - (f²/2 - s·(f²/2 +
 * 2z·R)), which keeps the digits of f (FreeBSD's e_log.c explains it). In float it is f - f²/2 +
 * f³·Q(f). R and Q are least-maximum fits made for this class; their errors in the result are below
 * 3·10⁻¹⁸ (float: 7·10⁻⁹).
 */
final class VectorLogarithm {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  /** The bits of √½, and how far those of 1 are above. */
  private static final long ROOT_64 = 0x3fe6a09e667f3bcdL;

  private static final int ROOT_32 = 0x3f3504f3;
  private static final long UP_64 = 0x3ff0000000000000L - ROOT_64;
  private static final int UP_32 = 0x3f800000 - ROOT_32;

  /** With these bits in front, a biased exponent becomes a number that is 2⁵² (2²³) larger. */
  private static final long COUNT_64 = 0x4330000000000000L;

  private static final int COUNT_32 = 0x4b000000;

  private VectorLogarithm() {}

  /** Sets out to log x, -∞ at ±0 and NaN below, for arrays of at least one vector. */
  static void log(double[] x, double[] out) {
    int last = out.length - D.length();
    for (int i = 0; i < out.length; i += D.length()) {
      int at = Math.min(i, last);
      DoubleVector v = DoubleVector.fromArray(D, x, at);
      VectorMask<Double> tiny = v.compare(VectorOperators.LT, Double.MIN_NORMAL);
      LongVector bits = v.blend(v.mul(0x1p54), tiny).reinterpretAsLongs().add(UP_64);
      DoubleVector k =
          bits.lanewise(VectorOperators.LSHR, 52)
              .or(COUNT_64)
              .reinterpretAsDoubles()
              .sub(DoubleVector.broadcast(D, 0x1p52 + 1023).blend(0x1p52 + 1023 + 54, tiny));
      DoubleVector f = bits.and(0xfffffffffffffL).add(ROOT_64).reinterpretAsDoubles().sub(1);
      DoubleVector s = f.div(f.add(2));
      DoubleVector z = s.mul(s);
      DoubleVector square = f.mul(f).mul(0.5);
      DoubleVector p = DoubleVector.broadcast(D, 0.07398754058696866);
      p = p.fma(z, DoubleVector.broadcast(D, 0.07656951660407713));
      p = p.fma(z, DoubleVector.broadcast(D, 0.09091784866027855));
      p = p.fma(z, DoubleVector.broadcast(D, 0.11111099238117607));
      p = p.fma(z, DoubleVector.broadcast(D, 0.14285714371629593));
      p = p.fma(z, DoubleVector.broadcast(D, 0.19999999999705556));
      p = p.fma(z, DoubleVector.broadcast(D, 0.33333333333333676));
      DoubleVector rest = s.fma(p.fma(z.add(z), square), k.mul(VectorExponential.LOW_64));
      DoubleVector y =
          k.fma(DoubleVector.broadcast(D, VectorExponential.HIGH_64), f.sub(square.sub(rest)));
      y = y.blend(v, v.compare(VectorOperators.LT, Double.POSITIVE_INFINITY).not());
      y = y.blend(Double.NaN, v.compare(VectorOperators.LT, 0));
      y = y.blend(Double.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, 0));
      y.intoArray(out, at);
    }
  }

  static void log(float[] x, float[] out) {
    int last = out.length - F.length();
    for (int i = 0; i < out.length; i += F.length()) {
      int at = Math.min(i, last);
      FloatVector v = FloatVector.fromArray(F, x, at);
      VectorMask<Float> tiny = v.compare(VectorOperators.LT, Float.MIN_NORMAL);
      IntVector bits = v.blend(v.mul(0x1p25f), tiny).reinterpretAsInts().add(UP_32);
      FloatVector k =
          bits.lanewise(VectorOperators.LSHR, 23)
              .or(COUNT_32)
              .reinterpretAsFloats()
              .sub(FloatVector.broadcast(F, 0x1p23f + 127).blend(0x1p23f + 127 + 25, tiny));
      FloatVector f = bits.and(0x7fffff).add(ROOT_32).reinterpretAsFloats().sub(1);
      FloatVector q = FloatVector.broadcast(F, -0.07635858f);
      q = q.fma(f, FloatVector.broadcast(F, 0.12761788f));
      q = q.fma(f, FloatVector.broadcast(F, -0.13159712f));
      q = q.fma(f, FloatVector.broadcast(F, 0.14201687f));
      q = q.fma(f, FloatVector.broadcast(F, -0.16623405f));
      q = q.fma(f, FloatVector.broadcast(F, 0.20001233f));
      q = q.fma(f, FloatVector.broadcast(F, -0.2500082f));
      q = q.fma(f, FloatVector.broadcast(F, 0.3333333f));
      FloatVector square = f.mul(f);
      FloatVector rest = q.fma(square.mul(f), k.mul(VectorExponential.LOW_32));
      FloatVector y =
          k.fma(
              FloatVector.broadcast(F, VectorExponential.HIGH_32),
              f.add(square.fma(FloatVector.broadcast(F, -0.5f), rest)));
      y = y.blend(v, v.compare(VectorOperators.LT, Float.POSITIVE_INFINITY).not());
      y = y.blend(Float.NaN, v.compare(VectorOperators.LT, 0));
      y = y.blend(Float.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, 0));
      y.intoArray(out, at);
    }
  }
}
