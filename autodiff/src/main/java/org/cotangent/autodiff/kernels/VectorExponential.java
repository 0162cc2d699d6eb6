package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * eˣ of whole vectors from operations whose results IEEE 754 fixes. The Vector API's own EXP gives
 * other last bits in interpreted than in compiled code, so that equal runs would end differently.
 *
 * <p>With n the integer nearest to x/ln 2 and r = x - n·ln 2, eˣ = 2ⁿ·eʳ; ln 2 is taken in two
 * parts to keep the digits of r, and eʳ = 1 + r + r²·q(r) for |r| ≤ ln(2)/2. The polynomials q are
 * least-maximum fits made for this class with 50 digits; their relative error is below 1.1·10⁻¹⁷
 * (float: 4·10⁻⁹), and results are within 2 units in the last place (sigmoid and silu, which divide
 * by 1 + e⁻ˣ: 2.5; their results below the normal numbers are 0).
 *
 * <p>Polynomials are written out, here and in the other classes of vector functions: over loops of
 * coefficients the compiler keeps vectors in memory.
 */
final class VectorExponential {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  /**
   * Adding 1.5·2⁵² (1.5·2²³) rounds to an integer and leaves it in the lowest bits; here together
   * with the bias of an exponent.
   */
  private static final double ROUND_64 = 0x1.8p52 + 1023;

  private static final float ROUND_32 = 0x1.8p23f + 127;
  private static final double PER_LN2 = 1 / Math.log(2);

  /** ln 2 = HIGH + LOW; HIGH ends with zeros, so that n·HIGH is exact. */
  static final double HIGH_64 = 0x1.62e42fee00000p-1;

  static final double LOW_64 = 0x1.a39ef35793c76p-33;
  static final float HIGH_32 = 0x1.63p-1f;
  static final float LOW_32 = -0x1.bd0106p-13f;

  private VectorExponential() {}

  private static DoubleVector all(double value) {
    return DoubleVector.broadcast(D, value);
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(F, value);
  }

  /** Returns x limited to [low, high]; NaN stays. Far cheaper than min and max, which order ±0. */
  static DoubleVector limited(DoubleVector x, double low, double high) {
    DoubleVector notBelow = x.blend(low, x.compare(VectorOperators.LT, low));
    return notBelow.blend(high, x.compare(VectorOperators.GT, high));
  }

  static FloatVector limited(FloatVector x, float low, float high) {
    FloatVector notBelow = x.blend(low, x.compare(VectorOperators.LT, low));
    return notBelow.blend(high, x.compare(VectorOperators.GT, high));
  }

  /** Returns eˣ for all x, subnormal results included. */
  static DoubleVector of(DoubleVector x) {
    DoubleVector c = limited(x, -746, 710); // beyond these, results are 0 or infinite
    DoubleVector rounded = c.fma(all(PER_LN2), all(ROUND_64 + 1023));
    DoubleVector n = rounded.sub(ROUND_64 + 1023);
    DoubleVector p = near1(remainder(c, n));
    // 2ⁿ in two halves, as it may be beyond the normal numbers
    LongVector exponent = rounded.reinterpretAsLongs();
    LongVector half = exponent.lanewise(VectorOperators.LSHR, 1);
    return p.mul(power(half)).mul(power(exponent.sub(half)));
  }

  static FloatVector of(FloatVector x) {
    FloatVector c = limited(x, -105, 89);
    FloatVector rounded = c.fma(all((float) PER_LN2), all(ROUND_32 + 127));
    FloatVector n = rounded.sub(ROUND_32 + 127);
    FloatVector p = near1(remainder(c, n));
    IntVector exponent = rounded.reinterpretAsInts();
    IntVector half = exponent.lanewise(VectorOperators.LSHR, 1);
    return p.mul(power(half)).mul(power(exponent.sub(half)));
  }

  /** Returns eˣ, 0 where it would be subnormal and ∞ from x = 709.43 on. */
  static DoubleVector flushed(DoubleVector x) {
    DoubleVector c = limited(x, -708.8, 709.6); // there 2ⁿ becomes 0 and ∞
    DoubleVector rounded = c.fma(all(PER_LN2), all(ROUND_64));
    DoubleVector r = remainder(c, rounded.sub(ROUND_64));
    return near1(r).mul(power(rounded.reinterpretAsLongs()));
  }

  /** Returns eˣ, 0 where it would be subnormal and ∞ from x = 88.38 on. */
  static FloatVector flushed(FloatVector x) {
    FloatVector c = limited(x, -87.8f, 88.6f);
    FloatVector rounded = c.fma(all((float) PER_LN2), all(ROUND_32));
    FloatVector r = remainder(c, rounded.sub(ROUND_32));
    return near1(r).mul(power(rounded.reinterpretAsInts()));
  }

  /** Returns eˣ - 1, accurate near 0, for x from -700 to 700. */
  private static DoubleVector less1Bounded(DoubleVector x) {
    DoubleVector rounded = x.fma(all(PER_LN2), all(ROUND_64));
    DoubleVector r = remainder(x, rounded.sub(ROUND_64));
    DoubleVector power = power(rounded.reinterpretAsLongs());
    return less1(r).fma(power, power.sub(1));
  }

  /** Returns eˣ - 1, accurate near 0, for x from -87 to 88. */
  private static FloatVector less1Bounded(FloatVector x) {
    FloatVector rounded = x.fma(all((float) PER_LN2), all(ROUND_32));
    FloatVector r = remainder(x, rounded.sub(ROUND_32));
    FloatVector power = power(rounded.reinterpretAsInts());
    return less1(r).fma(power, power.sub(1));
  }

  /** Returns the hyperbolic tangent: e/(e + 2) with e = exp(2|x|) - 1, and the sign of x. */
  static DoubleVector tanh(DoubleVector x) {
    DoubleVector a = x.abs();
    DoubleVector limited = a.blend(20, a.compare(VectorOperators.GT, 20)); // there it is 1
    DoubleVector e = less1Bounded(limited.add(limited));
    LongVector sign = x.reinterpretAsLongs().and(Long.MIN_VALUE);
    return e.div(e.add(2)).reinterpretAsLongs().or(sign).reinterpretAsDoubles();
  }

  /** Where e/(e + 2) would lose more than 2 units, it is a fitted x + x³·T(x²). */
  static FloatVector tanh(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector limited = a.blend(10, a.compare(VectorOperators.GT, 10));
    FloatVector e = less1Bounded(limited.add(limited));
    FloatVector z = a.mul(a);
    FloatVector t = all(-0.0063046315f);
    t = t.fma(z, all(0.021092955f));
    t = t.fma(z, all(-0.053857457f));
    t = t.fma(z, all(0.13332635f));
    t = t.fma(z, all(-0.3333332f));
    FloatVector y = e.div(e.add(2)).blend(t.fma(z.mul(a), a), z.compare(VectorOperators.LT, 0.3f));
    IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
    return y.reinterpretAsInts().or(sign).reinterpretAsFloats();
  }

  /** Returns x - n·ln 2. */
  private static DoubleVector remainder(DoubleVector x, DoubleVector n) {
    return n.fma(all(-LOW_64), n.fma(all(-HIGH_64), x));
  }

  private static FloatVector remainder(FloatVector x, FloatVector n) {
    return n.fma(all(-LOW_32), n.fma(all(-HIGH_32), x));
  }

  /** Returns 2 to the power that the lowest bits say, which hold the exponent's bias too. */
  private static DoubleVector power(LongVector exponent) {
    return exponent.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
  }

  private static FloatVector power(IntVector exponent) {
    return exponent.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }

  /** Returns eʳ for |r| ≤ ln(2)/2. */
  private static DoubleVector near1(DoubleVector r) {
    DoubleVector p = all(2.5000084425775043e-08);
    p = p.fma(r, all(2.7630248795880495e-07));
    p = p.fma(r, all(2.7557586290884418e-06));
    p = p.fma(r, all(2.4801493097828538e-05));
    p = p.fma(r, all(0.00019841269506688846));
    p = p.fma(r, all(0.0013888888943631085));
    p = p.fma(r, all(0.008333333333494399));
    p = p.fma(r, all(0.041666666666530155));
    p = p.fma(r, all(0.16666666666666413));
    p = p.fma(r, all(0.5000000000000011));
    p = p.fma(r, all(1.0));
    return p.fma(r, all(1.0));
  }

  private static FloatVector near1(FloatVector r) {
    FloatVector p = all(0.0013814629f);
    p = p.fma(r, all(0.008368717f));
    p = p.fma(r, all(0.04166839f));
    p = p.fma(r, all(0.16666521f));
    p = p.fma(r, all(0.49999994f));
    p = p.fma(r, all(1f));
    return p.fma(r, all(1f));
  }

  /** Returns eʳ - 1 for |r| ≤ ln(2)/2. */
  private static DoubleVector less1(DoubleVector r) {
    DoubleVector q = all(2.08753295078125e-09);
    q = q.fma(r, all(2.5108979286712705e-08));
    q = q.fma(r, all(2.755740263942093e-07));
    q = q.fma(r, all(2.7557244373042417e-06));
    q = q.fma(r, all(2.4801587172553352e-05));
    q = q.fma(r, all(0.00019841269885967052));
    q = q.fma(r, all(0.0013888888888962353));
    q = q.fma(r, all(0.008333333333321691));
    q = q.fma(r, all(0.04166666666666651));
    q = q.fma(r, all(0.16666666666666677));
    q = q.fma(r, all(0.5));
    return q.fma(r.mul(r), r);
  }

  private static FloatVector less1(FloatVector r) {
    FloatVector q = all(0.00019845938f);
    q = q.fma(r, all(0.0013940627f));
    q = q.fma(r, all(0.00833339f));
    q = q.fma(r, all(0.041666362f));
    q = q.fma(r, all(0.16666666f));
    q = q.fma(r, all(0.5f));
    return q.fma(r.mul(r), r);
  }
}
