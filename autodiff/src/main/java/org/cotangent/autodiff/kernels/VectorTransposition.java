package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Exchanging the axes of a matrix with the Vector API, in blocks of as many rows and columns as a
 * vector has elements. A round interleaves the elements of row i with those of row i + half the
 * side, into rows 2i and 2i + 1: the number of an element in its block, row times side plus column,
 * has its bits rotated to the left by one. When each bit of the row has become one of the column,
 * the block is transposed (the perfect shuffle of Stone, IEEE Trans. Comput. C-20, 153, 1971).
 */
final class VectorTransposition {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;

  /** The longest vectors that there are rounds for; no machine of today has longer ones. */
  private static final int LONGEST = 16;

  private static final int SIDE_32 = F.length();
  private static final int SIDE_64 = D.length();

  /** Each element of the first half of a vector twice. */
  private static final VectorShuffle<Float> FIRST_32 = VectorShuffle.fromOp(F, lane -> lane / 2);

  private static final VectorShuffle<Double> FIRST_64 = VectorShuffle.fromOp(D, lane -> lane / 2);

  /** Each element of the second half of a vector twice. */
  private static final VectorShuffle<Float> SECOND_32 =
      VectorShuffle.fromOp(F, lane -> (lane + SIDE_32) / 2);

  private static final VectorShuffle<Double> SECOND_64 =
      VectorShuffle.fromOp(D, lane -> (lane + SIDE_64) / 2);

  private static final VectorMask<Float> ODD_32 = VectorMask.fromLong(F, 0xaaaaaaaaaaaaaaaaL);
  private static final VectorMask<Double> ODD_64 = VectorMask.fromLong(D, 0xaaaaaaaaaaaaaaaaL);

  /** What a block is before its last rounds. */
  private static final ThreadLocal<float[]> ROOM_32 =
      ThreadLocal.withInitial(() -> new float[SIDE_32 * SIDE_32]);

  private static final ThreadLocal<double[]> ROOM_64 =
      ThreadLocal.withInitial(() -> new double[SIDE_64 * SIDE_64]);

  private VectorTransposition() {}

  /**
   * Sets {@code out}, {@code [n, m]}, to the transposed of x, {@code [m, n]}. Row i of x begins at
   * {@code xo + i·xRow}, row j of the result at {@code oo + j·outRow}.
   */
  static void transpose(
      int m, int n, float[] x, int xo, int xRow, float[] out, int oo, int outRow) {
    if (m < SIDE_32 || n < SIDE_32 || SIDE_32 > LONGEST) {
      Transposition.transpose(m, n, x, xo, xRow, out, oo, outRow);
      return;
    }
    float[] room = ROOM_32.get();
    for (int i = 0; i < m; i += SIDE_32) { // the last blocks may overlap those before
      int row = Math.min(i, m - SIDE_32);
      for (int j = 0; j < n; j += SIDE_32) {
        int column = Math.min(j, n - SIDE_32);
        block(x, xo + row * xRow + column, xRow, room, out, oo + column * outRow + row, outRow);
      }
    }
  }

  /** As many rounds as a row's number has bits. */
  private static void block(
      float[] x, int xo, int xRow, float[] room, float[] out, int oo, int outRow) {
    if (SIDE_32 == 16) {
      twoRounds(x, xo, xRow, room, 0, SIDE_32);
      twoRounds(room, 0, SIDE_32, out, oo, outRow);
    } else if (SIDE_32 == 8) {
      twoRounds(x, xo, xRow, room, 0, SIDE_32);
      round(room, 0, SIDE_32, out, oo, outRow);
    } else if (SIDE_32 == 4) {
      twoRounds(x, xo, xRow, out, oo, outRow);
    } else {
      round(x, xo, xRow, out, oo, outRow);
    }
  }

  /** Interleaves each row of the first half with its partner in the second. */
  private static void round(float[] x, int xo, int xRow, float[] out, int oo, int outRow) {
    int half = SIDE_32 / 2;
    for (int r = 0; r < half; r++) {
      FloatVector p = FloatVector.fromArray(F, x, xo + r * xRow);
      FloatVector q = FloatVector.fromArray(F, x, xo + (r + half) * xRow);
      int to = oo + 2 * r * outRow;
      p.rearrange(FIRST_32).blend(q.rearrange(FIRST_32), ODD_32).intoArray(out, to);
      p.rearrange(SECOND_32).blend(q.rearrange(SECOND_32), ODD_32).intoArray(out, to + outRow);
    }
  }

  /** Two rounds: what the first makes of four rows is all that the second needs for four. */
  private static void twoRounds(float[] x, int xo, int xRow, float[] out, int oo, int outRow) {
    int quarter = SIDE_32 / 4;
    for (int r = 0; r < quarter; r++) {
      FloatVector a = FloatVector.fromArray(F, x, xo + r * xRow);
      FloatVector b = FloatVector.fromArray(F, x, xo + (r + quarter) * xRow);
      FloatVector c = FloatVector.fromArray(F, x, xo + (r + 2 * quarter) * xRow);
      FloatVector d = FloatVector.fromArray(F, x, xo + (r + 3 * quarter) * xRow);
      FloatVector e = a.rearrange(FIRST_32).blend(c.rearrange(FIRST_32), ODD_32);
      FloatVector f = a.rearrange(SECOND_32).blend(c.rearrange(SECOND_32), ODD_32);
      FloatVector g = b.rearrange(FIRST_32).blend(d.rearrange(FIRST_32), ODD_32);
      FloatVector h = b.rearrange(SECOND_32).blend(d.rearrange(SECOND_32), ODD_32);
      int to = oo + 4 * r * outRow;
      e.rearrange(FIRST_32).blend(g.rearrange(FIRST_32), ODD_32).intoArray(out, to);
      e.rearrange(SECOND_32).blend(g.rearrange(SECOND_32), ODD_32).intoArray(out, to + outRow);
      f.rearrange(FIRST_32).blend(h.rearrange(FIRST_32), ODD_32).intoArray(out, to + 2 * outRow);
      f.rearrange(SECOND_32).blend(h.rearrange(SECOND_32), ODD_32).intoArray(out, to + 3 * outRow);
    }
  }

  /**
   * Sets {@code out}, {@code [n, m]}, to the transposed of x, {@code [m, n]}. Row i of x begins at
   * {@code xo + i·xRow}, row j of the result at {@code oo + j·outRow}.
   */
  static void transpose(
      int m, int n, double[] x, int xo, int xRow, double[] out, int oo, int outRow) {
    if (m < SIDE_64 || n < SIDE_64 || SIDE_64 > LONGEST) {
      Transposition.transpose(m, n, x, xo, xRow, out, oo, outRow);
      return;
    }
    double[] room = ROOM_64.get();
    for (int i = 0; i < m; i += SIDE_64) { // the last blocks may overlap those before
      int row = Math.min(i, m - SIDE_64);
      for (int j = 0; j < n; j += SIDE_64) {
        int column = Math.min(j, n - SIDE_64);
        block(x, xo + row * xRow + column, xRow, room, out, oo + column * outRow + row, outRow);
      }
    }
  }

  /** As many rounds as a row's number has bits. */
  private static void block(
      double[] x, int xo, int xRow, double[] room, double[] out, int oo, int outRow) {
    if (SIDE_64 == 16) {
      twoRounds(x, xo, xRow, room, 0, SIDE_64);
      twoRounds(room, 0, SIDE_64, out, oo, outRow);
    } else if (SIDE_64 == 8) {
      twoRounds(x, xo, xRow, room, 0, SIDE_64);
      round(room, 0, SIDE_64, out, oo, outRow);
    } else if (SIDE_64 == 4) {
      twoRounds(x, xo, xRow, out, oo, outRow);
    } else {
      round(x, xo, xRow, out, oo, outRow);
    }
  }

  /** Interleaves each row of the first half with its partner in the second. */
  private static void round(double[] x, int xo, int xRow, double[] out, int oo, int outRow) {
    int half = SIDE_64 / 2;
    for (int r = 0; r < half; r++) {
      DoubleVector p = DoubleVector.fromArray(D, x, xo + r * xRow);
      DoubleVector q = DoubleVector.fromArray(D, x, xo + (r + half) * xRow);
      int to = oo + 2 * r * outRow;
      p.rearrange(FIRST_64).blend(q.rearrange(FIRST_64), ODD_64).intoArray(out, to);
      p.rearrange(SECOND_64).blend(q.rearrange(SECOND_64), ODD_64).intoArray(out, to + outRow);
    }
  }

  /** Two rounds: what the first makes of four rows is all that the second needs for four. */
  private static void twoRounds(double[] x, int xo, int xRow, double[] out, int oo, int outRow) {
    int quarter = SIDE_64 / 4;
    for (int r = 0; r < quarter; r++) {
      DoubleVector a = DoubleVector.fromArray(D, x, xo + r * xRow);
      DoubleVector b = DoubleVector.fromArray(D, x, xo + (r + quarter) * xRow);
      DoubleVector c = DoubleVector.fromArray(D, x, xo + (r + 2 * quarter) * xRow);
      DoubleVector d = DoubleVector.fromArray(D, x, xo + (r + 3 * quarter) * xRow);
      DoubleVector e = a.rearrange(FIRST_64).blend(c.rearrange(FIRST_64), ODD_64);
      DoubleVector f = a.rearrange(SECOND_64).blend(c.rearrange(SECOND_64), ODD_64);
      DoubleVector g = b.rearrange(FIRST_64).blend(d.rearrange(FIRST_64), ODD_64);
      DoubleVector h = b.rearrange(SECOND_64).blend(d.rearrange(SECOND_64), ODD_64);
      int to = oo + 4 * r * outRow;
      e.rearrange(FIRST_64).blend(g.rearrange(FIRST_64), ODD_64).intoArray(out, to);
      e.rearrange(SECOND_64).blend(g.rearrange(SECOND_64), ODD_64).intoArray(out, to + outRow);
      f.rearrange(FIRST_64).blend(h.rearrange(FIRST_64), ODD_64).intoArray(out, to + 2 * outRow);
      f.rearrange(SECOND_64).blend(h.rearrange(SECOND_64), ODD_64).intoArray(out, to + 3 * outRow);
    }
  }
}
