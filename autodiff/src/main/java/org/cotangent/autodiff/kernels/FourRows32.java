package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of the product of two float matrices, of up to four rows and up to three vectors, summed in
 * registers. Four rows by three vectors are 12 sums, three vectors of y and one broadcast of x: all
 * 16 registers that AVX2 has. Where there are more registers, {@link EightRows32} is faster, and
 * these tiles serve the last rows. Both compute the same sums; what is said there holds here.
 *
 * <p>Element (i, p) of x is at {@code xo + i·xRow + p·xColumn}, vector c of row p of y at {@code yo
 * + p·yRow + yc} (y0 = 0), and vector c of row i of the result at {@code oo + i·outRow + yc}.
 */
final class FourRows32 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private FourRows32() {}

  /** 4 rows and 3 vectors. */
  static void by3(
      int rows,
      int k,
      float[] x,
      int xo,
      int xRow,
      int xColumn,
      float[] y,
      int yo,
      int yRow,
      int y1,
      int y2,
      float[] out,
      int oo,
      int outRow,
      int mode) {
    int r1 = Math.min(1, rows - 1);
    int x1 = r1 * xRow;
    int r2 = Math.min(2, rows - 1);
    int x2 = r2 * xRow;
    int r3 = Math.min(3, rows - 1);
    int x3 = r3 * xRow;
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector b0 = FloatVector.zero(SPECIES);
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector a1 = FloatVector.zero(SPECIES);
    FloatVector b1 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector a2 = FloatVector.zero(SPECIES);
    FloatVector b2 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    FloatVector a3 = FloatVector.zero(SPECIES);
    FloatVector b3 = FloatVector.zero(SPECIES);
    FloatVector c3 = FloatVector.zero(SPECIES);
    for (int p = 0, at = xo, from = yo; p < k; p++, at += xColumn, from += yRow) {
      FloatVector a = FloatVector.fromArray(SPECIES, y, from);
      FloatVector b = FloatVector.fromArray(SPECIES, y, from + y1);
      FloatVector c = FloatVector.fromArray(SPECIES, y, from + y2);
      FloatVector s0 = FloatVector.broadcast(SPECIES, x[at]);
      a0 = s0.fma(a, a0);
      b0 = s0.fma(b, b0);
      c0 = s0.fma(c, c0);
      FloatVector s1 = FloatVector.broadcast(SPECIES, x[at + x1]);
      a1 = s1.fma(a, a1);
      b1 = s1.fma(b, b1);
      c1 = s1.fma(c, c1);
      FloatVector s2 = FloatVector.broadcast(SPECIES, x[at + x2]);
      a2 = s2.fma(a, a2);
      b2 = s2.fma(b, b2);
      c2 = s2.fma(c, c2);
      FloatVector s3 = FloatVector.broadcast(SPECIES, x[at + x3]);
      a3 = s3.fma(a, a3);
      b3 = s3.fma(b, b3);
      c3 = s3.fma(c, c3);
    }
    int o1 = oo + r1 * outRow;
    int o2 = oo + r2 * outRow;
    int o3 = oo + r3 * outRow;
    FloatVector sign = FloatVector.broadcast(SPECIES, (float) TileEnd.sign(mode));
    FloatVector zero = FloatVector.zero(SPECIES);
    VectorMask<Float> kept = VectorMask.fromLong(SPECIES, TileEnd.kept(mode));
    a0 = a0.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, oo), kept));
    b0 = b0.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, oo + y1), kept));
    c0 = c0.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, oo + y2), kept));
    a1 = a1.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, o1), kept));
    b1 = b1.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, o1 + y1), kept));
    c1 = c1.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, o1 + y2), kept));
    a2 = a2.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, o2), kept));
    b2 = b2.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, o2 + y1), kept));
    c2 = c2.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, o2 + y2), kept));
    a3 = a3.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, o3), kept));
    b3 = b3.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, o3 + y1), kept));
    c3 = c3.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, o3 + y2), kept));
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
  }

  /** 4 rows and 2 vectors. */
  static void by2(
      int rows,
      int k,
      float[] x,
      int xo,
      int xRow,
      int xColumn,
      float[] y,
      int yo,
      int yRow,
      int y1,
      float[] out,
      int oo,
      int outRow,
      int mode) {
    int r1 = Math.min(1, rows - 1);
    int x1 = r1 * xRow;
    int r2 = Math.min(2, rows - 1);
    int x2 = r2 * xRow;
    int r3 = Math.min(3, rows - 1);
    int x3 = r3 * xRow;
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector b0 = FloatVector.zero(SPECIES);
    FloatVector a1 = FloatVector.zero(SPECIES);
    FloatVector b1 = FloatVector.zero(SPECIES);
    FloatVector a2 = FloatVector.zero(SPECIES);
    FloatVector b2 = FloatVector.zero(SPECIES);
    FloatVector a3 = FloatVector.zero(SPECIES);
    FloatVector b3 = FloatVector.zero(SPECIES);
    for (int p = 0, at = xo, from = yo; p < k; p++, at += xColumn, from += yRow) {
      FloatVector a = FloatVector.fromArray(SPECIES, y, from);
      FloatVector b = FloatVector.fromArray(SPECIES, y, from + y1);
      FloatVector s0 = FloatVector.broadcast(SPECIES, x[at]);
      a0 = s0.fma(a, a0);
      b0 = s0.fma(b, b0);
      FloatVector s1 = FloatVector.broadcast(SPECIES, x[at + x1]);
      a1 = s1.fma(a, a1);
      b1 = s1.fma(b, b1);
      FloatVector s2 = FloatVector.broadcast(SPECIES, x[at + x2]);
      a2 = s2.fma(a, a2);
      b2 = s2.fma(b, b2);
      FloatVector s3 = FloatVector.broadcast(SPECIES, x[at + x3]);
      a3 = s3.fma(a, a3);
      b3 = s3.fma(b, b3);
    }
    int o1 = oo + r1 * outRow;
    int o2 = oo + r2 * outRow;
    int o3 = oo + r3 * outRow;
    FloatVector sign = FloatVector.broadcast(SPECIES, (float) TileEnd.sign(mode));
    FloatVector zero = FloatVector.zero(SPECIES);
    VectorMask<Float> kept = VectorMask.fromLong(SPECIES, TileEnd.kept(mode));
    a0 = a0.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, oo), kept));
    b0 = b0.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, oo + y1), kept));
    a1 = a1.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, o1), kept));
    b1 = b1.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, o1 + y1), kept));
    a2 = a2.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, o2), kept));
    b2 = b2.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, o2 + y1), kept));
    a3 = a3.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, o3), kept));
    b3 = b3.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, o3 + y1), kept));
    a0.intoArray(out, oo);
    b0.intoArray(out, oo + y1);
    a1.intoArray(out, o1);
    b1.intoArray(out, o1 + y1);
    a2.intoArray(out, o2);
    b2.intoArray(out, o2 + y1);
    a3.intoArray(out, o3);
    b3.intoArray(out, o3 + y1);
  }

  /** 4 rows and 1 vector. */
  static void by1(
      int rows,
      int k,
      float[] x,
      int xo,
      int xRow,
      int xColumn,
      float[] y,
      int yo,
      int yRow,
      float[] out,
      int oo,
      int outRow,
      int mode) {
    int r1 = Math.min(1, rows - 1);
    int x1 = r1 * xRow;
    int r2 = Math.min(2, rows - 1);
    int x2 = r2 * xRow;
    int r3 = Math.min(3, rows - 1);
    int x3 = r3 * xRow;
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = FloatVector.zero(SPECIES);
    FloatVector a2 = FloatVector.zero(SPECIES);
    FloatVector a3 = FloatVector.zero(SPECIES);
    for (int p = 0, at = xo, from = yo; p < k; p++, at += xColumn, from += yRow) {
      FloatVector a = FloatVector.fromArray(SPECIES, y, from);
      a0 = FloatVector.broadcast(SPECIES, x[at]).fma(a, a0);
      a1 = FloatVector.broadcast(SPECIES, x[at + x1]).fma(a, a1);
      a2 = FloatVector.broadcast(SPECIES, x[at + x2]).fma(a, a2);
      a3 = FloatVector.broadcast(SPECIES, x[at + x3]).fma(a, a3);
    }
    int o1 = oo + r1 * outRow;
    int o2 = oo + r2 * outRow;
    int o3 = oo + r3 * outRow;
    FloatVector sign = FloatVector.broadcast(SPECIES, (float) TileEnd.sign(mode));
    FloatVector zero = FloatVector.zero(SPECIES);
    VectorMask<Float> kept = VectorMask.fromLong(SPECIES, TileEnd.kept(mode));
    a0 = a0.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, oo), kept));
    a1 = a1.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, o1), kept));
    a2 = a2.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, o2), kept));
    a3 = a3.fma(sign, zero.blend(FloatVector.fromArray(SPECIES, out, o3), kept));
    a0.intoArray(out, oo);
    a1.intoArray(out, o1);
    a2.intoArray(out, o2);
    a3.intoArray(out, o3);
  }
}
