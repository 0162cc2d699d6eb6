package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * eˣ of arrays from operations whose results IEEE 754 fixes. The Vector API's own EXP gives other
 * last bits in interpreted than in compiled code, so that equal runs would end differently.
 *
 * <p>With n the integer nearest to x/ln 2 and r = x - n·ln 2, eˣ = 2ⁿ·eʳ; ln 2 is taken in two
 * parts to keep the digits of r, and eʳ = 1 + r + r²·q(r) for |r| ≤ ln(2)/2. The polynomials q are
 * least-maximum fits made for this class with 50 digits; their relative error is below 1.1·10⁻¹⁷
 * (float: 4·10⁻⁹), and results are within 2 units in the last place.
 *
 * <p>Polynomials are written out, here and in the other classes of vector functions: over loops of
 * coefficients the compiler keeps vectors in memory. And loops call the Vector API alone: whether a
 * method of ours is inlined into a loop depends on how large the loop already is and on what was
 * compiled before, and where it is not, every vector it takes or returns becomes an object, which
 * makes the loop ten times slower.
 */
final class VectorExponential {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  /**
   * Adding 1.5·2⁵² (1.5·2²³) rounds to an integer and leaves it in the lowest bits; here together
   * with the bias of an exponent.
   */
  static final double ROUND_64 = 0x1.8p52 + 1023;

  static final float ROUND_32 = 0x1.8p23f + 127;
  static final double PER_LN2 = 1 / Math.log(2);

  /** ln 2 = HIGH + LOW; HIGH ends with zeros, so that n·HIGH is exact. */
  static final double HIGH_64 = 0x1.62e42fee00000p-1;

  static final double LOW_64 = 0x1.a39ef35793c76p-33;
  static final float HIGH_32 = 0x1.63p-1f;
  static final float LOW_32 = -0x1.bd0106p-13f;

  private VectorExponential() {}

  /** Sets out to eˣ, subnormal results included, for arrays of at least one vector. */
  static void exp(double[] x, double[] out) {
    int last = out.length - D.length();
    for (int i = 0; i < out.length; i += D.length()) {
      int at = Math.min(i, last);
      DoubleVector v = DoubleVector.fromArray(D, x, at);
      // beyond these, results are 0 or infinite
      DoubleVector c = v.blend(-746, v.compare(VectorOperators.LT, -746));
      c = c.blend(710, c.compare(VectorOperators.GT, 710));
      DoubleVector rounded =
          c.fma(DoubleVector.broadcast(D, PER_LN2), DoubleVector.broadcast(D, ROUND_64 + 1023));
      DoubleVector n = rounded.sub(ROUND_64 + 1023);
      DoubleVector r =
          n.fma(DoubleVector.broadcast(D, -LOW_64), n.fma(DoubleVector.broadcast(D, -HIGH_64), c));
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
      // 2ⁿ in two halves, as it may be beyond the normal numbers
      LongVector exponent = rounded.reinterpretAsLongs();
      LongVector half = exponent.lanewise(VectorOperators.LSHR, 1);
      LongVector rest = exponent.sub(half);
      p = p.mul(half.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles());
      p = p.mul(rest.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles());
      p.intoArray(out, at);
    }
  }

  /**
   * Replaces the first count elements of t, and the rest of their last vector, by eˣ; where that
   * would be subnormal it is 0, and it is ∞ from x = 709.43 on.
   */
  static void flushed(double[] t, int count) {
    for (int i = 0; i < count; i += D.length()) {
      DoubleVector v = DoubleVector.fromArray(D, t, i);
      DoubleVector c = v.blend(-708.8, v.compare(VectorOperators.LT, -708.8));
      c = c.blend(709.6, c.compare(VectorOperators.GT, 709.6));
      DoubleVector rounded =
          c.fma(DoubleVector.broadcast(D, PER_LN2), DoubleVector.broadcast(D, ROUND_64));
      DoubleVector n = rounded.sub(ROUND_64);
      DoubleVector r =
          n.fma(DoubleVector.broadcast(D, -LOW_64), n.fma(DoubleVector.broadcast(D, -HIGH_64), c));
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
      e.intoArray(t, i);
    }
  }

  /** Sets out to eˣ, subnormal results included, for arrays of at least one vector. */
  static void exp(float[] x, float[] out) {
    int last = out.length - F.length();
    for (int i = 0; i < out.length; i += F.length()) {
      int at = Math.min(i, last);
      FloatVector v = FloatVector.fromArray(F, x, at);
      // beyond these, results are 0 or infinite
      FloatVector c = v.blend(-105, v.compare(VectorOperators.LT, -105));
      c = c.blend(89, c.compare(VectorOperators.GT, 89));
      FloatVector rounded =
          c.fma(
              FloatVector.broadcast(F, (float) PER_LN2), FloatVector.broadcast(F, ROUND_32 + 127));
      FloatVector n = rounded.sub(ROUND_32 + 127);
      FloatVector r =
          n.fma(FloatVector.broadcast(F, -LOW_32), n.fma(FloatVector.broadcast(F, -HIGH_32), c));
      FloatVector p = FloatVector.broadcast(F, 0.0013814629f);
      p = p.fma(r, FloatVector.broadcast(F, 0.008368717f));
      p = p.fma(r, FloatVector.broadcast(F, 0.04166839f));
      p = p.fma(r, FloatVector.broadcast(F, 0.16666521f));
      p = p.fma(r, FloatVector.broadcast(F, 0.49999994f));
      p = p.fma(r, FloatVector.broadcast(F, 1f));
      p = p.fma(r, FloatVector.broadcast(F, 1f));
      IntVector exponent = rounded.reinterpretAsInts();
      IntVector half = exponent.lanewise(VectorOperators.LSHR, 1);
      IntVector rest = exponent.sub(half);
      p = p.mul(half.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
      p = p.mul(rest.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
      p.intoArray(out, at);
    }
  }

  /**
   * Replaces the first count elements of t, and the rest of their last vector, by eˣ; where that
   * would be subnormal it is 0, and it is ∞ from x = 88.38 on.
   */
  static void flushed(float[] t, int count) {
    for (int i = 0; i < count; i += F.length()) {
      FloatVector v = FloatVector.fromArray(F, t, i);
      FloatVector c = v.blend(-87.8f, v.compare(VectorOperators.LT, -87.8f));
      c = c.blend(88.6f, c.compare(VectorOperators.GT, 88.6f));
      FloatVector rounded =
          c.fma(FloatVector.broadcast(F, (float) PER_LN2), FloatVector.broadcast(F, ROUND_32));
      FloatVector n = rounded.sub(ROUND_32);
      FloatVector r =
          n.fma(FloatVector.broadcast(F, -LOW_32), n.fma(FloatVector.broadcast(F, -HIGH_32), c));
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
      e.intoArray(t, i);
    }
  }
}
