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
 * <p>Both parts are computed for all. The polynomials are in methods of their own, because the
 * compiler inlines no method of more than 325 bytes of code.
 */
final class VectorErf {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  private VectorErf() {}

  private static DoubleVector all(double value) {
    return DoubleVector.broadcast(D, value);
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(F, value);
  }

  /** Returns erf x. */
  static DoubleVector of(DoubleVector x) {
    DoubleVector size = x.abs();
    DoubleVector limited = size.blend(6, size.compare(VectorOperators.GT, 6));
    DoubleVector e = VectorExponential.flushed(limited.mul(limited).neg());
    DoubleVector outer = tail(limited.sub(2)).mul(e).neg().add(1);
    DoubleVector inner = size.fma(near(size.mul(size)), size);
    DoubleVector y = outer.blend(inner, size.compare(VectorOperators.LT, 1));
    LongVector sign = x.reinterpretAsLongs().and(Long.MIN_VALUE);
    return y.reinterpretAsLongs().or(sign).reinterpretAsDoubles();
  }

  /** p(z) */
  private static DoubleVector near(DoubleVector z) {
    DoubleVector p = all(-7.801055716817145e-10);
    p = p.fma(z, all(1.3722901896469395e-08));
    p = p.fma(z, all(-1.6209157951127052e-07));
    p = p.fma(z, all(1.6447515222867675e-06));
    p = p.fma(z, all(-1.4924744454598863e-05));
    p = p.fma(z, all(0.0001205529530907008));
    p = p.fma(z, all(-0.0008548325989294259));
    p = p.fma(z, all(0.005223977607414602));
    p = p.fma(z, all(-0.026866170643275074));
    p = p.fma(z, all(0.11283791670945245));
    p = p.fma(z, all(-0.3761263890318355));
    return p.fma(z, all(0.12837916709551256));
  }

  /** q(u) */
  private static DoubleVector tail(DoubleVector u) {
    DoubleVector p = tailEnd(u);
    p = p.fma(u, all(4.6281969423258546e-06));
    p = p.fma(u, all(-1.6293741532982043e-05));
    p = p.fma(u, all(5.572830495940637e-05));
    p = p.fma(u, all(-0.00018477836102087912));
    p = p.fma(u, all(0.0005924699982446809));
    p = p.fma(u, all(-0.0018316642764861937));
    p = p.fma(u, all(0.005440738537080655));
    p = p.fma(u, all(-0.015460637764267827));
    p = p.fma(u, all(0.04180275260354396));
    p = p.fma(u, all(-0.10679646185348932));
    return p.fma(u, all(0.25539567631050564));
  }

  /** The upper half of the coefficients of q. */
  private static DoubleVector tailEnd(DoubleVector u) {
    DoubleVector p = all(-2.1359499099632887e-13);
    p = p.fma(u, all(3.1851763392078144e-12));
    p = p.fma(u, all(-2.132325352622615e-11));
    p = p.fma(u, all(9.316457932125387e-11));
    p = p.fma(u, all(-3.555226173175605e-10));
    p = p.fma(u, all(1.4237075267343203e-09));
    p = p.fma(u, all(-5.848192935419176e-09));
    p = p.fma(u, all(2.3373624183394545e-08));
    p = p.fma(u, all(-9.078634139475376e-08));
    p = p.fma(u, all(3.448236466007155e-07));
    return p.fma(u, all(-1.2794788112649791e-06));
  }

  /** Returns erf x. */
  static FloatVector of(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector limited = size.blend(4, size.compare(VectorOperators.GT, 4));
    FloatVector e = VectorExponential.flushed(limited.mul(limited).neg());
    FloatVector outer = tail(limited.sub(2)).mul(e).neg().add(1);
    FloatVector inner = size.fma(near(size.mul(size)), size);
    FloatVector y = outer.blend(inner, size.compare(VectorOperators.LT, 1));
    IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
    return y.reinterpretAsInts().or(sign).reinterpretAsFloats();
  }

  /** p(z) */
  private static FloatVector near(FloatVector z) {
    FloatVector p = all(7.888788278e-5f);
    p = p.fma(z, all(-0.0008020742068f));
    p = p.fma(z, all(0.0051895242f));
    p = p.fma(z, all(-0.02685443883f));
    p = p.fma(z, all(0.1128360004f));
    p = p.fma(z, all(-0.3761262712f));
    return p.fma(z, all(0.1283791659f));
  }

  /** q(u) */
  private static FloatVector tail(FloatVector u) {
    FloatVector p = all(0.0001067633731f);
    p = p.fma(u, all(-0.000202443539f));
    p = p.fma(u, all(0.0005035779696f));
    p = p.fma(u, all(-0.001857154223f));
    p = p.fma(u, all(0.005475650247f));
    p = p.fma(u, all(-0.01544306185f));
    p = p.fma(u, all(0.04180151988f));
    p = p.fma(u, all(-0.1067977962f));
    return p.fma(u, all(0.2553956022f));
  }
}
