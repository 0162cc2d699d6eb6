package org.cotangent.atomistic.descriptors.angular;

/**
 * The coefficients by which {@link SolidHarmonics} and their gradients are computed at single
 * points, in plain numbers: for loops that go over points themselves.
 *
 * <p>With U_lm = Q_lm·(x + iy)^m/(l+m)! for m ≥ 0 and
 *
 * <pre>  Q_mm = (2m-1)!!,  (l-m)·Q_lm = (2l-1)·z·Q_(l-1)m - (l+m-1)·r²·Q_(l-2)m</pre>
 *
 * <p>the associated Legendre functions without the factor that (x + iy)^m carries. The factors of
 * the recursion are multiplied with the norms beforehand, so that nothing is divided at a point.
 * Derivatives are sums of at most two harmonics of the next lower l: see {@link HarmonicsGradient}.
 *
 * <p>Immutable, so that threads may share one.
 */
public final class HarmonicsTable {
  private final int maxAngular;
  private final int columns;

  /** For each m the norm of l = m, times (2m-1)!!. */
  private final double[] diagonal;

  /** For each m, and l from m + 1 on: the factors of z·Q_(l-1)m and of r²·Q_(l-2)m. */
  private final double[] above;

  private final double[] before;

  /** Derivatives: column k by an axis is Σ factor·value[source], two terms by x and y, one by z. */
  private final int[][] source = new int[5][];

  private final double[][] factor = new double[5][];

  /**
   * Prepares the coefficients.
   *
   * @param maxAngular the highest l, 0 or more
   * @throws IllegalArgumentException if it is negative
   */
  public HarmonicsTable(int maxAngular) {
    if (maxAngular < 0) {
      throw new IllegalArgumentException(
          "the highest l of harmonics must be 0 or more, it is " + maxAngular);
    }
    this.maxAngular = maxAngular;
    columns = (maxAngular + 1) * (maxAngular + 1);
    diagonal = new double[maxAngular + 1];
    above = new double[columns];
    before = new double[columns];
    int at = 0;
    double doubleFactorial = 1;
    for (int m = 0; m <= maxAngular; m++) {
      doubleFactorial *= m == 0 ? 1 : 2 * m - 1;
      diagonal[m] = norm(m, m) * doubleFactorial;
      for (int l = m + 1; l <= maxAngular; l++, at++) {
        above[at] = (2.0 * l - 1) / (l - m) * norm(l, m) / norm(l - 1, m);
        before[at] = l == m + 1 ? 0 : (l + m - 1.0) / (l - m) * norm(l, m) / norm(l - 2, m);
      }
    }
    for (int term = 0; term < 5; term++) {
      source[term] = new int[columns];
      factor[term] = new double[columns];
    }
    for (int l = 1; l <= maxAngular; l++) {
      derivatives(l);
    }
  }

  /** √((2l+1)/4π·(l-m)!/(l+m)!), times √2 for m > 0. */
  private static double norm(int l, int m) {
    double ratio = m == 0 ? 1 : 2;
    for (int k = l - m + 1; k <= l + m; k++) {
      ratio /= k;
    }
    return Math.sqrt((2 * l + 1) / (4 * Math.PI) * ratio);
  }

  /** m > 0 is the real part of U_l|m|, m < 0 the imaginary one. */
  private void derivatives(int l) {
    for (int m = -l; m <= l; m++) {
      set(4, l, m, m, 1);
      if (m == 0) {
        set(0, l, 0, 1, -1);
        set(2, l, 0, -1, -1);
        continue;
      }
      int sign = m < 0 ? -1 : 1;
      int order = Math.abs(m);
      set(0, l, m, sign * (order + 1), -0.5);
      set(2, l, m, -sign * (order + 1), -0.5 * sign);
      if (order > 1 || m > 0) {
        set(1, l, m, sign * (order - 1), 0.5);
      }
      if (order > 1 || m < 0) {
        set(3, l, m, -sign * (order - 1), -0.5 * sign);
      }
    }
  }

  /** In the derivative of (l, m), a term is {@code value} times (l-1, from), both as parts of U. */
  private void set(int term, int l, int m, int from, double value) {
    if (Math.abs(from) > l - 1) {
      return;
    }
    int column = l * l + l + m;
    source[term][column] = (l - 1) * (l - 1) + l - 1 + from;
    factor[term][column] = value * scale(l, Math.abs(m)) / scale(l - 1, Math.abs(from));
  }

  /** What turns the real or imaginary part of U_lm into the orthonormal harmonic. */
  private static double scale(int l, int m) {
    double product = (2 * l + 1) / (4 * Math.PI) * (m == 0 ? 1 : 2);
    for (int k = 2; k <= l - m; k++) {
      product *= k;
    }
    for (int k = 2; k <= l + m; k++) {
      product *= k;
    }
    return Math.sqrt(product);
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
    double squared = x * x + y * y + z * z;
    double re = 1; // (x + iy)^m
    double im = 0;
    int at = 0;
    for (int m = 0; m <= maxAngular; m++) {
      double q = diagonal[m];
      double last = 0;
      int center = from + m * m + m;
      out[center - m] = q * im; // for m = 0 overwritten by the next
      out[center + m] = q * re;
      for (int l = m + 1; l <= maxAngular; l++, at++) {
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
   * Computes the derivatives of the harmonics of a vector by its three coordinates.
   *
   * @param values the harmonics, from {@code at} on
   * @param out receives {@code [3, columns]} numbers
   * @param from where in {@code out} the first goes
   */
  public void gradients(double[] values, int at, double[] out, int from) {
    pair(source[0], factor[0], source[1], factor[1], values, at, out, from);
    pair(source[2], factor[2], source[3], factor[3], values, at, out, from + columns);
    int[] below = source[4];
    double[] times = factor[4];
    int z = from + 2 * columns;
    for (int k = 0; k < columns; k++) {
      out[z + k] = times[k] * values[at + below[k]];
    }
  }

  private void pair(
      int[] one,
      double[] times,
      int[] other,
      double[] otherTimes,
      double[] values,
      int at,
      double[] out,
      int from) {
    for (int k = 0; k < columns; k++) {
      out[from + k] = times[k] * values[at + one[k]] + otherTimes[k] * values[at + other[k]];
    }
  }

  /**
   * Adds to {@code out} the adjoint of {@link #gradients} applied to {@code [3, columns]} numbers.
   */
  void addAdjoint(double[] in, int at, double[] out, int from) {
    for (int term = 0; term < 5; term++) {
      int axis = at + term / 2 * columns;
      int[] to = source[term];
      double[] times = factor[term];
      for (int k = 0; k < columns; k++) {
        out[from + to[k]] += times[k] * in[axis + k];
      }
    }
  }
}
