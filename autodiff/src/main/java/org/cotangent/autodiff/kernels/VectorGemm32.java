package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product of two float matrices with the Vector API. The right operand is copied into panels
 * that are two vectors wide and padded with zeros, so that it is read in the order in which it lies
 * whatever its orientation; tiles of four rows and two vectors are then summed in registers.
 */
final class VectorGemm32 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int WIDTH = 2 * LANES;

  /** One panel and one tile of scratch per thread, kept because small products are frequent. */
  private static final ThreadLocal<Scratch> SCRATCH =
      new ThreadLocal<>() {
        @Override
        protected Scratch initialValue() {
          return new Scratch();
        }
      };

  private static final class Scratch {
    float[] panel = new float[64 * WIDTH];
    final float[] tile = new float[4 * WIDTH];
  }

  private VectorGemm32() {}

  static void gemm(
      boolean transposeX,
      boolean transposeY,
      int m,
      int n,
      int k,
      float[] x,
      int xo,
      float[] y,
      int yo,
      float[] out,
      int oo) {
    int xRow = transposeX ? 1 : k;
    int xColumn = transposeX ? m : 1;
    Scratch scratch = SCRATCH.get();
    if (scratch.panel.length < k * WIDTH) {
      scratch.panel = new float[k * WIDTH];
    }
    float[] panel = scratch.panel;
    float[] tile = scratch.tile;
    for (int j = 0; j < n; j += WIDTH) {
      int columns = Math.min(WIDTH, n - j);
      pack(transposeY, y, yo, n, k, j, columns, panel);
      int i = 0;
      for (; i + 4 <= m; i += 4) {
        if (columns == WIDTH) {
          fourRows(k, x, xo + i * xRow, xRow, xColumn, panel, out, oo + i * n + j, n);
        } else {
          fourRows(k, x, xo + i * xRow, xRow, xColumn, panel, tile, 0, WIDTH);
          for (int r = 0; r < 4; r++) {
            System.arraycopy(tile, r * WIDTH, out, oo + (i + r) * n + j, columns);
          }
        }
      }
      for (; i < m; i++) {
        if (columns == WIDTH) {
          oneRow(k, x, xo + i * xRow, xColumn, panel, out, oo + i * n + j);
        } else {
          oneRow(k, x, xo + i * xRow, xColumn, panel, tile, 0);
          System.arraycopy(tile, 0, out, oo + i * n + j, columns);
        }
      }
    }
  }

  /**
   * Copies columns j … j+columns-1 of op(y) into {@code panel}, {@code [k, WIDTH]}, zeros beyond.
   */
  private static void pack(
      boolean transposed, float[] y, int yo, int n, int k, int j, int columns, float[] panel) {
    if (!transposed) {
      for (int p = 0; p < k; p++) {
        System.arraycopy(y, yo + p * n + j, panel, p * WIDTH, columns);
      }
    } else {
      for (int c = 0; c < columns; c++) {
        int from = yo + (j + c) * k;
        for (int p = 0; p < k; p++) {
          panel[p * WIDTH + c] = y[from + p];
        }
      }
    }
    if (columns < WIDTH) {
      for (int p = 0; p < k; p++) {
        java.util.Arrays.fill(panel, p * WIDTH + columns, (p + 1) * WIDTH, 0);
      }
    }
  }

  private static void fourRows(
      int k, float[] x, int xo, int xRow, int xColumn, float[] panel, float[] out, int oo, int n) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector b0 = FloatVector.zero(SPECIES);
    FloatVector a1 = FloatVector.zero(SPECIES);
    FloatVector b1 = FloatVector.zero(SPECIES);
    FloatVector a2 = FloatVector.zero(SPECIES);
    FloatVector b2 = FloatVector.zero(SPECIES);
    FloatVector a3 = FloatVector.zero(SPECIES);
    FloatVector b3 = FloatVector.zero(SPECIES);
    int at = xo;
    for (int p = 0; p < k; p++, at += xColumn) {
      FloatVector left = FloatVector.fromArray(SPECIES, panel, p * WIDTH);
      FloatVector right = FloatVector.fromArray(SPECIES, panel, p * WIDTH + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, x[at]);
      a0 = x0.fma(left, a0);
      b0 = x0.fma(right, b0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, x[at + xRow]);
      a1 = x1.fma(left, a1);
      b1 = x1.fma(right, b1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, x[at + 2 * xRow]);
      a2 = x2.fma(left, a2);
      b2 = x2.fma(right, b2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, x[at + 3 * xRow]);
      a3 = x3.fma(left, a3);
      b3 = x3.fma(right, b3);
    }
    a0.intoArray(out, oo);
    b0.intoArray(out, oo + LANES);
    a1.intoArray(out, oo + n);
    b1.intoArray(out, oo + n + LANES);
    a2.intoArray(out, oo + 2 * n);
    b2.intoArray(out, oo + 2 * n + LANES);
    a3.intoArray(out, oo + 3 * n);
    b3.intoArray(out, oo + 3 * n + LANES);
  }

  private static void oneRow(
      int k, float[] x, int xo, int xColumn, float[] panel, float[] out, int oo) {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = FloatVector.zero(SPECIES);
    int at = xo;
    for (int p = 0; p < k; p++, at += xColumn) {
      FloatVector x0 = FloatVector.broadcast(SPECIES, x[at]);
      a = x0.fma(FloatVector.fromArray(SPECIES, panel, p * WIDTH), a);
      b = x0.fma(FloatVector.fromArray(SPECIES, panel, p * WIDTH + LANES), b);
    }
    a.intoArray(out, oo);
    b.intoArray(out, oo + LANES);
  }
}
