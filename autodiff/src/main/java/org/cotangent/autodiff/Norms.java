package org.cotangent.autodiff;

/** Norms that stay differentiable where the vector is zero. */
final class Norms {
  private Norms() {}

  /** √Σx² over some axes, given as a bit mask. */
  static Tensor euclidean(Tensor x, int axes) {
    return root(new Reduction.Sum(axes).apply(x.square()));
  }

  /**
   * √s of a sum of squares. At 0 the square root would have an infinite derivative, times 0; there
   * the sum is replaced by the constant 1 before the root and the result by 0, so that the
   * gradient, and every higher derivative, is 0.
   */
  static Tensor root(Tensor squares) {
    Tensor zero = squares.equalTo(0);
    Tensor safe = zero.where(Tensor.full(squares.dtype, 1, Shape.SCALAR), squares);
    return zero.where(Tensor.zeros(squares.dtype, Shape.SCALAR), safe.sqrt());
  }
}
