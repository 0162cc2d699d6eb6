package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of long rows with the Vector API: four that need not wait for each other, then one of them.
 * No method here returns before its sum: a vector that is handed to {@link LaneSum} stays in a
 * register only where the compiler takes the call into its caller, which it does not at the end of
 * a method that mostly ends before.
 */
final class VectorSums {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  private VectorSums() {}

  /** Returns how many of n elements, from the first on, {@code double} sums take; 0 if too few. */
  static int whole64(int n) {
    return n - n % (4 * D.length());
  }

  /** As {@link #whole64} for {@code float}. */
  static int whole32(int n) {
    return n - n % (4 * F.length());
  }

  /** Returns the sum of n elements, a number from {@link #whole64}. */
  static double sum(double[] x, int from, int n) {
    int lanes = D.length();
    DoubleVector a = DoubleVector.zero(D);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    for (int i = from; i < from + n; i += 4 * lanes) {
      a = a.add(DoubleVector.fromArray(D, x, i));
      b = b.add(DoubleVector.fromArray(D, x, i + lanes));
      c = c.add(DoubleVector.fromArray(D, x, i + 2 * lanes));
      d = d.add(DoubleVector.fromArray(D, x, i + 3 * lanes));
    }
    return LaneSum.of(a.add(b).add(c.add(d)));
  }

  /** Returns the sum of products of n elements, a number from {@link #whole64}. */
  static double dot(double[] x, int xo, double[] y, int yo, int n) {
    int lanes = D.length();
    DoubleVector a = DoubleVector.zero(D);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    for (int i = 0; i < n; i += 4 * lanes) {
      a = DoubleVector.fromArray(D, x, xo + i).fma(DoubleVector.fromArray(D, y, yo + i), a);
      b =
          DoubleVector.fromArray(D, x, xo + i + lanes)
              .fma(DoubleVector.fromArray(D, y, yo + i + lanes), b);
      int j = i + 2 * lanes;
      c = DoubleVector.fromArray(D, x, xo + j).fma(DoubleVector.fromArray(D, y, yo + j), c);
      d =
          DoubleVector.fromArray(D, x, xo + j + lanes)
              .fma(DoubleVector.fromArray(D, y, yo + j + lanes), d);
    }
    return LaneSum.of(a.add(b).add(c.add(d)));
  }

  /** Returns the sum of n elements, a number from {@link #whole32}. */
  static float sum(float[] x, int from, int n) {
    int lanes = F.length();
    FloatVector a = FloatVector.zero(F);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    for (int i = from; i < from + n; i += 4 * lanes) {
      a = a.add(FloatVector.fromArray(F, x, i));
      b = b.add(FloatVector.fromArray(F, x, i + lanes));
      c = c.add(FloatVector.fromArray(F, x, i + 2 * lanes));
      d = d.add(FloatVector.fromArray(F, x, i + 3 * lanes));
    }
    return LaneSum.of(a.add(b).add(c.add(d)));
  }

  /** Returns the sum of products of n elements, a number from {@link #whole32}. */
  static float dot(float[] x, int xo, float[] y, int yo, int n) {
    int lanes = F.length();
    FloatVector a = FloatVector.zero(F);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    for (int i = 0; i < n; i += 4 * lanes) {
      a = FloatVector.fromArray(F, x, xo + i).fma(FloatVector.fromArray(F, y, yo + i), a);
      b =
          FloatVector.fromArray(F, x, xo + i + lanes)
              .fma(FloatVector.fromArray(F, y, yo + i + lanes), b);
      int j = i + 2 * lanes;
      c = FloatVector.fromArray(F, x, xo + j).fma(FloatVector.fromArray(F, y, yo + j), c);
      d =
          FloatVector.fromArray(F, x, xo + j + lanes)
              .fma(FloatVector.fromArray(F, y, yo + j + lanes), d);
    }
    return LaneSum.of(a.add(b).add(c.add(d)));
  }

  /** Returns the sum of squares of all elements, of which there are four vectors at least. */
  static double ofSquares(double[] x) {
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

  /** As {@link #ofSquares(double[])}, in double precision all the same. */
  static double ofSquares(float[] x) {
    int lanes = D.length();
    DoubleVector a = DoubleVector.zero(D);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    int i = 0;
    for (; i <= x.length - 3 * lanes - F.length(); i += 4 * lanes) {
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

  /**
   * The first half of a vector of floats; vectors of half the length are a species of their own.
   */
  private static DoubleVector wide(float[] x, int from) {
    return (DoubleVector) FloatVector.fromArray(F, x, from).convertShape(VectorOperators.F2D, D, 0);
  }
}
