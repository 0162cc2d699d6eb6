package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Kernels with the Vector API where it gains: sums, whose order the compiler may not change by
 * itself, functions built on the exponential, and matrix products. The rest is inherited, because
 * the compiler vectorises it just as well. Loads and stores are always whole vectors; the last few
 * elements go through the scalar formulas.
 */
final class VectorKernels extends VectorContractions {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  /** Rows shorter than this are left to plain Java, which needs no time to be compiled well. */
  private static final int SHORT_ROW = 64;

  /** Returns the kernels, or null where vectors are too short to gain anything. */
  static @Nullable VectorKernels create() {
    return D.vectorBitSize() >= 128 ? new VectorKernels() : null;
  }

  @Override
  public void add(
      double[] x, int xo, int xs, double[] y, int yo, int ys, double[] out, int oo, int n) {
    if (VectorArithmetic.fills64(n)) {
      VectorArithmetic.add(x, xo, xs, y, yo, ys, out, oo, n);
    } else {
      super.add(x, xo, xs, y, yo, ys, out, oo, n);
    }
  }

  @Override
  public void subtract(
      double[] x, int xo, int xs, double[] y, int yo, int ys, double[] out, int oo, int n) {
    if (VectorArithmetic.fills64(n)) {
      VectorArithmetic.subtract(x, xo, xs, y, yo, ys, out, oo, n);
    } else {
      super.subtract(x, xo, xs, y, yo, ys, out, oo, n);
    }
  }

  @Override
  public void multiply(
      double[] x, int xo, int xs, double[] y, int yo, int ys, double[] out, int oo, int n) {
    if (VectorArithmetic.fills64(n)) {
      VectorArithmetic.multiply(x, xo, xs, y, yo, ys, out, oo, n);
    } else {
      super.multiply(x, xo, xs, y, yo, ys, out, oo, n);
    }
  }

  @Override
  public void add(
      float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n) {
    if (VectorArithmetic.fills32(n)) {
      VectorArithmetic.add(x, xo, xs, y, yo, ys, out, oo, n);
    } else {
      super.add(x, xo, xs, y, yo, ys, out, oo, n);
    }
  }

  @Override
  public void subtract(
      float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n) {
    if (VectorArithmetic.fills32(n)) {
      VectorArithmetic.subtract(x, xo, xs, y, yo, ys, out, oo, n);
    } else {
      super.subtract(x, xo, xs, y, yo, ys, out, oo, n);
    }
  }

  @Override
  public void multiply(
      float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n) {
    if (VectorArithmetic.fills32(n)) {
      VectorArithmetic.multiply(x, xo, xs, y, yo, ys, out, oo, n);
    } else {
      super.multiply(x, xo, xs, y, yo, ys, out, oo, n);
    }
  }

  @Override
  public void multiplyRows(
      double[] x,
      int xBlock,
      int xRow,
      double[] y,
      int yBlock,
      int yRow,
      double[] out,
      int blocks,
      int rows,
      int n) {
    if (VectorArithmetic.fills64(n)) {
      VectorArithmetic.multiplyRows(x, xBlock, xRow, y, yBlock, yRow, out, blocks, rows, n);
    } else {
      super.multiplyRows(x, xBlock, xRow, y, yBlock, yRow, out, blocks, rows, n);
    }
  }

  @Override
  public void multiplyRows(
      float[] x,
      int xBlock,
      int xRow,
      float[] y,
      int yBlock,
      int yRow,
      float[] out,
      int blocks,
      int rows,
      int n) {
    if (VectorArithmetic.fills32(n)) {
      VectorArithmetic.multiplyRows(x, xBlock, xRow, y, yBlock, yRow, out, blocks, rows, n);
    } else {
      super.multiplyRows(x, xBlock, xRow, y, yBlock, yRow, out, blocks, rows, n);
    }
  }

  @Override
  public double sum(double[] x, int from, int n) {
    int whole = VectorSums.whole64(n);
    return whole == 0
        ? super.sum(x, from, n)
        : VectorSums.sum(x, from, whole) + super.sum(x, from + whole, n - whole);
  }

  @Override
  public double max(double[] x, int from, int n) {
    return VectorExtremum.max(x, from, n);
  }

  @Override
  public double min(double[] x, int from, int n) {
    return VectorExtremum.min(x, from, n);
  }

  @Override
  public void accumulate(double[] x, int xo, double[] out, int oo, int n) {
    if (n < SHORT_ROW) {
      super.accumulate(x, xo, out, oo, n);
    } else {
      VectorRows.accumulate(x, xo, out, oo, n);
    }
  }

  @Override
  public void sumMiddle(double[] x, int outer, int count, int inner, double[] out) {
    if (inner < D.length()) {
      super.sumMiddle(x, outer, count, inner, out);
    } else {
      VectorRows.sum(x, outer, count, inner, out);
    }
  }

  @Override
  public void sumProducts(double[] x, double[] y, int outer, int count, int inner, double[] out) {
    if (inner < D.length()) {
      super.sumProducts(x, y, outer, count, inner, out);
    } else {
      VectorRows.sumProducts(x, y, outer, count, inner, out);
    }
  }

  @Override
  public void sumProducts(float[] x, float[] y, int outer, int count, int inner, float[] out) {
    if (inner < F.length()) {
      super.sumProducts(x, y, outer, count, inner, out);
    } else {
      VectorRows.sumProducts(x, y, outer, count, inner, out);
    }
  }

  @Override
  public void maxMiddle(double[] x, int outer, int count, int inner, double[] out) {
    if (inner < SHORT_ROW) {
      super.maxMiddle(x, outer, count, inner, out);
      return;
    }
    for (int o = 0; o < outer; o++) {
      System.arraycopy(x, o * count * inner, out, o * inner, inner);
      for (int c = 1; c < count; c++) {
        VectorRows.max(x, (o * count + c) * inner, out, o * inner, inner);
      }
    }
  }

  @Override
  public void minMiddle(double[] x, int outer, int count, int inner, double[] out) {
    if (inner < SHORT_ROW) {
      super.minMiddle(x, outer, count, inner, out);
      return;
    }
    for (int o = 0; o < outer; o++) {
      System.arraycopy(x, o * count * inner, out, o * inner, inner);
      for (int c = 1; c < count; c++) {
        VectorRows.min(x, (o * count + c) * inner, out, o * inner, inner);
      }
    }
  }

  @Override
  public void softmax(double[] x, int from, double[] out, int to, int n) {
    if (n < D.length()) {
      super.softmax(x, from, out, to, n);
    } else {
      VectorSoftmax.exponentials(x, from, out, to, n);
      VectorSoftmax.scale(out, to, n, 1 / sum(out, to, n));
    }
  }

  @Override
  public double dot(double[] x, int xo, double[] y, int yo, int n) {
    int whole = VectorSums.whole64(n);
    return whole == 0
        ? super.dot(x, xo, y, yo, n)
        : VectorSums.dot(x, xo, y, yo, whole) + super.dot(x, xo + whole, y, yo + whole, n - whole);
  }

  @Override
  public double sumOfSquares(double[] x) {
    return x.length < 4 * D.length() ? super.sumOfSquares(x) : VectorSums.ofSquares(x);
  }

  @Override
  public double sumOfSquares(float[] x) {
    return x.length < 4 * D.length() ? super.sumOfSquares(x) : VectorSums.ofSquares(x);
  }

  @Override
  public void gemm(
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
    VectorGemm64.gemm(m, n, k, x, xo, xRow, xColumn, y, yo, yRow, yColumn, out, oo, outRow, mode);
  }

  @Override
  public float sum(float[] x, int from, int n) {
    int whole = VectorSums.whole32(n);
    return whole == 0
        ? super.sum(x, from, n)
        : VectorSums.sum(x, from, whole) + super.sum(x, from + whole, n - whole);
  }

  @Override
  public float max(float[] x, int from, int n) {
    return VectorExtremum.max(x, from, n);
  }

  @Override
  public float min(float[] x, int from, int n) {
    return VectorExtremum.min(x, from, n);
  }

  @Override
  public void accumulate(float[] x, int xo, float[] out, int oo, int n) {
    if (n < SHORT_ROW) {
      super.accumulate(x, xo, out, oo, n);
    } else {
      VectorRows.accumulate(x, xo, out, oo, n);
    }
  }

  @Override
  public void sumMiddle(float[] x, int outer, int count, int inner, float[] out) {
    if (inner < F.length()) {
      super.sumMiddle(x, outer, count, inner, out);
    } else {
      VectorRows.sum(x, outer, count, inner, out);
    }
  }

  @Override
  public void maxMiddle(float[] x, int outer, int count, int inner, float[] out) {
    if (inner < SHORT_ROW) {
      super.maxMiddle(x, outer, count, inner, out);
      return;
    }
    for (int o = 0; o < outer; o++) {
      System.arraycopy(x, o * count * inner, out, o * inner, inner);
      for (int c = 1; c < count; c++) {
        VectorRows.max(x, (o * count + c) * inner, out, o * inner, inner);
      }
    }
  }

  @Override
  public void minMiddle(float[] x, int outer, int count, int inner, float[] out) {
    if (inner < SHORT_ROW) {
      super.minMiddle(x, outer, count, inner, out);
      return;
    }
    for (int o = 0; o < outer; o++) {
      System.arraycopy(x, o * count * inner, out, o * inner, inner);
      for (int c = 1; c < count; c++) {
        VectorRows.min(x, (o * count + c) * inner, out, o * inner, inner);
      }
    }
  }

  @Override
  public void softmax(float[] x, int from, float[] out, int to, int n) {
    if (n < F.length()) {
      super.softmax(x, from, out, to, n);
    } else {
      VectorSoftmax.exponentials(x, from, out, to, n);
      VectorSoftmax.scale(out, to, n, 1 / sum(out, to, n));
    }
  }

  @Override
  public float dot(float[] x, int xo, float[] y, int yo, int n) {
    int whole = VectorSums.whole32(n);
    return whole == 0
        ? super.dot(x, xo, y, yo, n)
        : VectorSums.dot(x, xo, y, yo, whole) + super.dot(x, xo + whole, y, yo + whole, n - whole);
  }

  @Override
  public void gemm(
      int m,
      int n,
      int k,
      float[] x,
      int xo,
      int xRow,
      int xColumn,
      float[] y,
      int yo,
      int yRow,
      int yColumn,
      float[] out,
      int oo,
      int outRow,
      int mode) {
    VectorGemm32.gemm(m, n, k, x, xo, xRow, xColumn, y, yo, yRow, yColumn, out, oo, outRow, mode);
  }

  @Override
  public void transpose(int m, int n, double[] x, int xo, double[] out) {
    VectorTransposition.transpose(m, n, x, xo, n, out, 0, m);
  }

  @Override
  public void transpose(int m, int n, float[] x, int xo, float[] out) {
    VectorTransposition.transpose(m, n, x, xo, n, out, 0, m);
  }

  @Override
  public void rotateRows(
      int first, int last, int n, double[] rows, double[] cosines, double[] sines) {
    VectorRotations.rotateRows(first, last, n, rows, cosines, sines);
  }

  @Override
  public String description() {
    return "Vector API, " + D.vectorBitSize() + " bits";
  }
}
