package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * 1/(1 + e⁻ˣ) and x/(1 + e⁻ˣ) of arrays of at least one vector, within 2.5 units in the last place;
 * results below the normal numbers are 0. The exponential is that of {@link VectorExponential},
 * written out in each loop for the reason given there.
 */
final class VectorLogistic {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  private VectorLogistic() {}

  static void sigmoid(double[] x, double[] out) {
    int last = out.length - D.length();
    for (int i = 0; i < out.length; i += D.length()) {
      int at = Math.min(i, last);
      DoubleVector v = DoubleVector.fromArray(D, x, at);
      DoubleVector u = v.neg();
      DoubleVector c = u.blend(-708.8, u.compare(VectorOperators.LT, -708.8));
      c = c.blend(709.6, c.compare(VectorOperators.GT, 709.6));
      DoubleVector rounded =
          c.fma(
              DoubleVector.broadcast(D, VectorExponential.PER_LN2),
              DoubleVector.broadcast(D, VectorExponential.ROUND_64));
      DoubleVector n = rounded.sub(VectorExponential.ROUND_64);
      DoubleVector r =
          n.fma(
              DoubleVector.broadcast(D, -VectorExponential.LOW_64),
              n.fma(DoubleVector.broadcast(D, -VectorExponential.HIGH_64), c));
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
      DoubleVector.broadcast(D, 1).div(e.add(1)).intoArray(out, at);
    }
  }

  static void silu(double[] x, double[] out) {
    int last = out.length - D.length();
    for (int i = 0; i < out.length; i += D.length()) {
      int at = Math.min(i, last);
      DoubleVector v = DoubleVector.fromArray(D, x, at);
      DoubleVector u = v.neg();
      DoubleVector c = u.blend(-708.8, u.compare(VectorOperators.LT, -708.8));
      c = c.blend(709.6, c.compare(VectorOperators.GT, 709.6));
      DoubleVector rounded =
          c.fma(
              DoubleVector.broadcast(D, VectorExponential.PER_LN2),
              DoubleVector.broadcast(D, VectorExponential.ROUND_64));
      DoubleVector n = rounded.sub(VectorExponential.ROUND_64);
      DoubleVector r =
          n.fma(
              DoubleVector.broadcast(D, -VectorExponential.LOW_64),
              n.fma(DoubleVector.broadcast(D, -VectorExponential.HIGH_64), c));
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
      v.div(e.add(1)).intoArray(out, at);
    }
  }

  static void sigmoid(float[] x, float[] out) {
    int last = out.length - F.length();
    for (int i = 0; i < out.length; i += F.length()) {
      int at = Math.min(i, last);
      FloatVector v = FloatVector.fromArray(F, x, at);
      FloatVector u = v.neg();
      FloatVector c = u.blend(-87.8f, u.compare(VectorOperators.LT, -87.8f));
      c = c.blend(88.6f, c.compare(VectorOperators.GT, 88.6f));
      FloatVector rounded =
          c.fma(
              FloatVector.broadcast(F, (float) VectorExponential.PER_LN2),
              FloatVector.broadcast(F, VectorExponential.ROUND_32));
      FloatVector n = rounded.sub(VectorExponential.ROUND_32);
      FloatVector r =
          n.fma(
              FloatVector.broadcast(F, -VectorExponential.LOW_32),
              n.fma(FloatVector.broadcast(F, -VectorExponential.HIGH_32), c));
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
      FloatVector.broadcast(F, 1).div(e.add(1)).intoArray(out, at);
    }
  }

  static void silu(float[] x, float[] out) {
    int last = out.length - F.length();
    for (int i = 0; i < out.length; i += F.length()) {
      int at = Math.min(i, last);
      FloatVector v = FloatVector.fromArray(F, x, at);
      FloatVector u = v.neg();
      FloatVector c = u.blend(-87.8f, u.compare(VectorOperators.LT, -87.8f));
      c = c.blend(88.6f, c.compare(VectorOperators.GT, 88.6f));
      FloatVector rounded =
          c.fma(
              FloatVector.broadcast(F, (float) VectorExponential.PER_LN2),
              FloatVector.broadcast(F, VectorExponential.ROUND_32));
      FloatVector n = rounded.sub(VectorExponential.ROUND_32);
      FloatVector r =
          n.fma(
              FloatVector.broadcast(F, -VectorExponential.LOW_32),
              n.fma(FloatVector.broadcast(F, -VectorExponential.HIGH_32), c));
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
      v.div(e.add(1)).intoArray(out, at);
    }
  }
}
