package org.cotangent.autodiff;

/**
 * Reductions over axes. Axes may be negative, counting from the end; they disappear from the
 * result. Without axes everything is reduced to a scalar.
 */
public sealed interface Reductions permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /** Returns the sum over all axes; 0 for an empty tensor. */
  default Tensor sum() {
    int rank = self().rank();
    return rank == 0 ? self() : new Reduction.Sum((1 << rank) - 1).apply(self());
  }

  /** Returns the sum over these axes. */
  default Tensor sum(int... axes) {
    int mask = mask("sum", self().shape(), axes);
    return mask == 0 ? self() : new Reduction.Sum(mask).apply(self());
  }

  /** Returns the mean over all axes; NaN for an empty tensor. */
  default Tensor mean() {
    return sum().divide(self().size());
  }

  /** Returns the mean over these axes. */
  default Tensor mean(int... axes) {
    Tensor sum = sum(axes);
    return sum.divide((double) self().size() / sum.size());
  }

  /** Returns √Σx² over all axes; the gradient at the zero vector is 0. */
  default Tensor norm() {
    return Norms.euclidean(self(), (1 << self().rank()) - 1);
  }

  /** Returns √Σx² over these axes together; the gradient where it is 0 is 0. */
  default Tensor norm(int... axes) {
    return Norms.euclidean(self(), mask("norm", self().shape(), axes));
  }

  /** Returns the sum down to the shape of {@code like}, undoing a broadcast. */
  default Tensor sumLike(Tensor like) {
    return self().shape().equals(like.shape())
        ? self()
        : new Reduction.SumLike().apply(self(), like);
  }

  /** The axes as a bit mask. */
  private static int mask(String operation, Shape shape, int[] axes) {
    int mask = 0;
    for (int axis : axes) {
      int bit = 1 << shape.axis(axis);
      if ((mask & bit) != 0) {
        throw new IllegalArgumentException(
            operation + ": axis " + axis + " of shape " + shape + " is named twice");
      }
      mask |= bit;
    }
    return mask;
  }
}
