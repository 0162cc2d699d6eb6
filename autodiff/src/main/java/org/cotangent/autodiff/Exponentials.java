package org.cotangent.autodiff;

import org.cotangent.autodiff.Reduction.Expand;
import org.cotangent.autodiff.Reduction.Sum;

/**
 * Sums of exponentials without overflow: the largest exponent is taken out first, as a constant,
 * because the result does not depend on it. Sets of axes are bit masks.
 */
final class Exponentials {
  private Exponentials() {}

  /** log Σ exp(x); -∞ where there is nothing to sum. */
  static Tensor logSumExp(Tensor x, int axes) {
    if (x.shape.sizeAlong(axes) == 0) {
      return new Sum(axes).apply(x.exp()).log();
    }
    Tensor largest = largest(x, axes);
    Tensor shifted = x.subtract(new Expand(axes).apply(largest, x));
    return new Sum(axes).apply(shifted.exp()).log().add(largest);
  }

  /** exp(x)/Σ exp(x); {@link Softmax} is the same as one primitive. */
  static Tensor composedSoftmax(Tensor x, int axes) {
    if (x.size() == 0) {
      return x.exp();
    }
    // infinite ones are taken out too: a row without a finite limit is NaN throughout
    Tensor largest = new Extremum(axes, true).apply(x);
    Tensor exponentials = x.subtract(new Expand(axes).apply(largest, x)).exp();
    Tensor sum = new Sum(axes).apply(exponentials);
    return exponentials.divide(new Expand(axes).apply(sum, x));
  }

  /** x - log Σ exp(x). */
  static Tensor logSoftmax(Tensor x, int axes) {
    return x.subtract(new Expand(axes).apply(logSumExp(x, axes), x));
  }

  /** The largest value, or 0 where it is infinite: -∞ minus -∞ would be NaN. */
  private static Tensor largest(Tensor x, int axes) {
    Tensor largest = new Extremum(axes, true).apply(x).stopGradient();
    Tensor isFinite = largest.absolute().lessThan(Double.POSITIVE_INFINITY);
    return isFinite.where(largest, Tensor.zeros(x.dtype, Shape.SCALAR));
  }
}
