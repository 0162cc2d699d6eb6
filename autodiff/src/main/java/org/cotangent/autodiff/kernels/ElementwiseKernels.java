package org.cotangent.autodiff.kernels;

/**
 * Loops that treat each element for itself. Arrays {@code x} and {@code out} have the same length;
 * of functions of one array they are not the same array.
 */
public interface ElementwiseKernels {
  /** Sets {@code out[i]} to the negative of {@code x[i]}. */
  void negate(double[] x, double[] out);

  /** Sets {@code out[i]} to the negative of {@code x[i]}. */
  void negate(float[] x, float[] out);

  /** Sets {@code out[i]} to the absolute value of {@code x[i]}. */
  void absolute(double[] x, double[] out);

  /** Sets {@code out[i]} to the absolute value of {@code x[i]}. */
  void absolute(float[] x, float[] out);

  /** Sets {@code out[i]} to the square of {@code x[i]}. */
  void square(double[] x, double[] out);

  /** Sets {@code out[i]} to the square of {@code x[i]}. */
  void square(float[] x, float[] out);

  /** Sets {@code out[i]} to the square root of {@code x[i]}. */
  void sqrt(double[] x, double[] out);

  /** Sets {@code out[i]} to the square root of {@code x[i]}. */
  void sqrt(float[] x, float[] out);

  /** Sets {@code out[i]} to the reciprocal of {@code x[i]}. */
  void reciprocal(double[] x, double[] out);

  /** Sets {@code out[i]} to the reciprocal of {@code x[i]}. */
  void reciprocal(float[] x, float[] out);

  /** Sets {@code out[i]} to eˣ at {@code x[i]}. */
  void exp(double[] x, double[] out);

  /** Sets {@code out[i]} to eˣ at {@code x[i]}. */
  void exp(float[] x, float[] out);

  /** Sets {@code out[i]} to the natural logarithm of {@code x[i]}. */
  void log(double[] x, double[] out);

  /** Sets {@code out[i]} to the natural logarithm of {@code x[i]}. */
  void log(float[] x, float[] out);

  /** Sets {@code out[i]} to the hyperbolic tangent of {@code x[i]}. */
  void tanh(double[] x, double[] out);

  /** Sets {@code out[i]} to the hyperbolic tangent of {@code x[i]}. */
  void tanh(float[] x, float[] out);

  /** Sets {@code out[i]} to 1/(1 + e⁻ˣ) at {@code x[i]}. */
  void sigmoid(double[] x, double[] out);

  /** Sets {@code out[i]} to 1/(1 + e⁻ˣ) at {@code x[i]}. */
  void sigmoid(float[] x, float[] out);

  /** Sets {@code out[i]} to x/(1 + e⁻ˣ) at {@code x[i]}. */
  void silu(double[] x, double[] out);

  /** Sets {@code out[i]} to x/(1 + e⁻ˣ) at {@code x[i]}. */
  void silu(float[] x, float[] out);

  /** Sets {@code out[i]} to log(1 + eˣ) at {@code x[i]}. */
  void softplus(double[] x, double[] out);

  /** Sets {@code out[i]} to log(1 + eˣ) at {@code x[i]}. */
  void softplus(float[] x, float[] out);

  /** Sets {@code out[i]} to the sine of {@code x[i]}. */
  void sin(double[] x, double[] out);

  /** Sets {@code out[i]} to the sine of {@code x[i]}. */
  void sin(float[] x, float[] out);

  /** Sets {@code out[i]} to the cosine of {@code x[i]}. */
  void cos(double[] x, double[] out);

  /** Sets {@code out[i]} to the cosine of {@code x[i]}. */
  void cos(float[] x, float[] out);

  /** Sets {@code out[i]} to the error function of {@code x[i]}. */
  void erf(double[] x, double[] out);

  /** Sets {@code out[i]} to the error function of {@code x[i]}. */
  void erf(float[] x, float[] out);

  /** Sets {@code out[i]} to the sign of {@code x[i]}: -1, 0 or 1, NaN for NaN. */
  void sign(double[] x, double[] out);

  /** Sets {@code out[i]} to the sign of {@code x[i]}: -1, 0 or 1, NaN for NaN. */
  void sign(float[] x, float[] out);

  /** Sets {@code out[i]} to the larger of {@code x[i]} and 0, NaN for NaN. */
  void relu(double[] x, double[] out);

  /** Sets {@code out[i]} to the larger of {@code x[i]} and 0, NaN for NaN. */
  void relu(float[] x, float[] out);

  /** Sets {@code out[i]} to {@code scale * x[i] + shift}. */
  void affine(double[] x, double scale, double shift, double[] out);

  /** Sets {@code out[i]} to {@code scale * x[i] + shift}. */
  void affine(float[] x, float scale, float shift, float[] out);

  /**
   * Sets {@code out[oo + i]} to the sum of {@code x[xo + i * xs]} and {@code y[yo + i * ys]} for i
   * from 0 to n-1. The steps are 1, or 0 for an operand that stays the same; not both are 0 unless
   * n is 1.
   */
  void add(double[] x, int xo, int xs, double[] y, int yo, int ys, double[] out, int oo, int n);

  /**
   * Sets {@code out[oo + i]} to the sum of {@code x[xo + i * xs]} and {@code y[yo + i * ys]} for i
   * from 0 to n-1. The steps are 1, or 0 for an operand that stays the same; not both are 0 unless
   * n is 1.
   */
  void add(float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n);

  /**
   * Sets {@code out[oo + i]} to the difference of {@code x[xo + i * xs]} and {@code y[yo + i * ys]}
   * for i from 0 to n-1. The steps are 1, or 0 for an operand that stays the same; not both are 0
   * unless n is 1.
   */
  void subtract(
      double[] x, int xo, int xs, double[] y, int yo, int ys, double[] out, int oo, int n);

  /**
   * Sets {@code out[oo + i]} to the difference of {@code x[xo + i * xs]} and {@code y[yo + i * ys]}
   * for i from 0 to n-1. The steps are 1, or 0 for an operand that stays the same; not both are 0
   * unless n is 1.
   */
  void subtract(float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n);

  /**
   * Sets {@code out[oo + i]} to the product of {@code x[xo + i * xs]} and {@code y[yo + i * ys]}
   * for i from 0 to n-1. The steps are 1, or 0 for an operand that stays the same; not both are 0
   * unless n is 1.
   */
  void multiply(
      double[] x, int xo, int xs, double[] y, int yo, int ys, double[] out, int oo, int n);

  /**
   * Sets row r of block b of {@code out}, {@code [blocks, rows, n]}, to the product of the n
   * elements of x from {@code b * xBlock + r * xRow} on with those of y from {@code b * yBlock + r
   * * yRow} on.
   */
  void multiplyRows(
      double[] x,
      int xBlock,
      int xRow,
      double[] y,
      int yBlock,
      int yRow,
      double[] out,
      int blocks,
      int rows,
      int n);

  /**
   * Sets {@code out[oo + i]} to the product of {@code x[xo + i * xs]} and {@code y[yo + i * ys]}
   * for i from 0 to n-1. The steps are 1, or 0 for an operand that stays the same; not both are 0
   * unless n is 1.
   */
  void multiply(float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n);

  /**
   * Sets row r of block b of {@code out}, {@code [blocks, rows, n]}, to the product of the n
   * elements of x from {@code b * xBlock + r * xRow} on with those of y from {@code b * yBlock + r
   * * yRow} on.
   */
  void multiplyRows(
      float[] x,
      int xBlock,
      int xRow,
      float[] y,
      int yBlock,
      int yRow,
      float[] out,
      int blocks,
      int rows,
      int n);

  /**
   * Sets {@code out[oo + i]} to the quotient of {@code x[xo + i * xs]} and {@code y[yo + i * ys]}
   * for i from 0 to n-1. The steps are 1, or 0 for an operand that stays the same; not both are 0
   * unless n is 1.
   */
  void divide(double[] x, int xo, int xs, double[] y, int yo, int ys, double[] out, int oo, int n);

  /**
   * Sets {@code out[oo + i]} to the quotient of {@code x[xo + i * xs]} and {@code y[yo + i * ys]}
   * for i from 0 to n-1. The steps are 1, or 0 for an operand that stays the same; not both are 0
   * unless n is 1.
   */
  void divide(float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n);

  /**
   * Sets {@code out[oo + i]} to the larger of {@code x[xo + i * xs]} and {@code y[yo + i * ys]} for
   * i from 0 to n-1, NaN if either is. The steps are 1, or 0 for an operand that stays the same;
   * not both are 0 unless n is 1.
   */
  void maximum(double[] x, int xo, int xs, double[] y, int yo, int ys, double[] out, int oo, int n);

  /**
   * Sets {@code out[oo + i]} to the larger of {@code x[xo + i * xs]} and {@code y[yo + i * ys]} for
   * i from 0 to n-1, NaN if either is. The steps are 1, or 0 for an operand that stays the same;
   * not both are 0 unless n is 1.
   */
  void maximum(float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n);

  /**
   * Sets {@code out[oo + i]} to the smaller of {@code x[xo + i * xs]} and {@code y[yo + i * ys]}
   * for i from 0 to n-1, NaN if either is. The steps are 1, or 0 for an operand that stays the
   * same; not both are 0 unless n is 1.
   */
  void minimum(double[] x, int xo, int xs, double[] y, int yo, int ys, double[] out, int oo, int n);

  /**
   * Sets {@code out[oo + i]} to the smaller of {@code x[xo + i * xs]} and {@code y[yo + i * ys]}
   * for i from 0 to n-1, NaN if either is. The steps are 1, or 0 for an operand that stays the
   * same; not both are 0 unless n is 1.
   */
  void minimum(float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n);
}
