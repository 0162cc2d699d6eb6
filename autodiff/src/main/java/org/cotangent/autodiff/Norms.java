package org.cotangent.autodiff;

/** Norms that stay differentiable where the vector is zero. */
final class Norms {
  private Norms() {}

  /**
   * √Σx² over some axes. At a zero vector the square root would have an infinite derivative, times
   * 0; there the sum is replaced by the constant 1 before the root and the result by 0, so that the
   * gradient, and every higher derivative, is 0.
   */
  static Tensor euclidean(Tensor x, int axes) {
    Tensor squares = new Reduction.Sum(axes).apply(x.square());
    Tensor zero = squares.equalTo(0);
    Tensor safe = zero.where(squares.onesLike(), squares);
    return zero.where(squares.zerosLike(), safe.sqrt());
  }
}
