package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Exchanging the axes of a matrix whose sides are whole vectors, tile by tile. A perfect shuffle of
 * a tile's rows, in which rows r and r + half become rows 2r and 2r + 1 with their elements in
 * turn, moves the first bit of an element's row to the end of its column and the first bit of its
 * column to the end of its row; after as many shuffles as there are bits, rows and columns have
 * changed places (Stone, IEEE Trans. Comput. C-20, 153, 1971).
 */
final class VectorTransposition {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final int DOUBLES = D.length();
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int FLOATS = F.length();
  private static final long ODD = 0xAAAAAAAAAAAAAAAAL;

  private static final VectorShuffle<Double> FRONT_64 = VectorShuffle.fromOp(D, i -> i / 2);
  private static final VectorShuffle<Double> BACK_64 =
      VectorShuffle.fromOp(D, i -> DOUBLES / 2 + i / 2);
  private static final VectorMask<Double> ODD_64 = VectorMask.fromLong(D, ODD);

  private static final VectorShuffle<Float> FRONT_32 = VectorShuffle.fromOp(F, i -> i / 2);
  private static final VectorShuffle<Float> BACK_32 =
      VectorShuffle.fromOp(F, i -> FLOATS / 2 + i / 2);
  private static final VectorMask<Float> ODD_32 = VectorMask.fromLong(F, ODD);

  private VectorTransposition() {}

  /** Whether both sides of a matrix are whole vectors. */
  static boolean fits64(int m, int n) {
    return DOUBLES >= 4 && DOUBLES <= 16 && m % DOUBLES == 0 && n % DOUBLES == 0;
  }

  static void transpose(int m, int n, double[] x, int xo, double[] out, double[] scratch) {
    for (int i = 0; i < m; i += DOUBLES) {
      for (int j = 0; j < n; j += DOUBLES) {
        int from = xo + i * n + j;
        int to = j * m + i;
        switch (DOUBLES) {
          case 4 -> twice(x, from, n, out, to, m);
          case 8 -> {
            once(x, from, n, scratch, 0, DOUBLES);
            twice(scratch, 0, DOUBLES, out, to, m);
          }
          default -> {
            twice(x, from, n, scratch, 0, DOUBLES);
            twice(scratch, 0, DOUBLES, out, to, m);
          }
        }
      }
    }
  }

  /** Shuffles the rows of a tile. */
  private static void once(double[] x, int xo, int xRow, double[] out, int oo, int outRow) {
    int half = DOUBLES / 2;
    for (int r = 0; r < half; r++) {
      DoubleVector a = DoubleVector.fromArray(D, x, xo + r * xRow);
      DoubleVector b = DoubleVector.fromArray(D, x, xo + (r + half) * xRow);
      front(a, b).intoArray(out, oo + 2 * r * outRow);
      back(a, b).intoArray(out, oo + (2 * r + 1) * outRow);
    }
  }

  /** Shuffles the rows of a tile two times. */
  private static void twice(double[] x, int xo, int xRow, double[] out, int oo, int outRow) {
    int quarter = DOUBLES / 4;
    for (int r = 0; r < quarter; r++) {
      DoubleVector a = DoubleVector.fromArray(D, x, xo + r * xRow);
      DoubleVector b = DoubleVector.fromArray(D, x, xo + (r + quarter) * xRow);
      DoubleVector c = DoubleVector.fromArray(D, x, xo + (r + 2 * quarter) * xRow);
      DoubleVector d = DoubleVector.fromArray(D, x, xo + (r + 3 * quarter) * xRow);
      DoubleVector ac = front(a, c);
      DoubleVector bd = front(b, d);
      front(ac, bd).intoArray(out, oo + 4 * r * outRow);
      back(ac, bd).intoArray(out, oo + (4 * r + 1) * outRow);
      ac = back(a, c);
      bd = back(b, d);
      front(ac, bd).intoArray(out, oo + (4 * r + 2) * outRow);
      back(ac, bd).intoArray(out, oo + (4 * r + 3) * outRow);
    }
  }

  /** The first halves of two rows, one element of each in turn. */
  private static DoubleVector front(DoubleVector a, DoubleVector b) {
    return a.rearrange(FRONT_64).blend(b.rearrange(FRONT_64), ODD_64);
  }

  /** The second halves of two rows, one element of each in turn. */
  private static DoubleVector back(DoubleVector a, DoubleVector b) {
    return a.rearrange(BACK_64).blend(b.rearrange(BACK_64), ODD_64);
  }

  /** Whether both sides of a matrix are whole vectors. */
  static boolean fits32(int m, int n) {
    return FLOATS >= 4 && FLOATS <= 16 && m % FLOATS == 0 && n % FLOATS == 0;
  }

  static void transpose(int m, int n, float[] x, int xo, float[] out, float[] scratch) {
    for (int i = 0; i < m; i += FLOATS) {
      for (int j = 0; j < n; j += FLOATS) {
        int from = xo + i * n + j;
        int to = j * m + i;
        switch (FLOATS) {
          case 4 -> twice(x, from, n, out, to, m);
          case 8 -> {
            once(x, from, n, scratch, 0, FLOATS);
            twice(scratch, 0, FLOATS, out, to, m);
          }
          default -> {
            twice(x, from, n, scratch, 0, FLOATS);
            twice(scratch, 0, FLOATS, out, to, m);
          }
        }
      }
    }
  }

  /** Shuffles the rows of a tile. */
  private static void once(float[] x, int xo, int xRow, float[] out, int oo, int outRow) {
    int half = FLOATS / 2;
    for (int r = 0; r < half; r++) {
      FloatVector a = FloatVector.fromArray(F, x, xo + r * xRow);
      FloatVector b = FloatVector.fromArray(F, x, xo + (r + half) * xRow);
      front(a, b).intoArray(out, oo + 2 * r * outRow);
      back(a, b).intoArray(out, oo + (2 * r + 1) * outRow);
    }
  }

  /** Shuffles the rows of a tile two times. */
  private static void twice(float[] x, int xo, int xRow, float[] out, int oo, int outRow) {
    int quarter = FLOATS / 4;
    for (int r = 0; r < quarter; r++) {
      FloatVector a = FloatVector.fromArray(F, x, xo + r * xRow);
      FloatVector b = FloatVector.fromArray(F, x, xo + (r + quarter) * xRow);
      FloatVector c = FloatVector.fromArray(F, x, xo + (r + 2 * quarter) * xRow);
      FloatVector d = FloatVector.fromArray(F, x, xo + (r + 3 * quarter) * xRow);
      FloatVector ac = front(a, c);
      FloatVector bd = front(b, d);
      front(ac, bd).intoArray(out, oo + 4 * r * outRow);
      back(ac, bd).intoArray(out, oo + (4 * r + 1) * outRow);
      ac = back(a, c);
      bd = back(b, d);
      front(ac, bd).intoArray(out, oo + (4 * r + 2) * outRow);
      back(ac, bd).intoArray(out, oo + (4 * r + 3) * outRow);
    }
  }

  /** The first halves of two rows, one element of each in turn. */
  private static FloatVector front(FloatVector a, FloatVector b) {
    return a.rearrange(FRONT_32).blend(b.rearrange(FRONT_32), ODD_32);
  }

  /** The second halves of two rows, one element of each in turn. */
  private static FloatVector back(FloatVector a, FloatVector b) {
    return a.rearrange(BACK_32).blend(b.rearrange(BACK_32), ODD_32);
  }
}
