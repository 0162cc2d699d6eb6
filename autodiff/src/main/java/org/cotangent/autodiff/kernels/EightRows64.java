package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of the product of two double matrices, of up to eight rows and up to three vectors, summed
 * in registers. Eight rows by three vectors are 24 sums, three vectors of y and one broadcast of x:
 * 28 of the 32 registers that AVX-512 and NEON have. For 24 multiplications there are only 11
 * loads, and 24 sums are enough to hide the latency of a multiplication (4 to 5 cycles, two started
 * in each).
 *
 * <p>Each sum is a chain of fused multiply-adds in the order of k, whatever tile an element falls
 * into. A tile with fewer rows repeats its last row, which is then computed and written more than
 * once with the same value; likewise the last vectors may overlap. Hence everything is read before
 * anything is written.
 *
 * <p>Element (i, p) of x is at {@code xo + i·xRow + p·xColumn}, vector c of row p of y at {@code yo
 * + p·yRow + yc} (y0 = 0), and vector c of row i of the result at {@code oo + i·outRow + yc}.
 */
final class EightRows64 {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

  private EightRows64() {}

  /** 8 rows and 3 vectors. */
  static void by3(
      int rows,
      int k,
      double[] x,
      int xo,
      int xRow,
      int xColumn,
      double[] y,
      int yo,
      int yRow,
      int y1,
      int y2,
      double[] out,
      int oo,
      int outRow,
      int mode) {
    int r1 = Math.min(1, rows - 1);
    int x1 = r1 * xRow;
    int r2 = Math.min(2, rows - 1);
    int x2 = r2 * xRow;
    int r3 = Math.min(3, rows - 1);
    int x3 = r3 * xRow;
    int r4 = Math.min(4, rows - 1);
    int x4 = r4 * xRow;
    int r5 = Math.min(5, rows - 1);
    int x5 = r5 * xRow;
    int r6 = Math.min(6, rows - 1);
    int x6 = r6 * xRow;
    int r7 = Math.min(7, rows - 1);
    int x7 = r7 * xRow;
    DoubleVector a0 = DoubleVector.zero(SPECIES);
    DoubleVector b0 = DoubleVector.zero(SPECIES);
    DoubleVector c0 = DoubleVector.zero(SPECIES);
    DoubleVector a1 = DoubleVector.zero(SPECIES);
    DoubleVector b1 = DoubleVector.zero(SPECIES);
    DoubleVector c1 = DoubleVector.zero(SPECIES);
    DoubleVector a2 = DoubleVector.zero(SPECIES);
    DoubleVector b2 = DoubleVector.zero(SPECIES);
    DoubleVector c2 = DoubleVector.zero(SPECIES);
    DoubleVector a3 = DoubleVector.zero(SPECIES);
    DoubleVector b3 = DoubleVector.zero(SPECIES);
    DoubleVector c3 = DoubleVector.zero(SPECIES);
    DoubleVector a4 = DoubleVector.zero(SPECIES);
    DoubleVector b4 = DoubleVector.zero(SPECIES);
    DoubleVector c4 = DoubleVector.zero(SPECIES);
    DoubleVector a5 = DoubleVector.zero(SPECIES);
    DoubleVector b5 = DoubleVector.zero(SPECIES);
    DoubleVector c5 = DoubleVector.zero(SPECIES);
    DoubleVector a6 = DoubleVector.zero(SPECIES);
    DoubleVector b6 = DoubleVector.zero(SPECIES);
    DoubleVector c6 = DoubleVector.zero(SPECIES);
    DoubleVector a7 = DoubleVector.zero(SPECIES);
    DoubleVector b7 = DoubleVector.zero(SPECIES);
    DoubleVector c7 = DoubleVector.zero(SPECIES);
    for (int p = 0, at = xo, from = yo; p < k; p++, at += xColumn, from += yRow) {
      DoubleVector a = DoubleVector.fromArray(SPECIES, y, from);
      DoubleVector b = DoubleVector.fromArray(SPECIES, y, from + y1);
      DoubleVector c = DoubleVector.fromArray(SPECIES, y, from + y2);
      DoubleVector s0 = DoubleVector.broadcast(SPECIES, x[at]);
      a0 = s0.fma(a, a0);
      b0 = s0.fma(b, b0);
      c0 = s0.fma(c, c0);
      DoubleVector s1 = DoubleVector.broadcast(SPECIES, x[at + x1]);
      a1 = s1.fma(a, a1);
      b1 = s1.fma(b, b1);
      c1 = s1.fma(c, c1);
      DoubleVector s2 = DoubleVector.broadcast(SPECIES, x[at + x2]);
      a2 = s2.fma(a, a2);
      b2 = s2.fma(b, b2);
      c2 = s2.fma(c, c2);
      DoubleVector s3 = DoubleVector.broadcast(SPECIES, x[at + x3]);
      a3 = s3.fma(a, a3);
      b3 = s3.fma(b, b3);
      c3 = s3.fma(c, c3);
      DoubleVector s4 = DoubleVector.broadcast(SPECIES, x[at + x4]);
      a4 = s4.fma(a, a4);
      b4 = s4.fma(b, b4);
      c4 = s4.fma(c, c4);
      DoubleVector s5 = DoubleVector.broadcast(SPECIES, x[at + x5]);
      a5 = s5.fma(a, a5);
      b5 = s5.fma(b, b5);
      c5 = s5.fma(c, c5);
      DoubleVector s6 = DoubleVector.broadcast(SPECIES, x[at + x6]);
      a6 = s6.fma(a, a6);
      b6 = s6.fma(b, b6);
      c6 = s6.fma(c, c6);
      DoubleVector s7 = DoubleVector.broadcast(SPECIES, x[at + x7]);
      a7 = s7.fma(a, a7);
      b7 = s7.fma(b, b7);
      c7 = s7.fma(c, c7);
    }
    int o1 = oo + r1 * outRow;
    int o2 = oo + r2 * outRow;
    int o3 = oo + r3 * outRow;
    int o4 = oo + r4 * outRow;
    int o5 = oo + r5 * outRow;
    int o6 = oo + r6 * outRow;
    int o7 = oo + r7 * outRow;
    DoubleVector sign = DoubleVector.broadcast(SPECIES, (double) TileEnd.sign(mode));
    DoubleVector zero = DoubleVector.zero(SPECIES);
    VectorMask<Double> kept = VectorMask.fromLong(SPECIES, TileEnd.kept(mode));
    a0 = a0.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, oo), kept));
    b0 = b0.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, oo + y1), kept));
    c0 = c0.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, oo + y2), kept));
    a1 = a1.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o1), kept));
    b1 = b1.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o1 + y1), kept));
    c1 = c1.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o1 + y2), kept));
    a2 = a2.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o2), kept));
    b2 = b2.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o2 + y1), kept));
    c2 = c2.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o2 + y2), kept));
    a3 = a3.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o3), kept));
    b3 = b3.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o3 + y1), kept));
    c3 = c3.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o3 + y2), kept));
    a4 = a4.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o4), kept));
    b4 = b4.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o4 + y1), kept));
    c4 = c4.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o4 + y2), kept));
    a5 = a5.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o5), kept));
    b5 = b5.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o5 + y1), kept));
    c5 = c5.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o5 + y2), kept));
    a6 = a6.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o6), kept));
    b6 = b6.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o6 + y1), kept));
    c6 = c6.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o6 + y2), kept));
    a7 = a7.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o7), kept));
    b7 = b7.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o7 + y1), kept));
    c7 = c7.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o7 + y2), kept));
    a0.intoArray(out, oo);
    b0.intoArray(out, oo + y1);
    c0.intoArray(out, oo + y2);
    a1.intoArray(out, o1);
    b1.intoArray(out, o1 + y1);
    c1.intoArray(out, o1 + y2);
    a2.intoArray(out, o2);
    b2.intoArray(out, o2 + y1);
    c2.intoArray(out, o2 + y2);
    a3.intoArray(out, o3);
    b3.intoArray(out, o3 + y1);
    c3.intoArray(out, o3 + y2);
    a4.intoArray(out, o4);
    b4.intoArray(out, o4 + y1);
    c4.intoArray(out, o4 + y2);
    a5.intoArray(out, o5);
    b5.intoArray(out, o5 + y1);
    c5.intoArray(out, o5 + y2);
    a6.intoArray(out, o6);
    b6.intoArray(out, o6 + y1);
    c6.intoArray(out, o6 + y2);
    a7.intoArray(out, o7);
    b7.intoArray(out, o7 + y1);
    c7.intoArray(out, o7 + y2);
  }

  /** 8 rows and 2 vectors. */
  static void by2(
      int rows,
      int k,
      double[] x,
      int xo,
      int xRow,
      int xColumn,
      double[] y,
      int yo,
      int yRow,
      int y1,
      double[] out,
      int oo,
      int outRow,
      int mode) {
    int r1 = Math.min(1, rows - 1);
    int x1 = r1 * xRow;
    int r2 = Math.min(2, rows - 1);
    int x2 = r2 * xRow;
    int r3 = Math.min(3, rows - 1);
    int x3 = r3 * xRow;
    int r4 = Math.min(4, rows - 1);
    int x4 = r4 * xRow;
    int r5 = Math.min(5, rows - 1);
    int x5 = r5 * xRow;
    int r6 = Math.min(6, rows - 1);
    int x6 = r6 * xRow;
    int r7 = Math.min(7, rows - 1);
    int x7 = r7 * xRow;
    DoubleVector a0 = DoubleVector.zero(SPECIES);
    DoubleVector b0 = DoubleVector.zero(SPECIES);
    DoubleVector a1 = DoubleVector.zero(SPECIES);
    DoubleVector b1 = DoubleVector.zero(SPECIES);
    DoubleVector a2 = DoubleVector.zero(SPECIES);
    DoubleVector b2 = DoubleVector.zero(SPECIES);
    DoubleVector a3 = DoubleVector.zero(SPECIES);
    DoubleVector b3 = DoubleVector.zero(SPECIES);
    DoubleVector a4 = DoubleVector.zero(SPECIES);
    DoubleVector b4 = DoubleVector.zero(SPECIES);
    DoubleVector a5 = DoubleVector.zero(SPECIES);
    DoubleVector b5 = DoubleVector.zero(SPECIES);
    DoubleVector a6 = DoubleVector.zero(SPECIES);
    DoubleVector b6 = DoubleVector.zero(SPECIES);
    DoubleVector a7 = DoubleVector.zero(SPECIES);
    DoubleVector b7 = DoubleVector.zero(SPECIES);
    for (int p = 0, at = xo, from = yo; p < k; p++, at += xColumn, from += yRow) {
      DoubleVector a = DoubleVector.fromArray(SPECIES, y, from);
      DoubleVector b = DoubleVector.fromArray(SPECIES, y, from + y1);
      DoubleVector s0 = DoubleVector.broadcast(SPECIES, x[at]);
      a0 = s0.fma(a, a0);
      b0 = s0.fma(b, b0);
      DoubleVector s1 = DoubleVector.broadcast(SPECIES, x[at + x1]);
      a1 = s1.fma(a, a1);
      b1 = s1.fma(b, b1);
      DoubleVector s2 = DoubleVector.broadcast(SPECIES, x[at + x2]);
      a2 = s2.fma(a, a2);
      b2 = s2.fma(b, b2);
      DoubleVector s3 = DoubleVector.broadcast(SPECIES, x[at + x3]);
      a3 = s3.fma(a, a3);
      b3 = s3.fma(b, b3);
      DoubleVector s4 = DoubleVector.broadcast(SPECIES, x[at + x4]);
      a4 = s4.fma(a, a4);
      b4 = s4.fma(b, b4);
      DoubleVector s5 = DoubleVector.broadcast(SPECIES, x[at + x5]);
      a5 = s5.fma(a, a5);
      b5 = s5.fma(b, b5);
      DoubleVector s6 = DoubleVector.broadcast(SPECIES, x[at + x6]);
      a6 = s6.fma(a, a6);
      b6 = s6.fma(b, b6);
      DoubleVector s7 = DoubleVector.broadcast(SPECIES, x[at + x7]);
      a7 = s7.fma(a, a7);
      b7 = s7.fma(b, b7);
    }
    int o1 = oo + r1 * outRow;
    int o2 = oo + r2 * outRow;
    int o3 = oo + r3 * outRow;
    int o4 = oo + r4 * outRow;
    int o5 = oo + r5 * outRow;
    int o6 = oo + r6 * outRow;
    int o7 = oo + r7 * outRow;
    DoubleVector sign = DoubleVector.broadcast(SPECIES, (double) TileEnd.sign(mode));
    DoubleVector zero = DoubleVector.zero(SPECIES);
    VectorMask<Double> kept = VectorMask.fromLong(SPECIES, TileEnd.kept(mode));
    a0 = a0.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, oo), kept));
    b0 = b0.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, oo + y1), kept));
    a1 = a1.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o1), kept));
    b1 = b1.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o1 + y1), kept));
    a2 = a2.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o2), kept));
    b2 = b2.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o2 + y1), kept));
    a3 = a3.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o3), kept));
    b3 = b3.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o3 + y1), kept));
    a4 = a4.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o4), kept));
    b4 = b4.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o4 + y1), kept));
    a5 = a5.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o5), kept));
    b5 = b5.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o5 + y1), kept));
    a6 = a6.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o6), kept));
    b6 = b6.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o6 + y1), kept));
    a7 = a7.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o7), kept));
    b7 = b7.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o7 + y1), kept));
    a0.intoArray(out, oo);
    b0.intoArray(out, oo + y1);
    a1.intoArray(out, o1);
    b1.intoArray(out, o1 + y1);
    a2.intoArray(out, o2);
    b2.intoArray(out, o2 + y1);
    a3.intoArray(out, o3);
    b3.intoArray(out, o3 + y1);
    a4.intoArray(out, o4);
    b4.intoArray(out, o4 + y1);
    a5.intoArray(out, o5);
    b5.intoArray(out, o5 + y1);
    a6.intoArray(out, o6);
    b6.intoArray(out, o6 + y1);
    a7.intoArray(out, o7);
    b7.intoArray(out, o7 + y1);
  }

  /** 8 rows and 1 vector. */
  static void by1(
      int rows,
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
    int r1 = Math.min(1, rows - 1);
    int x1 = r1 * xRow;
    int r2 = Math.min(2, rows - 1);
    int x2 = r2 * xRow;
    int r3 = Math.min(3, rows - 1);
    int x3 = r3 * xRow;
    int r4 = Math.min(4, rows - 1);
    int x4 = r4 * xRow;
    int r5 = Math.min(5, rows - 1);
    int x5 = r5 * xRow;
    int r6 = Math.min(6, rows - 1);
    int x6 = r6 * xRow;
    int r7 = Math.min(7, rows - 1);
    int x7 = r7 * xRow;
    DoubleVector a0 = DoubleVector.zero(SPECIES);
    DoubleVector a1 = DoubleVector.zero(SPECIES);
    DoubleVector a2 = DoubleVector.zero(SPECIES);
    DoubleVector a3 = DoubleVector.zero(SPECIES);
    DoubleVector a4 = DoubleVector.zero(SPECIES);
    DoubleVector a5 = DoubleVector.zero(SPECIES);
    DoubleVector a6 = DoubleVector.zero(SPECIES);
    DoubleVector a7 = DoubleVector.zero(SPECIES);
    for (int p = 0, at = xo, from = yo; p < k; p++, at += xColumn, from += yRow) {
      DoubleVector a = DoubleVector.fromArray(SPECIES, y, from);
      a0 = DoubleVector.broadcast(SPECIES, x[at]).fma(a, a0);
      a1 = DoubleVector.broadcast(SPECIES, x[at + x1]).fma(a, a1);
      a2 = DoubleVector.broadcast(SPECIES, x[at + x2]).fma(a, a2);
      a3 = DoubleVector.broadcast(SPECIES, x[at + x3]).fma(a, a3);
      a4 = DoubleVector.broadcast(SPECIES, x[at + x4]).fma(a, a4);
      a5 = DoubleVector.broadcast(SPECIES, x[at + x5]).fma(a, a5);
      a6 = DoubleVector.broadcast(SPECIES, x[at + x6]).fma(a, a6);
      a7 = DoubleVector.broadcast(SPECIES, x[at + x7]).fma(a, a7);
    }
    int o1 = oo + r1 * outRow;
    int o2 = oo + r2 * outRow;
    int o3 = oo + r3 * outRow;
    int o4 = oo + r4 * outRow;
    int o5 = oo + r5 * outRow;
    int o6 = oo + r6 * outRow;
    int o7 = oo + r7 * outRow;
    DoubleVector sign = DoubleVector.broadcast(SPECIES, (double) TileEnd.sign(mode));
    DoubleVector zero = DoubleVector.zero(SPECIES);
    VectorMask<Double> kept = VectorMask.fromLong(SPECIES, TileEnd.kept(mode));
    a0 = a0.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, oo), kept));
    a1 = a1.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o1), kept));
    a2 = a2.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o2), kept));
    a3 = a3.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o3), kept));
    a4 = a4.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o4), kept));
    a5 = a5.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o5), kept));
    a6 = a6.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o6), kept));
    a7 = a7.fma(sign, zero.blend(DoubleVector.fromArray(SPECIES, out, o7), kept));
    a0.intoArray(out, oo);
    a1.intoArray(out, o1);
    a2.intoArray(out, o2);
    a3.intoArray(out, o3);
    a4.intoArray(out, o4);
    a5.intoArray(out, o5);
    a6.intoArray(out, o6);
    a7.intoArray(out, o7);
  }
}
