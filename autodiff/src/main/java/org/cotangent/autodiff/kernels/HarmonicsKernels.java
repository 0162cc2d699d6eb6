package org.cotangent.autodiff.kernels;

/**
 * Real solid harmonics r^l·Y_lm up to l = L, column l² + l + m, and the linear map to their
 * derivatives, from coefficients that the caller has. The default methods are the plain loops;
 * every element is made of the same operations in the same order in all of them, so that it has the
 * same bits wherever it is computed.
 */
public interface HarmonicsKernels {
  /**
   * Computes the harmonics of vectors.
   *
   * @param diagonal for each m the factor of (x + iy)^m in l = m, {@code [L + 1]}
   * @param above for each m, and l from m + 1 on: the factor of z·Q_(l-1)m in Q_lm
   * @param before likewise the factor of -r²·Q_(l-2)m
   * @param xyz vectors, {@code [count, 3]}
   * @param out receives {@code [count, (L + 1)²]} numbers
   */
  default void solidHarmonics(
      double[] diagonal, double[] above, double[] before, double[] xyz, int count, double[] out) {
    int columns = diagonal.length * diagonal.length;
    for (int p = 0; p < count; p++) {
      int at = 3 * p;
      ofPoint(diagonal, above, before, xyz[at], xyz[at + 1], xyz[at + 2], out, p * columns);
    }
  }

  /** As {@link #solidHarmonics}, of one vector; the results go to {@code from} on. */
  static void ofPoint(
      double[] diagonal,
      double[] above,
      double[] before,
      double x,
      double y,
      double z,
      double[] out,
      int from) {
    double squared = x * x + y * y + z * z;
    double re = 1; // (x + iy)^m
    double im = 0;
    int at = 0;
    for (int m = 0; m < diagonal.length; m++) {
      double q = diagonal[m];
      double last = 0;
      int center = from + m * m + m;
      out[center - m] = q * im; // for m = 0 overwritten by the next
      out[center + m] = q * re;
      for (int l = m + 1; l < diagonal.length; l++, at++) {
        double next = above[at] * z * q - before[at] * squared * last;
        last = q;
        q = next;
        center += 2 * l;
        out[center - m] = q * im;
        out[center + m] = q * re;
      }
      double turned = x * re - y * im;
      im = x * im + y * re;
      re = turned;
    }
  }

  /**
   * Computes the derivatives of the harmonics of one vector by its coordinates. Each is a sum of
   * one or two harmonics of the next lower l. Column k = l² + l + m is, by x, made of columns k -
   * 2l - 1 and k - 2l + 1; by y of 2l² - k - 1 and 2l² - k + 1, which stand where m has the other
   * sign; by z of k - 2l. Where there is no such harmonic, the factor is 0 (and a source that would
   * be negative is 0, which happens for l of 1 and 2 only).
   *
   * @param source the two columns by x, the two by y, the one by z, {@code [5, (L + 1)²]}
   * @param factor their factors, {@code [5, (L + 1)²]}
   * @param values the harmonics, from {@code at} on
   * @param out receives {@code [3, (L + 1)²]} numbers, from {@code from} on
   */
  default void solidHarmonicsGradients(
      int[][] source, double[][] factor, double[] values, int at, double[] out, int from) {
    gradientColumns(source, factor, source[4].length, values, at, out, from);
  }

  /** As {@link #solidHarmonicsGradients}, but only the columns before {@code until}. */
  static void gradientColumns(
      int[][] source,
      double[][] factor,
      int until,
      double[] values,
      int at,
      double[] out,
      int from) {
    int columns = source[4].length;
    for (int axis = 0; axis < 2; axis++) {
      int[] one = source[2 * axis];
      int[] other = source[2 * axis + 1];
      double[] times = factor[2 * axis];
      double[] otherTimes = factor[2 * axis + 1];
      int to = from + axis * columns;
      for (int k = 0; k < until; k++) {
        out[to + k] = times[k] * values[at + one[k]] + otherTimes[k] * values[at + other[k]];
      }
    }
    int[] below = source[4];
    double[] times = factor[4];
    int to = from + 2 * columns;
    for (int k = 0; k < until; k++) {
      out[to + k] = times[k] * values[at + below[k]];
    }
  }
}
