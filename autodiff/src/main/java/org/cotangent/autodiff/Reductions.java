package org.cotangent.autodiff;

/**
 * Reductions over axes. Axes may be negative, counting from the end; they disappear from the
 * result. Without axes everything is reduced to a scalar. To keep the axes with length 1, insert
 * them again: {@code x.mean(1, 2).unsqueeze(1, 2)}.
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
    int mask = self().shape().axisMask("sum", axes);
    return mask == 0 ? self() : new Reduction.Sum(mask).apply(self());
  }

  /** Returns the mean over all axes; NaN for an empty tensor. */
  default Tensor mean() {
    return Moments.mean(self(), all());
  }

  /** Returns the mean over these axes; NaN where there is nothing to average. */
  default Tensor mean(int... axes) {
    return Moments.mean(self(), self().shape().axisMask("mean", axes));
  }

  /** Returns the variance over all axes: the sum of (x - mean)² divided by n - correction. */
  default Tensor variance(int correction) {
    return Moments.variance(self(), correction, all());
  }

  /** Returns the variance over these axes: the sum of (x - mean)² divided by n - correction. */
  default Tensor variance(int correction, int... axes) {
    return Moments.variance(self(), correction, self().shape().axisMask("variance", axes));
  }

  /** Returns the square root of {@link #variance(int)}; the derivative where it is 0 is 0. */
  default Tensor std(int correction) {
    return Norms.root(variance(correction));
  }

  /**
   * Returns the square root of {@link #variance(int, int...)}; the derivative where it is 0 is 0.
   */
  default Tensor std(int correction, int... axes) {
    return Norms.root(variance(correction, axes));
  }

  /**
   * Returns the product over all axes, 1 for an empty tensor; the derivatives are exact at zeros.
   */
  default Tensor prod() {
    return Factors.product(self().reshape(Shape.of(self().size())), 0);
  }

  /** Returns the product over one axis; the derivatives are exact with zeros among the factors. */
  default Tensor prod(int axis) {
    return Factors.product(self(), self().shape().axis("prod", axis));
  }

  /**
   * Returns the largest value, NaN if one is; equal ones share the gradient evenly.
   *
   * @throws IllegalArgumentException if there is none, because the tensor is empty
   */
  default Tensor max() {
    return new Extremum(all(), true).apply(self());
  }

  /**
   * Returns the largest values over these axes, NaN if one is; equal ones share the gradient
   * evenly.
   *
   * @throws IllegalArgumentException if the axes have length 0
   */
  default Tensor max(int... axes) {
    return new Extremum(self().shape().axisMask("max", axes), true).apply(self());
  }

  /** Returns the smallest value, as {@link #max()} does the largest. */
  default Tensor min() {
    return new Extremum(all(), false).apply(self());
  }

  /** Returns the smallest values over these axes, as {@link #max(int...)} does the largest. */
  default Tensor min(int... axes) {
    return new Extremum(self().shape().axisMask("min", axes), false).apply(self());
  }

  /** Returns log Σ exp(x) over all axes without overflow; -∞ for an empty tensor. */
  default Tensor logSumExp() {
    return Exponentials.logSumExp(self(), all());
  }

  /** Returns log Σ exp(x) over these axes without overflow. */
  default Tensor logSumExp(int... axes) {
    return Exponentials.logSumExp(self(), self().shape().axisMask("logsumexp", axes));
  }

  /** Returns √Σx² over all axes; the gradient at the zero vector is 0. */
  default Tensor norm() {
    return Norms.euclidean(self(), all());
  }

  /** Returns √Σx² over these axes together; the gradient where it is 0 is 0. */
  default Tensor norm(int... axes) {
    return Norms.euclidean(self(), self().shape().axisMask("norm", axes));
  }

  /** Returns Σ|x| over all axes; the derivative of |x| at 0 is 0. */
  default Tensor norm1() {
    return self().absolute().sum();
  }

  /** Returns Σ|x| over these axes together; the derivative of |x| at 0 is 0. */
  default Tensor norm1(int... axes) {
    return self().absolute().sum(axes);
  }

  /** Returns the running sum along an axis, of this shape. */
  default Tensor cumsum(int axis) {
    return new Reduction.CumulativeSum(self().shape().axis("cumsum", axis), false).apply(self());
  }

  /**
   * Returns the running product along an axis; the derivatives are exact with zeros among the
   * factors.
   */
  default Tensor cumprod(int axis) {
    return Factors.cumulative(self(), self().shape().axis("cumprod", axis));
  }

  /**
   * Returns the sum down to the shape of {@code like}, undoing a broadcast.
   *
   * @throws IllegalArgumentException if that shape does not broadcast to this one
   */
  default Tensor sumLike(Tensor like) {
    if (self().shape().equals(like.shape())) {
      return self();
    }
    if (!Shape.broadcast("sum_like", self().shape(), like.shape()).equals(self().shape())) {
      throw Errors.shapes("sum_like", self(), like, "the second must broadcast to the first");
    }
    return new Reduction.SumLike().apply(self(), like);
  }

  /** All axes as a bit mask. */
  private int all() {
    return (1 << self().rank()) - 1;
  }
}
