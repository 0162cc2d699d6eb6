package org.cotangent.autodiff;

/**
 * Arithmetic of tensors, element by element. Two tensors must have one element type; their shapes
 * broadcast by NumPy's rule: aligned at the last axis, an axis of length 1 stretches to the
 * other's.
 */
public sealed interface Arithmetic permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /** Returns x + y. */
  default Tensor add(Tensor y) {
    return Binary.ADD.apply(self(), y);
  }

  /** Returns x + y. */
  default Tensor add(double y) {
    return new UnaryWithConstant.Affine(1, y).apply(self());
  }

  /** Returns x - y. */
  default Tensor subtract(Tensor y) {
    return Binary.SUBTRACT.apply(self(), y);
  }

  /** Returns x - y. */
  default Tensor subtract(double y) {
    return new UnaryWithConstant.Affine(1, -y).apply(self());
  }

  /** Returns y - x: the subtraction the other way round. */
  default Tensor rsubtract(double y) {
    return new UnaryWithConstant.Affine(-1, y).apply(self());
  }

  /** Returns x·y. */
  default Tensor multiply(Tensor y) {
    return Binary.MULTIPLY.apply(self(), y);
  }

  /** Returns x·y. */
  default Tensor multiply(double y) {
    return UnaryWithConstant.Affine.scale(y).apply(self());
  }

  /** Returns x/y, by the rules of IEEE 754 where y is 0. */
  default Tensor divide(Tensor y) {
    return Binary.DIVIDE.apply(self(), y);
  }

  /** Returns x/y, rounded once, as the division by a tensor is. */
  default Tensor divide(double y) {
    // 1/y is exact for powers of two alone: 49·(1/49) is not 1
    boolean isPowerOfTwo = Math.scalb(1.0, Math.getExponent(y)) == Math.abs(y);
    return isPowerOfTwo ? multiply(1 / y) : divide(constant(y));
  }

  /** Returns y/x: the division the other way round. */
  default Tensor rdivide(double y) {
    return y == 1 ? self().reciprocal() : constant(y).divide(self());
  }

  private Tensor constant(double y) {
    return Tensor.full(self().dtype(), y, Shape.SCALAR);
  }

  /** Returns -x. */
  default Tensor negate() {
    return Unary.NEGATE.apply(self());
  }

  /**
   * Returns xʸ. The derivative by y is xʸ·log x, and 0 where x is 0 and y is not negative; that by
   * x is y·xʸ⁻¹, and 0 where y is 0.
   */
  default Tensor pow(Tensor y) {
    return Binary.POW.apply(self(), y);
  }

  /** Returns x to a constant power. The derivative is 0 everywhere for y = 0 and 1 for y = 1. */
  default Tensor pow(double y) {
    if (y == 2) {
      return self().square();
    }
    return y == 1 ? self() : new UnaryWithConstant.Power(y).apply(self());
  }

  /**
   * Returns the angle of the points (x, y) where this tensor is y: the arc tangent of y/x in its
   * quadrant. At the origin, where it has no derivative, every derivative is 0.
   */
  default Tensor atan2(Tensor x) {
    return Binary.ATAN2.apply(self(), x);
  }

  /**
   * Returns √(x² + y²) without overflow; where both are 0, where it has no derivative, every
   * derivative is 0.
   */
  default Tensor hypot(Tensor y) {
    return Binary.HYPOT.apply(self(), y);
  }

  /** Returns the larger of x and y, NaN if either is; a tie gives half of the gradient to each. */
  default Tensor maximum(Tensor y) {
    return Binary.MAXIMUM.apply(self(), y);
  }

  /** Returns the smaller of x and y, NaN if either is; a tie gives half of the gradient to each. */
  default Tensor minimum(Tensor y) {
    return Binary.MINIMUM.apply(self(), y);
  }

  /** Returns x limited to [min, max]; the derivative is 1 inside and at the bounds, 0 outside. */
  default Tensor clamp(double min, double max) {
    return new UnaryWithConstant.Clamp(min, max).apply(self());
  }

  /** Returns x + weight·(y - x). */
  default Tensor lerp(Tensor y, double weight) {
    return add(y.subtract(self()).multiply(weight));
  }

  /** Returns x + weight·(y - x), all three broadcast. */
  default Tensor lerp(Tensor y, Tensor weight) {
    return add(y.subtract(self()).multiply(weight));
  }
}
