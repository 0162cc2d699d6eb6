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

  /** Returns the natural logarithm of x. */
  default Tensor log() {
    return Unary.LOG.apply(self());
  }

  /** Returns log(1 + x), accurate near 0. */
  default Tensor log1p() {
    return Unary.LOG1P.apply(self());
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

  /** Returns the arc sine of x. */
  default Tensor asin() {
    return Unary.ASIN.apply(self());
  }

  /** Returns the arc cosine of x. */
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

  /** Returns 1/(1 + e⁻ˣ), without overflow. */
  default Tensor sigmoid() {
    return Unary.SIGMOID.apply(self());
  }

  /** Returns log(1 + eˣ), without overflow. */
  default Tensor softplus() {
    return Unary.SOFTPLUS.apply(self());
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
