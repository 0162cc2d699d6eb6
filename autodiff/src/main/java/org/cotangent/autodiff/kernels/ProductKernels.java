package org.cotangent.autodiff.kernels;

/** Matrix products, transposed matrices, and rotations of rows. */
public interface ProductKernels {
  /** The product replaces what is in the result. */
  int SET = 0;

  /** The product is added to what is in the result. */
  int ADD = 1;

  /** The product is subtracted from what is in the result. */
  int SUBTRACT = 2;

  /**
   * Sets {@code out}, {@code [m, n]}, to x·y, or adds the product to it or subtracts it. Element
   * (i, p) of x, {@code [m, k]}, is at {@code xo + i·xRow + p·xColumn}, and so on: a transposed
   * matrix is one with its strides exchanged. Rows of {@code out} are contiguous. x and y must not
   * overlap {@code out}.
   *
   * @param mode {@link #SET}, {@link #ADD} or {@link #SUBTRACT}
   */
  void gemm(
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
      int mode);

  /**
   * Sets {@code out}, {@code [m, n]}, to x·y, or adds the product to it or subtracts it. Element
   * (i, p) of x, {@code [m, k]}, is at {@code xo + i·xRow + p·xColumn}, and so on: a transposed
   * matrix is one with its strides exchanged. Rows of {@code out} are contiguous. x and y must not
   * overlap {@code out}.
   *
   * @param mode {@link #SET}, {@link #ADD} or {@link #SUBTRACT}
   */
  void gemm(
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
      int mode);

  /**
   * Sets {@code out}, {@code [n, m]}, to the transposed of x, {@code [m, n]} from {@code xo} on.
   */
  void transpose(int m, int n, double[] x, int xo, double[] out);

  /**
   * Sets {@code out}, {@code [n, m]}, to the transposed of x, {@code [m, n]} from {@code xo} on.
   */
  void transpose(int m, int n, float[] x, int xo, float[] out);

  /**
   * Rotates pairs of neighbouring rows of an {@code […, n]} matrix, for i from {@code last} - 1
   * down to {@code first}: rows i and i + 1 become cᵢ·row(i) - sᵢ·row(i + 1) and sᵢ·row(i) +
   * cᵢ·row(i + 1).
   */
  void rotateRows(int first, int last, int n, double[] rows, double[] cosines, double[] sines);
}
