package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Exchanging the axes of a matrix with the Vector API, in blocks of eight by eight that stay in
 * registers. A block is transposed in three rounds: in the round of distance d (4, 2, 1), what
 * stands at column j + d of row i changes places with what stands at column j of row i + d, for all
 * i and j without that bit (Eklundh, IEEE Trans. Comput. C-21, 801, 1972).
 */
final class VectorTransposition {
  private static final int SIDE = 8;

  private static final VectorSpecies<Float> FLOAT = FloatVector.SPECIES_256;
  private static final VectorSpecies<Double> DOUBLE = DoubleVector.SPECIES_512;

  /** Whether the machine has vectors of eight elements; the Vector API is slow on what it lacks. */
  private static final boolean FLOATS = FloatVector.SPECIES_PREFERRED.length() >= SIDE;

  private static final boolean DOUBLES = DoubleVector.SPECIES_PREFERRED.length() >= SIDE;

  private static final VectorShuffle<Float> FLOAT_BY_4 = partners(FLOAT, 4);
  private static final VectorShuffle<Float> FLOAT_BY_2 = partners(FLOAT, 2);
  private static final VectorShuffle<Float> FLOAT_BY_1 = partners(FLOAT, 1);
  private static final VectorMask<Float> FLOAT_ODD_4 = odd(FLOAT, 4);
  private static final VectorMask<Float> FLOAT_ODD_2 = odd(FLOAT, 2);
  private static final VectorMask<Float> FLOAT_ODD_1 = odd(FLOAT, 1);
  private static final VectorShuffle<Double> DOUBLE_BY_4 = partners(DOUBLE, 4);
  private static final VectorShuffle<Double> DOUBLE_BY_2 = partners(DOUBLE, 2);
  private static final VectorShuffle<Double> DOUBLE_BY_1 = partners(DOUBLE, 1);
  private static final VectorMask<Double> DOUBLE_ODD_4 = odd(DOUBLE, 4);
  private static final VectorMask<Double> DOUBLE_ODD_2 = odd(DOUBLE, 2);
  private static final VectorMask<Double> DOUBLE_ODD_1 = odd(DOUBLE, 1);

  private VectorTransposition() {}

  private static <E> VectorShuffle<E> partners(VectorSpecies<E> species, int distance) {
    return VectorShuffle.fromOp(species, lane -> lane ^ distance);
  }

  /** The lanes whose number has the bit of a distance. */
  private static <E> VectorMask<E> odd(VectorSpecies<E> species, int distance) {
    long bits = 0;
    for (int lane = 0; lane < SIDE; lane++) {
      bits |= (lane & distance) != 0 ? 1L << lane : 0;
    }
    return VectorMask.fromLong(species, bits);
  }

  /**
   * Sets {@code out}, {@code [n, m]}, to the transposed of x, {@code [m, n]}. Row i of x begins at
   * {@code xo + i·xRow}, row j of the result at {@code oo + j·outRow}.
   */
  static void transpose(
      int m, int n, float[] x, int xo, int xRow, float[] out, int oo, int outRow) {
    int down = FLOATS ? m / SIDE * SIDE : 0;
    int across = down > 0 ? n / SIDE * SIDE : 0;
    for (int i = 0; i < down; i += SIDE) {
      for (int j = 0; j < across; j += SIDE) {
        block(x, xo + i * xRow + j, xRow, out, oo + j * outRow + i, outRow);
      }
    }
    Transposition.transpose(
        down, n - across, x, xo + across, xRow, out, oo + across * outRow, outRow);
    Transposition.transpose(m - down, n, x, xo + down * xRow, xRow, out, oo + down, outRow);
  }

  private static void block(float[] x, int xo, int xRow, float[] out, int oo, int outRow) {
    FloatVector a0 = FloatVector.fromArray(FLOAT, x, xo);
    FloatVector a1 = FloatVector.fromArray(FLOAT, x, xo + xRow);
    FloatVector a2 = FloatVector.fromArray(FLOAT, x, xo + 2 * xRow);
    FloatVector a3 = FloatVector.fromArray(FLOAT, x, xo + 3 * xRow);
    FloatVector a4 = FloatVector.fromArray(FLOAT, x, xo + 4 * xRow);
    FloatVector a5 = FloatVector.fromArray(FLOAT, x, xo + 5 * xRow);
    FloatVector a6 = FloatVector.fromArray(FLOAT, x, xo + 6 * xRow);
    FloatVector a7 = FloatVector.fromArray(FLOAT, x, xo + 7 * xRow);
    FloatVector b0 = a0.blend(a4.rearrange(FLOAT_BY_4), FLOAT_ODD_4);
    FloatVector b1 = a1.blend(a5.rearrange(FLOAT_BY_4), FLOAT_ODD_4);
    FloatVector b2 = a2.blend(a6.rearrange(FLOAT_BY_4), FLOAT_ODD_4);
    FloatVector b3 = a3.blend(a7.rearrange(FLOAT_BY_4), FLOAT_ODD_4);
    FloatVector b4 = a0.rearrange(FLOAT_BY_4).blend(a4, FLOAT_ODD_4);
    FloatVector b5 = a1.rearrange(FLOAT_BY_4).blend(a5, FLOAT_ODD_4);
    FloatVector b6 = a2.rearrange(FLOAT_BY_4).blend(a6, FLOAT_ODD_4);
    FloatVector b7 = a3.rearrange(FLOAT_BY_4).blend(a7, FLOAT_ODD_4);
    FloatVector c0 = b0.blend(b2.rearrange(FLOAT_BY_2), FLOAT_ODD_2);
    FloatVector c1 = b1.blend(b3.rearrange(FLOAT_BY_2), FLOAT_ODD_2);
    FloatVector c2 = b0.rearrange(FLOAT_BY_2).blend(b2, FLOAT_ODD_2);
    FloatVector c3 = b1.rearrange(FLOAT_BY_2).blend(b3, FLOAT_ODD_2);
    FloatVector c4 = b4.blend(b6.rearrange(FLOAT_BY_2), FLOAT_ODD_2);
    FloatVector c5 = b5.blend(b7.rearrange(FLOAT_BY_2), FLOAT_ODD_2);
    FloatVector c6 = b4.rearrange(FLOAT_BY_2).blend(b6, FLOAT_ODD_2);
    FloatVector c7 = b5.rearrange(FLOAT_BY_2).blend(b7, FLOAT_ODD_2);
    FloatVector d0 = c0.blend(c1.rearrange(FLOAT_BY_1), FLOAT_ODD_1);
    FloatVector d1 = c0.rearrange(FLOAT_BY_1).blend(c1, FLOAT_ODD_1);
    FloatVector d2 = c2.blend(c3.rearrange(FLOAT_BY_1), FLOAT_ODD_1);
    FloatVector d3 = c2.rearrange(FLOAT_BY_1).blend(c3, FLOAT_ODD_1);
    FloatVector d4 = c4.blend(c5.rearrange(FLOAT_BY_1), FLOAT_ODD_1);
    FloatVector d5 = c4.rearrange(FLOAT_BY_1).blend(c5, FLOAT_ODD_1);
    FloatVector d6 = c6.blend(c7.rearrange(FLOAT_BY_1), FLOAT_ODD_1);
    FloatVector d7 = c6.rearrange(FLOAT_BY_1).blend(c7, FLOAT_ODD_1);
    d0.intoArray(out, oo);
    d1.intoArray(out, oo + outRow);
    d2.intoArray(out, oo + 2 * outRow);
    d3.intoArray(out, oo + 3 * outRow);
    d4.intoArray(out, oo + 4 * outRow);
    d5.intoArray(out, oo + 5 * outRow);
    d6.intoArray(out, oo + 6 * outRow);
    d7.intoArray(out, oo + 7 * outRow);
  }

  /**
   * Sets {@code out}, {@code [n, m]}, to the transposed of x, {@code [m, n]}. Row i of x begins at
   * {@code xo + i·xRow}, row j of the result at {@code oo + j·outRow}.
   */
  static void transpose(
      int m, int n, double[] x, int xo, int xRow, double[] out, int oo, int outRow) {
    int down = DOUBLES ? m / SIDE * SIDE : 0;
    int across = down > 0 ? n / SIDE * SIDE : 0;
    for (int i = 0; i < down; i += SIDE) {
      for (int j = 0; j < across; j += SIDE) {
        block(x, xo + i * xRow + j, xRow, out, oo + j * outRow + i, outRow);
      }
    }
    Transposition.transpose(
        down, n - across, x, xo + across, xRow, out, oo + across * outRow, outRow);
    Transposition.transpose(m - down, n, x, xo + down * xRow, xRow, out, oo + down, outRow);
  }

  private static void block(double[] x, int xo, int xRow, double[] out, int oo, int outRow) {
    DoubleVector a0 = DoubleVector.fromArray(DOUBLE, x, xo);
    DoubleVector a1 = DoubleVector.fromArray(DOUBLE, x, xo + xRow);
    DoubleVector a2 = DoubleVector.fromArray(DOUBLE, x, xo + 2 * xRow);
    DoubleVector a3 = DoubleVector.fromArray(DOUBLE, x, xo + 3 * xRow);
    DoubleVector a4 = DoubleVector.fromArray(DOUBLE, x, xo + 4 * xRow);
    DoubleVector a5 = DoubleVector.fromArray(DOUBLE, x, xo + 5 * xRow);
    DoubleVector a6 = DoubleVector.fromArray(DOUBLE, x, xo + 6 * xRow);
    DoubleVector a7 = DoubleVector.fromArray(DOUBLE, x, xo + 7 * xRow);
    DoubleVector b0 = a0.blend(a4.rearrange(DOUBLE_BY_4), DOUBLE_ODD_4);
    DoubleVector b1 = a1.blend(a5.rearrange(DOUBLE_BY_4), DOUBLE_ODD_4);
    DoubleVector b2 = a2.blend(a6.rearrange(DOUBLE_BY_4), DOUBLE_ODD_4);
    DoubleVector b3 = a3.blend(a7.rearrange(DOUBLE_BY_4), DOUBLE_ODD_4);
    DoubleVector b4 = a0.rearrange(DOUBLE_BY_4).blend(a4, DOUBLE_ODD_4);
    DoubleVector b5 = a1.rearrange(DOUBLE_BY_4).blend(a5, DOUBLE_ODD_4);
    DoubleVector b6 = a2.rearrange(DOUBLE_BY_4).blend(a6, DOUBLE_ODD_4);
    DoubleVector b7 = a3.rearrange(DOUBLE_BY_4).blend(a7, DOUBLE_ODD_4);
    DoubleVector c0 = b0.blend(b2.rearrange(DOUBLE_BY_2), DOUBLE_ODD_2);
    DoubleVector c1 = b1.blend(b3.rearrange(DOUBLE_BY_2), DOUBLE_ODD_2);
    DoubleVector c2 = b0.rearrange(DOUBLE_BY_2).blend(b2, DOUBLE_ODD_2);
    DoubleVector c3 = b1.rearrange(DOUBLE_BY_2).blend(b3, DOUBLE_ODD_2);
    DoubleVector c4 = b4.blend(b6.rearrange(DOUBLE_BY_2), DOUBLE_ODD_2);
    DoubleVector c5 = b5.blend(b7.rearrange(DOUBLE_BY_2), DOUBLE_ODD_2);
    DoubleVector c6 = b4.rearrange(DOUBLE_BY_2).blend(b6, DOUBLE_ODD_2);
    DoubleVector c7 = b5.rearrange(DOUBLE_BY_2).blend(b7, DOUBLE_ODD_2);
    DoubleVector d0 = c0.blend(c1.rearrange(DOUBLE_BY_1), DOUBLE_ODD_1);
    DoubleVector d1 = c0.rearrange(DOUBLE_BY_1).blend(c1, DOUBLE_ODD_1);
    DoubleVector d2 = c2.blend(c3.rearrange(DOUBLE_BY_1), DOUBLE_ODD_1);
    DoubleVector d3 = c2.rearrange(DOUBLE_BY_1).blend(c3, DOUBLE_ODD_1);
    DoubleVector d4 = c4.blend(c5.rearrange(DOUBLE_BY_1), DOUBLE_ODD_1);
    DoubleVector d5 = c4.rearrange(DOUBLE_BY_1).blend(c5, DOUBLE_ODD_1);
    DoubleVector d6 = c6.blend(c7.rearrange(DOUBLE_BY_1), DOUBLE_ODD_1);
    DoubleVector d7 = c6.rearrange(DOUBLE_BY_1).blend(c7, DOUBLE_ODD_1);
    d0.intoArray(out, oo);
    d1.intoArray(out, oo + outRow);
    d2.intoArray(out, oo + 2 * outRow);
    d3.intoArray(out, oo + 3 * outRow);
    d4.intoArray(out, oo + 4 * outRow);
    d5.intoArray(out, oo + 5 * outRow);
    d6.intoArray(out, oo + 6 * outRow);
    d7.intoArray(out, oo + 7 * outRow);
  }
}
