package org.cotangent.autodiff;

/**
 * Sorted order, positions of extremes, and counts. Positions are i32 and have no derivative; sorted
 * values do.
 */
public sealed interface Ordering permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns where along an axis the largest entries are, the first of equal ones, or the first NaN.
   *
   * @throws IllegalArgumentException if the axis has length 0
   */
  default Tensor argmax(int axis) {
    return new Discrete.ArgExtremum(self().shape().axis("argmax", axis), true).apply(self());
  }

  /**
   * Returns where along an axis the smallest entries are, as {@link #argmax} does for the largest.
   */
  default Tensor argmin(int axis) {
    return new Discrete.ArgExtremum(self().shape().axis("argmin", axis), false).apply(self());
  }

  /**
   * Returns the positions along an axis in rising order of the entries; equal ones keep their
   * order.
   */
  default Tensor argsort(int axis) {
    return new Discrete.ArgSort(self().shape().axis("argsort", axis)).apply(self());
  }

  /**
   * Returns the entries along an axis in rising order, NaN last. The derivative goes to where each
   * entry was.
   */
  default Tensor sort(int axis) {
    Tensor order = self().argsort(axis);
    return new Gather(self().shape().axis("sort", axis)).apply(self(), order);
  }

  /**
   * Returns the different elements in rising order, a vector of this type; without a derivative.
   */
  default Tensor unique() {
    return new Discrete.Unique().apply(self());
  }

  /**
   * Returns the i32 vector that says how often each integer from 0 on occurs in this tensor of
   * integers.
   *
   * @param least the smallest length of the result, which is longer if a larger integer occurs
   * @throws IllegalArgumentException if an element is negative or not an integer, or {@code least}
   *     is negative
   */
  default Tensor bincount(int least) {
    if (least < 0) {
      throw Errors.shape("bincount", self(), "cannot be counted into at least " + least);
    }
    return new Discrete.BinCount(least).apply(self());
  }
}
