package org.cotangent.autodiff.kernels;

/** Matrix products. */
public interface ProductKernels {
  /**
   * Sets {@code out}, {@code [m, n]} from {@code oo} on, to op(x)·op(y), where op(x) is {@code [m,
   * k]} and op(y) is {@code [k, n]}. A transposed operand is stored as {@code [k, m]} or {@code [n,
   * k]} and is read where it lies. Everything is row-major and contiguous.
   */
  void gemm(
      boolean transposeX,
      boolean transposeY,
      int m,
      int n,
      int k,
      double[] x,
      int xo,
      double[] y,
      int yo,
      double[] out,
      int oo);

  /**
   * Sets {@code out}, {@code [m, n]} from {@code oo} on, to op(x)·op(y), where op(x) is {@code [m,
   * k]} and op(y) is {@code [k, n]}. A transposed operand is stored as {@code [k, m]} or {@code [n,
   * k]} and is read where it lies. Everything is row-major and contiguous.
   */
  void gemm(
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
      int oo);
}
