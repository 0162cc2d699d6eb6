package org.cotangent.atomistic.descriptors.angular;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.cotangent.autodiff.kernels.HarmonicsKernels;
import org.cotangent.autodiff.kernels.KernelProvider;

/**
 * The coefficients by which {@link SolidHarmonics} and their gradients are computed, in plain
 * numbers: for loops that go over points themselves.
 *
 * <p>With U_lm = Q_lm·(x + iy)^m/(l+m)! for m ≥ 0 and
 *
 * <pre>  Q_mm = (2m-1)!!,  (l-m)·Q_lm = (2l-1)·z·Q_(l-1)m - (l+m-1)·r²·Q_(l-2)m</pre>
 *
 * <p>the associated Legendre functions without the factor that (x + iy)^m carries. The factors of
 * the recursion are multiplied with the norms beforehand, so that nothing is divided at a point.
 * Derivatives are sums of at most two harmonics of the next lower l: see {@link HarmonicsGradient}.
 *
 * <p>Immutable, so that threads may share one. A point has the same harmonics, bit for bit, alone
 * and among others.
 */
public final class HarmonicsTable {
  private static final ConcurrentMap<Integer, HarmonicsTable> TABLES = new ConcurrentHashMap<>();

  private final int columns;

  /** For each m the norm of l = m, times (2m-1)!!. */
  private final double[] diagonal;

  /** For each m, and l from m + 1 on: the factors of z·Q_(l-1)m and of r²·Q_(l-2)m. */
  private final double[] above;

  private final double[] before;

  /** Derivatives: column k by an axis is Σ factor·value[source], two terms by x and y, one by z. */
  private final int[][] source;

  private final double[][] factor;

  private HarmonicsTable(int maxAngular) {
    columns = (maxAngular + 1) * (maxAngular + 1);
    diagonal = new double[maxAngular + 1];
    above = new double[columns];
    before = new double[columns];
    int at = 0;
    double product = 1 / (4 * Math.PI); // times (2m-1)!!²/(2m)!
    for (int m = 0; m <= maxAngular; m++) {
      product *= m == 0 ? 1 : (2 * m - 1) / (2.0 * m);
      diagonal[m] = Math.sqrt((m == 0 ? 1 : 2) * (2 * m + 1) * product);
      for (int l = m + 1; l <= maxAngular; l++, at++) {
        double squares = (l - m) * (double) (l + m);
        above[at] = Math.sqrt((2.0 * l - 1) * (2.0 * l + 1) / squares);
        before[at] =
            l == m + 1
                ? 0
                : Math.sqrt(
                    (2.0 * l + 1) / (2.0 * l - 3) * ((l - m - 1.0) * (l + m - 1.0) / squares));
      }
    }
    source = new int[5][columns];
    factor = new double[5][columns];
    for (int l = 1; l <= maxAngular; l++) {
      for (int m = -l; m <= l; m++) {
        derivatives(l, m);
      }
    }
  }

  /**
   * Returns the coefficients up to some l. They are made once.
   *
   * @param maxAngular the highest l, 0 or more
   * @throws IllegalArgumentException if it is negative
   */
  public static HarmonicsTable of(int maxAngular) {
    if (maxAngular < 0) {
      throw new IllegalArgumentException(
          "the highest l of harmonics must be 0 or more, it is " + maxAngular);
    }
    return TABLES.computeIfAbsent(maxAngular, HarmonicsTable::new);
  }

  /** m > 0 is the real part of U_l|m|, m < 0 the imaginary one. */
  private void derivatives(int l, int m) {
    double half = m < 0 ? -0.5 : 0.5;
    set(0, l, m, m - 1, m == 0 ? 0 : half);
    set(1, l, m, m + 1, m == 0 ? -1 : m == -1 ? 0 : -half);
    set(2, l, m, -m - 1, m == 0 ? -1 : -half);
    set(3, l, m, -m + 1, m == 0 || m == 1 ? 0 : -half);
    set(4, l, m, m, 1);
  }

  /** In the derivative of (l, m), a term is {@code value} times (l-1, from), both as parts of U. */
  private void set(int term, int l, int m, int from, double value) {
    int column = l * l + l + m;
    source[term][column] = Math.max(0, l * l - l + from);
    factor[term][column] =
        Math.abs(from) < l ? value * scaleRatio(l, Math.abs(m), Math.abs(from)) : 0;
  }

  /**
   * What turns the real or imaginary part of U_lm into the orthonormal harmonic,
   * √((2l+1)/4π·(l-m)!·(l+m)!), times √2 for m > 0, divided by the same of (l-1, from).
   */
  private static double scaleRatio(int l, int m, int from) {
    double ratio = (2.0 * l + 1) / (2.0 * l - 1) * ((m == 0 ? 1.0 : 2.0) / (from == 0 ? 1.0 : 2.0));
    if (from == m) {
      return Math.sqrt(ratio * ((l - m) * (double) (l + m)));
    }
    return Math.sqrt(ratio * (from > m ? (l - m) * (l - m - 1.0) : (l + m) * (l + m - 1.0)));
  }

  /** Returns the number of harmonics, (maxAngular + 1)². */
  public int columns() {
    return columns;
  }

  /**
   * Computes the harmonics of a vector.
   *
   * @param out receives {@link #columns} numbers
   * @param from where in {@code out} the first goes
   */
  public void values(double x, double y, double z, double[] out, int from) {
    HarmonicsKernels.ofPoint(diagonal, above, before, x, y, z, out, from);
  }

  /** From vectors {@code [count, 3]} to their harmonics {@code [count, columns]}. */
  void values(double[] xyz, int count, double[] out) {
    KernelProvider.KERNELS.solidHarmonics(diagonal, above, before, xyz, count, out);
  }

  /**
   * Computes the derivatives of the harmonics of a vector by its three coordinates.
   *
   * @param values the harmonics, from {@code at} on
   * @param out receives {@code [3, columns]} numbers
   * @param from where in {@code out} the first goes
   */
  public void gradients(double[] values, int at, double[] out, int from) {
    KernelProvider.KERNELS.solidHarmonicsGradients(source, factor, values, at, out, from);
  }

  /** From harmonics {@code [count, columns]} to their derivatives {@code [count, 3, columns]}. */
  void gradients(double[] values, int count, double[] out) {
    for (int p = 0; p < count; p++) {
      gradients(values, p * columns, out, 3 * p * columns);
    }
  }

  /**
   * The adjoint of {@link #gradients(double[], int, double[])}: from its results to its operand.
   */
  void adjointOfGradients(double[] in, int count, double[] out) {
    Arrays.fill(out, 0, count * columns, 0);
    for (int p = 0; p < count; p++) {
      for (int term = 0; term < 5; term++) {
        int axis = (3 * p + term / 2) * columns;
        int[] to = source[term];
        double[] times = factor[term];
        for (int k = 0; k < columns; k++) {
          out[p * columns + to[k]] += times[k] * in[axis + k];
        }
      }
    }
  }
}
