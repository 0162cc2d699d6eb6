package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sine and cosine of whole vectors, within 2 units in the last place.
 *
 * <p>With n the integer nearest to |x|·2/π and r = |x| - n·π/2, both are sin r or cos r with a
 * sign, by n modulo 4. π/2 is taken in three parts (Cody and Waite): the first product is taken
 * from |x| without an error, because fused multiply-add does not round it and the difference is a
 * short multiple of the last place of the first part. This holds up to {@link #LARGEST_64} and
 * {@link #LARGEST_32}; callers compute larger ones otherwise.
 *
 * <p>sin r = r + r³·S(r²) and cos r = 1 - r²/2 + r⁴·C(r²) with least-maximum fits made for this
 * class; their errors are below 10⁻¹⁷ (float: 5·10⁻⁹).
 */
final class VectorTrigonometry {
  static final double LARGEST_64 = 0x1p20;
  static final float LARGEST_32 = 0x1p10f;

  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final double ROUND_64 = 0x1.8p52;
  private static final float ROUND_32 = 0x1.8p23f;

  /** The three parts of π/2. */
  private static final double A_64 = 0x1.921fb54442d18p0;

  private static final double B_64 = 0x1.1a62633145c07p-54;
  private static final double C_64 = -0x1.f1976b7ed8fbcp-110;
  private static final float A_32 = 0x1.921fb6p0f;
  private static final float B_32 = -0x1.777a5cp-25f;
  private static final float C_32 = -0x1.ee59dap-50f;

  private VectorTrigonometry() {}

  private static DoubleVector all(double value) {
    return DoubleVector.broadcast(D, value);
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(F, value);
  }

  static DoubleVector sin(DoubleVector x) {
    LongVector sign = x.reinterpretAsLongs().and(Long.MIN_VALUE);
    return turned(x.abs(), 0)
        .reinterpretAsLongs()
        .lanewise(VectorOperators.XOR, sign)
        .reinterpretAsDoubles();
  }

  static DoubleVector cos(DoubleVector x) {
    return turned(x.abs(), 1);
  }

  static FloatVector sin(FloatVector x) {
    IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
    return turned(x.abs(), 0)
        .reinterpretAsInts()
        .lanewise(VectorOperators.XOR, sign)
        .reinterpretAsFloats();
  }

  static FloatVector cos(FloatVector x) {
    return turned(x.abs(), 1);
  }

  /** Returns the sine of x + turns·π/2. */
  private static DoubleVector turned(DoubleVector x, int turns) {
    DoubleVector rounded = x.fma(all(2 / Math.PI), all(ROUND_64));
    DoubleVector n = rounded.sub(ROUND_64);
    DoubleVector r = n.fma(all(-C_64), n.fma(all(-B_64), n.fma(all(-A_64), x)));
    DoubleVector z = r.mul(r);
    LongVector quarter = rounded.reinterpretAsLongs().add(turns);
    DoubleVector y =
        sine(r, z).blend(cosine(z), quarter.and(1).compare(VectorOperators.NE, 0).cast(D));
    return quarter
        .and(2)
        .lanewise(VectorOperators.LSHL, 62)
        .lanewise(VectorOperators.XOR, y.reinterpretAsLongs())
        .reinterpretAsDoubles();
  }

  private static DoubleVector sine(DoubleVector r, DoubleVector z) {
    DoubleVector s = all(1.5896795377136396e-10);
    s = s.fma(z, all(-2.5050758112404107e-08));
    s = s.fma(z, all(2.7557313691917495e-06));
    s = s.fma(z, all(-0.00019841269829807892));
    s = s.fma(z, all(0.008333333333322413));
    s = s.fma(z, all(-0.16666666666666632));
    return s.fma(z.mul(r), r);
  }

  private static DoubleVector cosine(DoubleVector z) {
    DoubleVector c = all(-1.1359648797084286e-11);
    c = c.fma(z, all(2.0875723295084495e-09));
    c = c.fma(z, all(-2.755731435251706e-07));
    c = c.fma(z, all(2.480158728948292e-05));
    c = c.fma(z, all(-0.0013888888888874125));
    c = c.fma(z, all(0.0416666666666666));
    return c.fma(z.mul(z), z.fma(all(-0.5), all(1.0)));
  }

  private static FloatVector turned(FloatVector x, int turns) {
    FloatVector rounded = x.fma(all((float) (2 / Math.PI)), all(ROUND_32));
    FloatVector n = rounded.sub(ROUND_32);
    FloatVector r = n.fma(all(-C_32), n.fma(all(-B_32), n.fma(all(-A_32), x)));
    FloatVector z = r.mul(r);
    IntVector quarter = rounded.reinterpretAsInts().add(turns);
    FloatVector y =
        sine(r, z).blend(cosine(z), quarter.and(1).compare(VectorOperators.NE, 0).cast(F));
    return quarter
        .and(2)
        .lanewise(VectorOperators.LSHL, 30)
        .lanewise(VectorOperators.XOR, y.reinterpretAsInts())
        .reinterpretAsFloats();
  }

  private static FloatVector sine(FloatVector r, FloatVector z) {
    FloatVector s = all(-0.0001951752f);
    s = s.fma(z, all(0.008332181f));
    s = s.fma(z, all(-0.16666655f));
    return s.fma(z.mul(r), r);
  }

  private static FloatVector cosine(FloatVector z) {
    FloatVector c = all(2.4439416e-05f);
    c = c.fma(z, all(-0.0013887377f));
    c = c.fma(z, all(0.041666646f));
    return c.fma(z.mul(z), z.fma(all(-0.5f), all(1f)));
  }
}
