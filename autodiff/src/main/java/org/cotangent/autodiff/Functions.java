package org.cotangent.autodiff;

/** Functions of one tensor of f64 or f32, element by element. */
public sealed interface Functions permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /** Returns |x|; the derivative at 0 is 0. */
  default Tensor absolute() {
    return Unary.ABSOLUTE.apply(self());
  }

  /** Returns the sign of x: -1, 0 or 1; the derivative is 0 everywhere. */
  default Tensor sign() {
    return Unary.SIGN.apply(self());
  }

  /** Returns x². */
  default Tensor square() {
    return Unary.SQUARE.apply(self());
  }

  /** Returns √x; the derivative at 0 is +∞. */
  default Tensor sqrt() {
    return Unary.SQRT.apply(self());
  }

  /** Returns 1/x. */
  default Tensor reciprocal() {
    return Unary.RECIPROCAL.apply(self());
  }

  /** Returns eˣ. */
  default Tensor exp() {
    return Unary.EXP.apply(self());
  }

  /** Returns eˣ - 1, accurate near 0. */
  default Tensor expm1() {
    return Unary.EXPM1.apply(self());
  }

  /** Returns the natural logarithm of x: -∞ with derivative +∞ at 0, NaN below. */
  default Tensor log() {
    return Unary.LOG.apply(self());
  }

  /** Returns log(1 + x), accurate near 0. */
  default Tensor log1p() {
    return Unary.LOG1P.apply(self());
  }

  /** Returns the logarithm of x to base 2. */
  default Tensor log2() {
    return Unary.LOG2.apply(self());
  }

  /** Returns the sine of x, in radians. */
  default Tensor sin() {
    return Unary.SIN.apply(self());
  }

  /** Returns the cosine of x, in radians. */
  default Tensor cos() {
    return Unary.COS.apply(self());
  }

  /** Returns the tangent of x, in radians. */
  default Tensor tan() {
    return Unary.TAN.apply(self());
  }

  /** Returns the arc sine of x, NaN outside [-1, 1]; the derivative at ±1 is +∞. */
  default Tensor asin() {
    return Unary.ASIN.apply(self());
  }

  /** Returns the arc cosine of x, NaN outside [-1, 1]; the derivative at ±1 is -∞. */
  default Tensor acos() {
    return Unary.ACOS.apply(self());
  }

  /** Returns the arc tangent of x. */
  default Tensor atan() {
    return Unary.ATAN.apply(self());
  }

  /** Returns the hyperbolic sine of x. */
  default Tensor sinh() {
    return Unary.SINH.apply(self());
  }

  /** Returns the hyperbolic cosine of x. */
  default Tensor cosh() {
    return Unary.COSH.apply(self());
  }

  /** Returns the hyperbolic tangent of x. */
  default Tensor tanh() {
    return Unary.TANH.apply(self());
  }

  /** Returns the inverse hyperbolic sine of x, accurate near 0. */
  default Tensor asinh() {
    return Unary.ASINH.apply(self());
  }

  /** Returns the inverse hyperbolic cosine of x, NaN below 1; the derivative at 1 is +∞. */
  default Tensor acosh() {
    return Unary.ACOSH.apply(self());
  }

  /** Returns the inverse hyperbolic tangent of x, accurate near 0: ±∞ at ±1, NaN beyond. */
  default Tensor atanh() {
    return Unary.ATANH.apply(self());
  }

  /** Returns 1/(1 + e⁻ˣ), without overflow. */
  default Tensor sigmoid() {
    return Unary.SIGMOID.apply(self());
  }

  /** Returns log(1 + eˣ), without overflow. */
  default Tensor softplus() {
    return Unary.SOFTPLUS.apply(self());
  }

  /** Returns log(1 + exp(β·x))/β, without overflow; there is no threshold above which it is x. */
  default Tensor softplus(double beta) {
    return beta == 1 ? softplus() : self().multiply(beta).softplus().divide(beta);
  }

  /** Returns the logarithm of {@link #sigmoid}, without overflow. */
  default Tensor logSigmoid() {
    return Unary.LOG_SIGMOID.apply(self());
  }

  /** Returns the larger of x and 0; the derivative at 0 is 0. */
  default Tensor relu() {
    return Unary.RELU.apply(self());
  }

  /** Returns x for x &gt; 0, slope·x otherwise; the derivative at 0 is {@code slope}. */
  default Tensor leakyRelu(double slope) {
    return self().greaterThan(0).where(self(), self().multiply(slope));
  }

  /** Returns x for x &gt; 0, α·(eˣ - 1) otherwise; the derivative at 0 is {@code alpha}. */
  default Tensor elu(double alpha) {
    // the branch that is not taken is computed at 0, where it cannot overflow
    Tensor positive = self().greaterThan(0);
    Tensor negative = positive.where(Tensor.zeros(self().dtype(), Shape.SCALAR), self());
    return positive.where(self(), negative.expm1().multiply(alpha));
  }

  /** Returns x·Φ(x) = x·erfc(-x/√2)/2, with Φ the normal distribution function. */
  default Tensor gelu() {
    return self().multiply(self().multiply(-Math.sqrt(0.5)).erfc()).multiply(0.5);
  }

  /**
   * Returns the approximation of {@link #gelu} by x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))/2
   * (Hendrycks and Gimpel, arXiv:1606.08415).
   */
  default Tensor geluTanh() {
    // (1 + tanh z)/2 is the sigmoid of 2z, which does not cancel where z is negative
    Tensor x = self();
    Tensor inner =
        x.multiply(x.square().multiply(0.044715).add(1)).multiply(2 * Math.sqrt(2 / Math.PI));
    return x.multiply(inner.sigmoid());
  }

  /** Returns x/(1 + e⁻ˣ). */
  default Tensor silu() {
    return Unary.SILU.apply(self());
  }

  /** Returns the error function of x. */
  default Tensor erf() {
    return Unary.ERF.apply(self());
  }

  /** Returns 1 - erf(x), accurate in the tail. */
  default Tensor erfc() {
    return Unary.ERFC.apply(self());
  }

  /** Returns log |Γ(x)|, +∞ at the poles 0, -1, -2, …; the derivative is {@link #digamma}. */
  default Tensor logGamma() {
    return Unary.LOG_GAMMA.apply(self());
  }

  /** Returns ψ(x), the derivative of log Γ(x); NaN at the poles 0, -1, -2, … */
  default Tensor digamma() {
    return polygamma(0);
  }

  /**
   * Returns ψ⁽ⁿ⁾(x), the derivative of order n of {@link #digamma}.
   *
   * @throws IllegalArgumentException if {@code n} is negative
   */
  default Tensor polygamma(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("polygamma needs an order of at least 0, got " + n);
    }
    return new UnaryWithConstant.Polygamma(n).apply(self());
  }

  /** Returns the same numbers in another element type, rounded as Java's casts do. */
  default Tensor cast(DType dtype) {
    return self().dtype() == dtype ? self() : new UnaryWithConstant.Cast(dtype).apply(self());
  }

  /** Returns zeros of the same type and shape. */
  default Tensor zerosLike() {
    return Tensor.zeros(self().dtype(), self().shape());
  }

  /** Returns ones of the same type and shape. */
  default Tensor onesLike() {
    return Tensor.full(self().dtype(), 1, self().shape());
  }
}
