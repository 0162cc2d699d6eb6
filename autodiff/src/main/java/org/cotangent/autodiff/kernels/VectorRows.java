package org.cotangent.autodiff.kernels;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Reductions of a table's rows, element by element, with the Vector API: the compiler does not
 * vectorise loops that read and write what may be the same array. Sums are made in the order of the
 * rows, as in plain Java, so they are the same to the last bit.
 */
final class VectorRows {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  private VectorRows() {}

  static void accumulate(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (; i <= n - D.length(); i += D.length()) {
      DoubleVector sum = DoubleVector.fromArray(D, out, oo + i);
      sum.add(DoubleVector.fromArray(D, x, xo + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] += x[xo + i];
    }
  }

  /** Sums {@code x}, {@code [outer, count, inner]}, over its middle axis; four rows at a time. */
  static void sum(double[] x, int outer, int count, int inner, double[] out) {
    for (int o = 0; o < outer; o++) {
      int to = o * inner;
      Arrays.fill(out, to, to + inner, 0);
      int row = o * count;
      int end = row + count;
      for (; row + 4 <= end; row += 4) {
        addFour(x, row * inner, out, to, inner);
      }
      for (; row < end; row++) {
        accumulate(x, row * inner, out, to, inner);
      }
    }
  }

  private static void addFour(double[] x, int xo, double[] out, int oo, int n) {
    int b = xo + n;
    int c = b + n;
    int d = c + n;
    int i = 0;
    for (; i <= n - D.length(); i += D.length()) {
      DoubleVector sum = DoubleVector.fromArray(D, out, oo + i);
      sum = sum.add(DoubleVector.fromArray(D, x, xo + i));
      sum = sum.add(DoubleVector.fromArray(D, x, b + i));
      sum = sum.add(DoubleVector.fromArray(D, x, c + i));
      sum.add(DoubleVector.fromArray(D, x, d + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = out[oo + i] + x[xo + i] + x[b + i] + x[c + i] + x[d + i];
    }
  }

  static void max(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (; i <= n - D.length(); i += D.length()) {
      DoubleVector best = DoubleVector.fromArray(D, out, oo + i);
      best.max(DoubleVector.fromArray(D, x, xo + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.max(out[oo + i], x[xo + i]);
    }
  }

  static void min(double[] x, int xo, double[] out, int oo, int n) {
    int i = 0;
    for (; i <= n - D.length(); i += D.length()) {
      DoubleVector best = DoubleVector.fromArray(D, out, oo + i);
      best.min(DoubleVector.fromArray(D, x, xo + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.min(out[oo + i], x[xo + i]);
    }
  }

  static void accumulate(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (; i <= n - F.length(); i += F.length()) {
      FloatVector sum = FloatVector.fromArray(F, out, oo + i);
      sum.add(FloatVector.fromArray(F, x, xo + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] += x[xo + i];
    }
  }

  /** Sums {@code x}, {@code [outer, count, inner]}, over its middle axis; four rows at a time. */
  static void sum(float[] x, int outer, int count, int inner, float[] out) {
    for (int o = 0; o < outer; o++) {
      int to = o * inner;
      Arrays.fill(out, to, to + inner, 0);
      int row = o * count;
      int end = row + count;
      for (; row + 4 <= end; row += 4) {
        addFour(x, row * inner, out, to, inner);
      }
      for (; row < end; row++) {
        accumulate(x, row * inner, out, to, inner);
      }
    }
  }

  private static void addFour(float[] x, int xo, float[] out, int oo, int n) {
    int b = xo + n;
    int c = b + n;
    int d = c + n;
    int i = 0;
    for (; i <= n - F.length(); i += F.length()) {
      FloatVector sum = FloatVector.fromArray(F, out, oo + i);
      sum = sum.add(FloatVector.fromArray(F, x, xo + i));
      sum = sum.add(FloatVector.fromArray(F, x, b + i));
      sum = sum.add(FloatVector.fromArray(F, x, c + i));
      sum.add(FloatVector.fromArray(F, x, d + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = out[oo + i] + x[xo + i] + x[b + i] + x[c + i] + x[d + i];
    }
  }

  static void max(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (; i <= n - F.length(); i += F.length()) {
      FloatVector best = FloatVector.fromArray(F, out, oo + i);
      best.max(FloatVector.fromArray(F, x, xo + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.max(out[oo + i], x[xo + i]);
    }
  }

  static void min(float[] x, int xo, float[] out, int oo, int n) {
    int i = 0;
    for (; i <= n - F.length(); i += F.length()) {
      FloatVector best = FloatVector.fromArray(F, out, oo + i);
      best.min(FloatVector.fromArray(F, x, xo + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = Math.min(out[oo + i], x[xo + i]);
    }
  }

  /**
   * Sums products of {@code [outer, count, inner]} over the middle axis, {@code inner} at least a
   * vector.
   */
  static void sumProducts(double[] x, double[] y, int outer, int count, int inner, double[] out) {
    int last = inner - D.length();
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i += D.length()) {
        int column = Math.min(i, last); // the last vector may overlap the one before
        int at = o * count * inner + column;
        DoubleVector sum = DoubleVector.zero(D);
        for (int c = 0; c < count; c++, at += inner) {
          DoubleVector a = DoubleVector.fromArray(D, x, at);
          sum = sum.add(a.mul(DoubleVector.fromArray(D, y, at)));
        }
        sum.intoArray(out, o * inner + column);
      }
    }
  }

  /**
   * Sums products of {@code [outer, count, inner]} over the middle axis, {@code inner} at least a
   * vector.
   */
  static void sumProducts(float[] x, float[] y, int outer, int count, int inner, float[] out) {
    int last = inner - F.length();
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i += F.length()) {
        int column = Math.min(i, last); // the last vector may overlap the one before
        int at = o * count * inner + column;
        FloatVector sum = FloatVector.zero(F);
        for (int c = 0; c < count; c++, at += inner) {
          FloatVector a = FloatVector.fromArray(F, x, at);
          sum = sum.add(a.mul(FloatVector.fromArray(F, y, at)));
        }
        sum.intoArray(out, o * inner + column);
      }
    }
  }
}
