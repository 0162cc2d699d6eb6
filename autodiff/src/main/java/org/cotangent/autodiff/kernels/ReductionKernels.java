package org.cotangent.autodiff.kernels;

/**
 * Sums. The order of additions depends on the sizes alone, never on the number of threads, so that
 * a result is the same whenever it is computed with the same provider.
 */
public interface ReductionKernels {
  /** Returns the sum of {@code x[from]} … {@code x[from + n - 1]}. */
  double sum(double[] x, int from, int n);

  /** Returns the inner product of two runs of n elements. */
  double dot(double[] x, int xo, double[] y, int yo, int n);

  /**
   * Sums {@code x}, seen as {@code [outer, count, inner]}, over its middle axis into {@code out},
   * {@code [outer, inner]}, which is overwritten.
   */
  void sumMiddle(double[] x, int outer, int count, int inner, double[] out);

  /** Adds {@code x[xo + i]} to {@code out[oo + i]} for i from 0 to n-1. */
  void accumulate(double[] x, int xo, double[] out, int oo, int n);

  /** Returns the sum of {@code x[from]} … {@code x[from + n - 1]}. */
  float sum(float[] x, int from, int n);

  /** Returns the inner product of two runs of n elements. */
  float dot(float[] x, int xo, float[] y, int yo, int n);

  /**
   * Sums {@code x}, seen as {@code [outer, count, inner]}, over its middle axis into {@code out},
   * {@code [outer, inner]}, which is overwritten.
   */
  void sumMiddle(float[] x, int outer, int count, int inner, float[] out);

  /** Adds {@code x[xo + i]} to {@code out[oo + i]} for i from 0 to n-1. */
  void accumulate(float[] x, int xo, float[] out, int oo, int n);
}
