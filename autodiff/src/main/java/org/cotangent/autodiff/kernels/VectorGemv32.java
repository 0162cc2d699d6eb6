package org.cotangent.autodiff.kernels;

import static org.cotangent.autodiff.kernels.ProductKernels.ADD;
import static org.cotangent.autodiff.kernels.ProductKernels.SET;
import static org.cotangent.autodiff.kernels.ProductKernels.SUBTRACT;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product of a float row with a matrix, with the Vector API. Every element of the matrix is
 * used once, so what counts is to read it in the order in which it lies: where rows are contiguous
 * they are added up, times the row's elements; where columns are, the row is multiplied with each
 * of them.
 */
final class VectorGemv32 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Matrices of more elements do not stay in the nearest caches. */
  private static final int LARGE = 64 * 1024;

  private VectorGemv32() {}

  /**
   * Combines the n-element rows of y, {@code yRow} apart, with the elements of x, {@code xStep}
   * apart.
   */
  static void rows(
      int n,
      int k,
      float[] x,
      int xo,
      int xStep,
      float[] y,
      int yo,
      int yRow,
      float[] out,
      int oo,
      int mode) {
    if (n >= 4 * LANES && (long) n * k > LARGE) {
      largeRows(n, k, x, xo, xStep, y, yo, yRow, out, oo, mode);
      return;
    }
    int j = 0;
    for (; j + 4 * LANES <= n; j += 4 * LANES) {
      FloatVector a = FloatVector.zero(SPECIES);
      FloatVector b = a;
      FloatVector c = a;
      FloatVector d = a;
      for (int p = 0, at = xo, from = yo + j; p < k; p++, at += xStep, from += yRow) {
        FloatVector s = FloatVector.broadcast(SPECIES, x[at]);
        a = s.fma(FloatVector.fromArray(SPECIES, y, from), a);
        b = s.fma(FloatVector.fromArray(SPECIES, y, from + LANES), b);
        c = s.fma(FloatVector.fromArray(SPECIES, y, from + 2 * LANES), c);
        d = s.fma(FloatVector.fromArray(SPECIES, y, from + 3 * LANES), d);
      }
      store(a, out, oo + j, mode);
      store(b, out, oo + j + LANES, mode);
      store(c, out, oo + j + 2 * LANES, mode);
      store(d, out, oo + j + 3 * LANES, mode);
    }
    for (; j + LANES <= n; j += LANES) {
      FloatVector a = FloatVector.zero(SPECIES);
      for (int p = 0, at = xo, from = yo + j; p < k; p++, at += xStep, from += yRow) {
        a = FloatVector.broadcast(SPECIES, x[at]).fma(FloatVector.fromArray(SPECIES, y, from), a);
      }
      store(a, out, oo + j, mode);
    }
    for (; j < n; j++) {
      float sum = 0;
      for (int p = 0, at = xo, from = yo + j; p < k; p++, at += xStep, from += yRow) {
        sum = Math.fma(x[at], y[from], sum);
      }
      out[oo + j] = mode == SET ? sum : mode == ADD ? out[oo + j] + sum : out[oo + j] - sum;
    }
  }

  /** As {@link #rows}, four rows at a time from end to end: memory is read in its own order. */
  private static void largeRows(
      int n,
      int k,
      float[] x,
      int xo,
      int xStep,
      float[] y,
      int yo,
      int yRow,
      float[] out,
      int oo,
      int mode) {
    if (mode == SET) {
      Arrays.fill(out, oo, oo + n, 0);
    }
    float sign = mode == SUBTRACT ? -1 : 1;
    int p = 0;
    for (; p + 4 <= k; p += 4) {
      int at = xo + p * xStep;
      float x0 = sign * x[at];
      float x1 = sign * x[at + xStep];
      float x2 = sign * x[at + 2 * xStep];
      float x3 = sign * x[at + 3 * xStep];
      int y0 = yo + p * yRow;
      int y1 = y0 + yRow;
      int y2 = y1 + yRow;
      int y3 = y2 + yRow;
      int j = 0;
      for (; j + LANES <= n; j += LANES) {
        FloatVector sum = FloatVector.fromArray(SPECIES, out, oo + j);
        sum =
            FloatVector.fromArray(SPECIES, y, y0 + j).fma(FloatVector.broadcast(SPECIES, x0), sum);
        sum =
            FloatVector.fromArray(SPECIES, y, y1 + j).fma(FloatVector.broadcast(SPECIES, x1), sum);
        sum =
            FloatVector.fromArray(SPECIES, y, y2 + j).fma(FloatVector.broadcast(SPECIES, x2), sum);
        sum =
            FloatVector.fromArray(SPECIES, y, y3 + j).fma(FloatVector.broadcast(SPECIES, x3), sum);
        sum.intoArray(out, oo + j);
      }
      for (; j < n; j++) {
        float sum = Math.fma(x1, y[y1 + j], Math.fma(x0, y[y0 + j], out[oo + j]));
        out[oo + j] = Math.fma(x3, y[y3 + j], Math.fma(x2, y[y2 + j], sum));
      }
    }
    for (; p < k; p++) {
      float x0 = sign * x[xo + p * xStep];
      for (int j = 0; j < n; j++) {
        out[oo + j] = Math.fma(x0, y[yo + p * yRow + j], out[oo + j]);
      }
    }
  }

  private static void store(FloatVector sum, float[] out, int at, int mode) {
    if (mode != SET) {
      FloatVector old = FloatVector.fromArray(SPECIES, out, at);
      sum = mode == ADD ? old.add(sum) : old.sub(sum);
    }
    sum.intoArray(out, at);
  }

  /** Multiplies contiguous x with each of the n columns of y, which are contiguous too. */
  static void columns(
      int n,
      int k,
      float[] x,
      int xo,
      float[] y,
      int yo,
      int yColumn,
      float[] out,
      int oo,
      int mode) {
    int whole = k - k % LANES;
    for (int j = 0; j < n; j += 4) { // the last group may repeat its last column
      int y0 = yo + j * yColumn;
      int y1 = yo + Math.min(j + 1, n - 1) * yColumn;
      int y2 = yo + Math.min(j + 2, n - 1) * yColumn;
      int y3 = yo + Math.min(j + 3, n - 1) * yColumn;
      FloatVector a = FloatVector.zero(SPECIES);
      FloatVector b = a;
      FloatVector c = a;
      FloatVector d = a;
      int p = 0;
      for (; p < whole; p += LANES) {
        FloatVector s = FloatVector.fromArray(SPECIES, x, xo + p);
        a = s.fma(FloatVector.fromArray(SPECIES, y, y0 + p), a);
        b = s.fma(FloatVector.fromArray(SPECIES, y, y1 + p), b);
        c = s.fma(FloatVector.fromArray(SPECIES, y, y2 + p), c);
        d = s.fma(FloatVector.fromArray(SPECIES, y, y3 + p), d);
      }
      float sum0 = LaneSum.of(a);
      float sum1 = LaneSum.of(b);
      float sum2 = LaneSum.of(c);
      float sum3 = LaneSum.of(d);
      for (; p < k; p++) {
        sum0 = Math.fma(x[xo + p], y[y0 + p], sum0);
        sum1 = Math.fma(x[xo + p], y[y1 + p], sum1);
        sum2 = Math.fma(x[xo + p], y[y2 + p], sum2);
        sum3 = Math.fma(x[xo + p], y[y3 + p], sum3);
      }
      put(sum0, out, oo + j, mode);
      if (j + 1 < n) {
        put(sum1, out, oo + j + 1, mode);
      }
      if (j + 2 < n) {
        put(sum2, out, oo + j + 2, mode);
      }
      if (j + 3 < n) {
        put(sum3, out, oo + j + 3, mode);
      }
    }
  }

  private static void put(float sum, float[] out, int at, int mode) {
    out[at] = mode == SET ? sum : mode == ADD ? out[at] + sum : out[at] - sum;
  }
}
