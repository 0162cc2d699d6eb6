package org.cotangent.autodiff.kernels;

import static org.cotangent.autodiff.kernels.ProductKernels.ADD;
import static org.cotangent.autodiff.kernels.ProductKernels.SET;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of double matrices with fewer columns than a vector has elements, with the Vector API:
 * in plain loops where they are very small, with masked vectors where the processor has them.
 */
final class VectorNarrow64 {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Vectors of 512 bits come with masks; elsewhere masked loads may be much slower. */
  static final boolean HAS_MASKS = SPECIES.vectorBitSize() >= 512;

  private VectorNarrow64() {}

  static boolean isPlainFaster(int m, int n, int k) {
    return (long) m * n * k < 32 || (m < 4 && !HAS_MASKS);
  }

  /** The product in plain loops. */
  static void plain(
      int m,
      int n,
      int k,
      double[] x,
      int xo,
      int xRow,
      int xColumn,
      double[] y,
      int yo,
      int yRow,
      int yColumn,
      double[] out,
      int oo,
      int outRow,
      int mode) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
          sum = Math.fma(x[xo + i * xRow + p * xColumn], y[yo + p * yRow + j * yColumn], sum);
        }
        int at = oo + i * outRow + j;
        out[at] = mode == SET ? sum : mode == ADD ? out[at] + sum : out[at] - sum;
      }
    }
  }

  /**
   * The product where rows of y are contiguous; lanes beyond the columns are neither read nor
   * written.
   */
  static void masked(
      int m,
      int n,
      int k,
      double[] x,
      int xo,
      int xRow,
      int xColumn,
      double[] y,
      int yo,
      int yRow,
      double[] out,
      int oo,
      int outRow,
      int mode) {
    VectorMask<Double> columns = SPECIES.indexInRange(0, n);
    for (int i = 0; i < m; i += 4) { // the last group may repeat its last row
      int x0 = xo + i * xRow;
      int x1 = xo + Math.min(i + 1, m - 1) * xRow;
      int x2 = xo + Math.min(i + 2, m - 1) * xRow;
      int x3 = xo + Math.min(i + 3, m - 1) * xRow;
      DoubleVector a = DoubleVector.zero(SPECIES);
      DoubleVector b = a;
      DoubleVector c = a;
      DoubleVector d = a;
      for (int p = 0, at = 0, from = yo; p < k; p++, at += xColumn, from += yRow) {
        DoubleVector row = DoubleVector.fromArray(SPECIES, y, from, columns);
        a = row.fma(DoubleVector.broadcast(SPECIES, x[x0 + at]), a);
        b = row.fma(DoubleVector.broadcast(SPECIES, x[x1 + at]), b);
        c = row.fma(DoubleVector.broadcast(SPECIES, x[x2 + at]), c);
        d = row.fma(DoubleVector.broadcast(SPECIES, x[x3 + at]), d);
      }
      int to = oo + i * outRow;
      store(a, out, to, columns, mode);
      if (i + 1 < m) {
        store(b, out, to + outRow, columns, mode);
      }
      if (i + 2 < m) {
        store(c, out, to + 2 * outRow, columns, mode);
      }
      if (i + 3 < m) {
        store(d, out, to + 3 * outRow, columns, mode);
      }
    }
  }

  private static void store(
      DoubleVector sum, double[] out, int at, VectorMask<Double> columns, int mode) {
    if (mode != SET) {
      DoubleVector old = DoubleVector.fromArray(SPECIES, out, at, columns);
      sum = mode == ADD ? old.add(sum) : old.sub(sum);
    }
    sum.intoArray(out, at, columns);
  }

  /** Copies op(y), {@code [k, n]}, into rows as long as a vector, with zeros behind. */
  static void fill(int k, int n, double[] y, int yo, int yRow, int yColumn, double[] filled) {
    Arrays.fill(filled, 0, k * LANES, 0);
    for (int p = 0; p < k; p++) {
      for (int j = 0; j < n; j++) {
        filled[p * LANES + j] = y[yo + p * yRow + j * yColumn];
      }
    }
  }

  /** Copies the first n columns of rows as long as a vector to where they belong. */
  static void store(int rows, int n, double[] sums, double[] out, int oo, int outRow, int mode) {
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < n; j++) {
        double sum = sums[r * LANES + j];
        int at = oo + r * outRow + j;
        out[at] = mode == SET ? sum : mode == ADD ? out[at] + sum : out[at] - sum;
      }
    }
  }
}
