package org.cotangent.atomistic.linearace;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;

/**
 * Functions R_n of the distance for each kind of pair of elements: with r₀ the kind's length scale,
 *
 * <pre>  s   = r/r₀
 *  x   = 1/(1 + a·s⁴/(1 + s²)),   a = 10/13
 *  R_0 = g_0·(1 - (r/c)²)³
 *  R_n = (u_n·x + v_n)·R_(n-1) + w_n·R_(n-2)</pre>
 *
 * <p>up to the cutoff c, 0 beyond. The transformation (Agnesi's curve, as in W. C. Witt et al., J.
 * Chem. Phys. 159, 164101, 2023) falls steepest at r₀ and is flat at 0 and far away, so polynomials
 * resolve best where bonds are. The factors g, u, v, w make the functions orthonormal on the
 * distances in the data (Stieltjes' procedure: W. Gautschi, Orthogonal Polynomials, Oxford 2004,
 * section 2.2).
 */
final class RadialPolynomials {
  /** With it the slope of x is largest at s = 1. */
  private static final double SHAPE = 10.0 / 13;

  private final double cutoff;
  private final int count;

  /** r₀ of each kind. */
  private final double[] scale;

  /** {@code [kinds, count, 3]}: u, v, w; for n = 0 the second is g. */
  private final double[] recurrence;

  RadialPolynomials(double cutoff, int count, double[] scale, double[] recurrence) {
    if (recurrence.length != scale.length * count * 3) {
      throw new IllegalArgumentException(
          "%d radial functions of %d kinds need %d factors, there are %d"
              .formatted(count, scale.length, scale.length * count * 3, recurrence.length));
    }
    this.cutoff = cutoff;
    this.count = count;
    this.scale = scale;
    this.recurrence = recurrence;
  }

  double cutoff() {
    return cutoff;
  }

  int count() {
    return count;
  }

  int kinds() {
    return scale.length;
  }

  double[] scale() {
    return scale.clone();
  }

  double[] recurrence() {
    return recurrence.clone();
  }

  /**
   * Finds functions that are orthonormal for a weighted sum over distances.
   *
   * @param points for each kind the distances
   * @param weights for each kind their weights
   */
  static RadialPolynomials orthonormal(
      double cutoff, int count, double[] scale, double[][] points, double[][] weights) {
    double[] recurrence = new double[scale.length * count * 3];
    for (int kind = 0; kind < scale.length; kind++) {
      int size = points[kind].length;
      double[] x = new double[size];
      double[] now = new double[size];
      for (int i = 0; i < size; i++) {
        x[i] = transformed(points[kind][i] / scale[kind]);
        now[i] = envelope(points[kind][i], cutoff);
      }
      double norm = Math.sqrt(product(weights[kind], now, now));
      int at = kind * count * 3;
      recurrence[at + 1] = 1 / norm;
      for (int i = 0; i < size; i++) {
        now[i] /= norm;
      }
      double[] before = new double[size];
      for (int n = 1; n < count; n++) {
        double center = product(weights[kind], times(x, now), now);
        double link = product(weights[kind], times(x, now), before);
        double[] next = new double[size];
        for (int i = 0; i < size; i++) {
          next[i] = (x[i] - center) * now[i] - link * before[i];
        }
        double length = Math.sqrt(product(weights[kind], next, next));
        for (int i = 0; i < size; i++) {
          next[i] /= length;
        }
        recurrence[at + 3 * n] = 1 / length;
        recurrence[at + 3 * n + 1] = -center / length;
        recurrence[at + 3 * n + 2] = -link / length;
        before = now;
        now = next;
      }
    }
    return new RadialPolynomials(cutoff, count, scale, recurrence);
  }

  private static double product(double[] weights, double[] f, double[] g) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * f[i] * g[i];
    }
    return sum;
  }

  private static double[] times(double[] x, double[] f) {
    double[] product = new double[f.length];
    for (int i = 0; i < f.length; i++) {
      product[i] = x[i] * f[i];
    }
    return product;
  }

  private static double transformed(double s) {
    double q = s * s;
    return 1 / (1 + SHAPE * q * q / (1 + q));
  }

  private static double envelope(double r, double cutoff) {
    double y = r / cutoff;
    double e = y < 1 ? 1 - y * y : 0;
    return e * e * e;
  }

  /**
   * Computes all functions of one distance, and their derivatives by it.
   *
   * @param out receives {@code [count]} values and {@code [count]} derivatives
   */
  void evaluate(int kind, double r, double[] out) {
    double r0 = scale[kind];
    double q = r / r0 * (r / r0);
    double x = 1 / (1 + SHAPE * q * q / (1 + q));
    // d/dq of q²/(1 + q) is (2q + q²)/(1 + q)²
    double slope = -x * x * SHAPE * q * (2 + q) / ((1 + q) * (1 + q)) * 2 * r / (r0 * r0);
    double y = r / cutoff;
    double e = y < 1 ? 1 - y * y : 0;
    int at = kind * count * 3;
    out[0] = recurrence[at + 1] * e * e * e;
    out[count] = recurrence[at + 1] * e * e * -6 * y / cutoff;
    for (int n = 1; n < count; n++) {
      double u = recurrence[at + 3 * n];
      double line = u * x + recurrence[at + 3 * n + 1];
      double w = recurrence[at + 3 * n + 2];
      double two = n > 1 ? out[n - 2] : 0;
      double twoSlope = n > 1 ? out[count + n - 2] : 0;
      out[n] = line * out[n - 1] + w * two;
      out[count + n] = line * out[count + n - 1] + u * slope * out[n - 1] + w * twoSlope;
    }
  }

  /**
   * Returns all functions, {@code [pairs, count]}, on the tape.
   *
   * @param distances {@code [pairs]}
   * @param kind of each pair, int32 {@code [pairs]}
   */
  Tensor of(Tensor distances, Tensor kind) {
    Tensor factors =
        Tensor.of(recurrence)
            .reshape(Shape.of(kinds(), 3 * count))
            .cast(distances.dtype())
            .indexSelect(0, kind)
            .t(); // [3·count, pairs]
    Tensor r0 = Tensor.of(scale).cast(distances.dtype()).indexSelect(0, kind);
    Tensor q = distances.divide(r0).square();
    Tensor x = q.square().divide(q.add(1)).multiply(SHAPE).add(1).reciprocal();
    Tensor e = distances.divide(cutoff).square().rsubtract(1).relu();
    List<Tensor> all = new ArrayList<>();
    all.add(e.square().multiply(e).multiply(row(factors, 1)));
    for (int n = 1; n < count; n++) {
      Tensor next =
          x.multiply(row(factors, 3 * n)).add(row(factors, 3 * n + 1)).multiply(all.get(n - 1));
      all.add(n == 1 ? next : next.add(all.get(n - 2).multiply(row(factors, 3 * n + 2))));
    }
    return Tensor.stack(1, all);
  }

  private static Tensor row(Tensor matrix, int row) {
    return matrix.slice(0, row, row + 1).squeeze(0);
  }
}
