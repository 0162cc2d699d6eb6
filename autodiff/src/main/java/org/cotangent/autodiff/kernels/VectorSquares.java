package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Sums of squares in double precision with the Vector API. */
final class VectorSquares {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;

  /** As many floats as there are doubles in a vector. */
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(D.vectorBitSize() / 2));

  private VectorSquares() {}

  static double sum(double[] x) {
    int lanes = D.length();
    DoubleVector a = DoubleVector.zero(D);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    int i = 0;
    for (; i <= x.length - 4 * lanes; i += 4 * lanes) {
      DoubleVector p = DoubleVector.fromArray(D, x, i);
      DoubleVector q = DoubleVector.fromArray(D, x, i + lanes);
      DoubleVector r = DoubleVector.fromArray(D, x, i + 2 * lanes);
      DoubleVector s = DoubleVector.fromArray(D, x, i + 3 * lanes);
      a = p.fma(p, a);
      b = q.fma(q, b);
      c = r.fma(r, c);
      d = s.fma(s, d);
    }
    double total = LaneSum.of(a.add(b).add(c.add(d)));
    for (; i < x.length; i++) {
      total = Math.fma(x[i], x[i], total);
    }
    return total;
  }

  static double sum(float[] x) {
    int lanes = D.length();
    DoubleVector a = DoubleVector.zero(D);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    int i = 0;
    for (; i <= x.length - 4 * lanes; i += 4 * lanes) {
      DoubleVector p = wide(x, i);
      DoubleVector q = wide(x, i + lanes);
      DoubleVector r = wide(x, i + 2 * lanes);
      DoubleVector s = wide(x, i + 3 * lanes);
      a = p.fma(p, a);
      b = q.fma(q, b);
      c = r.fma(r, c);
      d = s.fma(s, d);
    }
    double total = LaneSum.of(a.add(b).add(c.add(d)));
    for (; i < x.length; i++) {
      total = Math.fma((double) x[i], (double) x[i], total);
    }
    return total;
  }

  private static DoubleVector wide(float[] x, int from) {
    FloatVector narrow = FloatVector.fromArray(HALF, x, from);
    return (DoubleVector) narrow.convertShape(VectorOperators.F2D, D, 0);
  }
}
