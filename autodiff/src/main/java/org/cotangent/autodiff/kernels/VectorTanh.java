package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The hyperbolic tangent of arrays of at least one vector, within 2 units in the last place: e/(e +
 * 2) with e = exp(2|x|) - 1, and the sign of x. With n and r as in {@link VectorExponential}, e =
 * 2ⁿ·(eʳ - 1) + (2ⁿ - 1) and eʳ - 1 = r + r²·q(r), which keeps its digits near 0.
 */
final class VectorTanh {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  private VectorTanh() {}

  static void tanh(double[] x, double[] out) {
    int last = out.length - D.length();
    for (int i = 0; i < out.length; i += D.length()) {
      int at = Math.min(i, last);
      DoubleVector v = DoubleVector.fromArray(D, x, at);
      DoubleVector a = v.abs();
      DoubleVector c = a.blend(20, a.compare(VectorOperators.GT, 20)); // there it is 1
      c = c.add(c);
      DoubleVector rounded =
          c.fma(
              DoubleVector.broadcast(D, VectorExponential.PER_LN2),
              DoubleVector.broadcast(D, VectorExponential.ROUND_64));
      DoubleVector n = rounded.sub(VectorExponential.ROUND_64);
      DoubleVector r =
          n.fma(
              DoubleVector.broadcast(D, -VectorExponential.LOW_64),
              n.fma(DoubleVector.broadcast(D, -VectorExponential.HIGH_64), c));
      DoubleVector q = DoubleVector.broadcast(D, 2.08753295078125e-09);
      q = q.fma(r, DoubleVector.broadcast(D, 2.5108979286712705e-08));
      q = q.fma(r, DoubleVector.broadcast(D, 2.755740263942093e-07));
      q = q.fma(r, DoubleVector.broadcast(D, 2.7557244373042417e-06));
      q = q.fma(r, DoubleVector.broadcast(D, 2.4801587172553352e-05));
      q = q.fma(r, DoubleVector.broadcast(D, 0.00019841269885967052));
      q = q.fma(r, DoubleVector.broadcast(D, 0.0013888888888962353));
      q = q.fma(r, DoubleVector.broadcast(D, 0.008333333333321691));
      q = q.fma(r, DoubleVector.broadcast(D, 0.04166666666666651));
      q = q.fma(r, DoubleVector.broadcast(D, 0.16666666666666677));
      q = q.fma(r, DoubleVector.broadcast(D, 0.5));
      DoubleVector power =
          rounded.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
      DoubleVector e = q.fma(r.mul(r), r).fma(power, power.sub(1));
      LongVector sign = v.reinterpretAsLongs().and(Long.MIN_VALUE);
      e.div(e.add(2)).reinterpretAsLongs().or(sign).reinterpretAsDoubles().intoArray(out, at);
    }
  }

  /** Where e/(e + 2) would lose more than 2 units, it is a fitted x + x³·T(x²). */
  static void tanh(float[] x, float[] out) {
    int last = out.length - F.length();
    for (int i = 0; i < out.length; i += F.length()) {
      int at = Math.min(i, last);
      FloatVector v = FloatVector.fromArray(F, x, at);
      FloatVector a = v.abs();
      FloatVector c = a.blend(10, a.compare(VectorOperators.GT, 10));
      c = c.add(c);
      FloatVector rounded =
          c.fma(
              FloatVector.broadcast(F, (float) VectorExponential.PER_LN2),
              FloatVector.broadcast(F, VectorExponential.ROUND_32));
      FloatVector n = rounded.sub(VectorExponential.ROUND_32);
      FloatVector r =
          n.fma(
              FloatVector.broadcast(F, -VectorExponential.LOW_32),
              n.fma(FloatVector.broadcast(F, -VectorExponential.HIGH_32), c));
      FloatVector q = FloatVector.broadcast(F, 0.00019845938f);
      q = q.fma(r, FloatVector.broadcast(F, 0.0013940627f));
      q = q.fma(r, FloatVector.broadcast(F, 0.00833339f));
      q = q.fma(r, FloatVector.broadcast(F, 0.041666362f));
      q = q.fma(r, FloatVector.broadcast(F, 0.16666666f));
      q = q.fma(r, FloatVector.broadcast(F, 0.5f));
      FloatVector power =
          rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector e = q.fma(r.mul(r), r).fma(power, power.sub(1));
      FloatVector z = a.mul(a);
      FloatVector t = FloatVector.broadcast(F, -0.0063046315f);
      t = t.fma(z, FloatVector.broadcast(F, 0.021092955f));
      t = t.fma(z, FloatVector.broadcast(F, -0.053857457f));
      t = t.fma(z, FloatVector.broadcast(F, 0.13332635f));
      t = t.fma(z, FloatVector.broadcast(F, -0.3333332f));
      FloatVector y =
          e.div(e.add(2)).blend(t.fma(z.mul(a), a), z.compare(VectorOperators.LT, 0.3f));
      IntVector sign = v.reinterpretAsInts().and(Integer.MIN_VALUE);
      y.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(out, at);
    }
  }
}
