package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * eˣ of whole vectors from operations whose results IEEE 754 fixes. The Vector API's own EXP gives
 * other last bits in interpreted than in compiled code, so that equal runs would end differently.
 *
 * <p>With n the integer nearest to x/ln 2 and r = x - n·ln 2, eˣ = 2ⁿ·eʳ; ln 2 is taken in two
 * parts to keep the digits of r, and eʳ with |r| ≤ ln(2)/2 is its Taylor polynomial, whose
 * remainder is below half an ulp. 2ⁿ is applied in two halves, so that results may be subnormal.
 * The error stays below 2 ulp.
 */
final class VectorExponential {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  /** Adding 1.5·2⁵² (1.5·2²³) rounds to an integer and leaves it in the lowest bits. */
  private static final double ROUND_64 = 0x1.8p52;

  private static final float ROUND_32 = 0x1.8p23f;

  /** ln 2 = HIGH + LOW; HIGH ends with zeros, so that n·HIGH is exact. */
  private static final double HIGH_64 = 0x1.62e42fee00000p-1;

  private static final double LOW_64 = 0x1.a39ef35793c76p-33;
  private static final float HIGH_32 = 0x1.63p-1f;
  private static final float LOW_32 = -0x1.bd0106p-13f;

  private static final double[] INVERSE_FACTORIALS = inverseFactorials();

  private VectorExponential() {}

  private static double[] inverseFactorials() {
    double[] all = new double[14];
    all[0] = 1;
    for (int k = 1; k < all.length; k++) {
      all[k] = all[k - 1] / k;
    }
    return all;
  }

  static DoubleVector of(DoubleVector x) {
    DoubleVector c = x.min(709.9).max(-746); // beyond these, all results are infinite or 0
    DoubleVector n = c.mul(1 / Math.log(2)).add(ROUND_64).sub(ROUND_64);
    DoubleVector r = n.fma(DoubleVector.broadcast(D, -HIGH_64), c);
    r = n.fma(DoubleVector.broadcast(D, -LOW_64), r);
    DoubleVector p = DoubleVector.broadcast(D, INVERSE_FACTORIALS[13]);
    for (int k = 12; k >= 0; k--) {
      p = p.fma(r, DoubleVector.broadcast(D, INVERSE_FACTORIALS[k]));
    }
    DoubleVector half = n.mul(0.5).add(ROUND_64);
    DoubleVector rest = n.sub(half.sub(ROUND_64)).add(ROUND_64);
    return p.mul(powerOfTwo(half)).mul(powerOfTwo(rest));
  }

  private static DoubleVector powerOfTwo(DoubleVector rounded) {
    return rounded
        .reinterpretAsLongs()
        .add(1023)
        .lanewise(VectorOperators.LSHL, 52)
        .reinterpretAsDoubles();
  }

  static FloatVector of(FloatVector x) {
    FloatVector c = x.min(89f).max(-105f);
    FloatVector n = c.mul((float) (1 / Math.log(2))).add(ROUND_32).sub(ROUND_32);
    FloatVector r = n.fma(FloatVector.broadcast(F, -HIGH_32), c);
    r = n.fma(FloatVector.broadcast(F, -LOW_32), r);
    FloatVector p = FloatVector.broadcast(F, (float) INVERSE_FACTORIALS[7]);
    for (int k = 6; k >= 0; k--) {
      p = p.fma(r, FloatVector.broadcast(F, (float) INVERSE_FACTORIALS[k]));
    }
    FloatVector half = n.mul(0.5f).add(ROUND_32);
    FloatVector rest = n.sub(half.sub(ROUND_32)).add(ROUND_32);
    return p.mul(powerOfTwo(half)).mul(powerOfTwo(rest));
  }

  private static FloatVector powerOfTwo(FloatVector rounded) {
    return rounded
        .reinterpretAsInts()
        .add(127)
        .lanewise(VectorOperators.LSHL, 23)
        .reinterpretAsFloats();
  }
}
