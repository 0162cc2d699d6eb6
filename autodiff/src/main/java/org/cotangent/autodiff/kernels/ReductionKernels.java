package org.cotangent.autodiff.kernels;

/**
 * Sums and extrema. The order of additions depends on the sizes alone, never on the number of
 * threads, so that a result is the same whenever it is computed with the same provider.
 */
public interface ReductionKernels {
  /** Returns the sum of {@code x[from]} … {@code x[from + n - 1]}. */
  double sum(double[] x, int from, int n);

  /** Returns the inner product of two runs of n elements. */
  double dot(double[] x, int xo, double[] y, int yo, int n);

  /** Returns the sum of the squares of all elements, added up in double precision. */
  double sumOfSquares(double[] x);

  /**
   * Sums {@code x}, seen as {@code [outer, count, inner]}, over its middle axis into {@code out},
   * {@code [outer, inner]}, which is overwritten.
   */
  void sumMiddle(double[] x, int outer, int count, int inner, double[] out);

  /**
   * Sums the products of {@code x} and {@code y}, both seen as {@code [outer, count, inner]}, over
   * their middle axis into {@code out}, {@code [outer, inner]}, which is overwritten; in the order
   * of {@link #sumMiddle(double[], int, int, int, double[])}.
   */
  void sumProducts(double[] x, double[] y, int outer, int count, int inner, double[] out);

  /**
   * Sets {@code out}, {@code [outer, inner]}, to the largest numbers of {@code x}, seen as {@code
   * [outer, count, inner]}, over its middle axis, count &gt; 0; NaN if one of them is.
   */
  void maxMiddle(double[] x, int outer, int count, int inner, double[] out);

  /** As {@link #maxMiddle(double[], int, int, int, double[])}, with the smallest numbers. */
  void minMiddle(double[] x, int outer, int count, int inner, double[] out);

  /** Returns the largest of n &gt; 0 numbers from {@code x[from]} on, NaN if one of them is. */
  double max(double[] x, int from, int n);

  /** Returns the smallest of n &gt; 0 numbers from {@code x[from]} on, NaN if one of them is. */
  double min(double[] x, int from, int n);

  /**
   * Sets {@code out[to + i]} to exp(x[from + i])/Σ exp, for i from 0 to n-1, n &gt; 0. The largest
   * x, if finite, is subtracted first.
   */
  void softmax(double[] x, int from, double[] out, int to, int n);

  /** Adds {@code x[xo + i]} to {@code out[oo + i]} for i from 0 to n-1. */
  void accumulate(double[] x, int xo, double[] out, int oo, int n);

  /** Returns the sum of {@code x[from]} … {@code x[from + n - 1]}. */
  float sum(float[] x, int from, int n);

  /** Returns the inner product of two runs of n elements. */
  float dot(float[] x, int xo, float[] y, int yo, int n);

  /** Returns the sum of the squares of all elements, added up in double precision. */
  double sumOfSquares(float[] x);

  /**
   * Sums {@code x}, seen as {@code [outer, count, inner]}, over its middle axis into {@code out},
   * {@code [outer, inner]}, which is overwritten.
   */
  void sumMiddle(float[] x, int outer, int count, int inner, float[] out);

  /**
   * Sums the products of {@code x} and {@code y}, both seen as {@code [outer, count, inner]}, over
   * their middle axis into {@code out}, {@code [outer, inner]}, which is overwritten; in the order
   * of {@link #sumMiddle(float[], int, int, int, float[])}.
   */
  void sumProducts(float[] x, float[] y, int outer, int count, int inner, float[] out);

  /**
   * Sets {@code out}, {@code [outer, inner]}, to the largest numbers of {@code x}, seen as {@code
   * [outer, count, inner]}, over its middle axis, count &gt; 0; NaN if one of them is.
   */
  void maxMiddle(float[] x, int outer, int count, int inner, float[] out);

  /** As {@link #maxMiddle(float[], int, int, int, float[])}, with the smallest numbers. */
  void minMiddle(float[] x, int outer, int count, int inner, float[] out);

  /** Returns the largest of n &gt; 0 numbers from {@code x[from]} on, NaN if one of them is. */
  float max(float[] x, int from, int n);

  /** Returns the smallest of n &gt; 0 numbers from {@code x[from]} on, NaN if one of them is. */
  float min(float[] x, int from, int n);

  /**
   * Sets {@code out[to + i]} to exp(x[from + i])/Σ exp, for i from 0 to n-1, n &gt; 0. The largest
   * x, if finite, is subtracted first.
   */
  void softmax(float[] x, int from, float[] out, int to, int n);

  /** Adds {@code x[xo + i]} to {@code out[oo + i]} for i from 0 to n-1. */
  void accumulate(float[] x, int xo, float[] out, int oo, int n);
}
