package org.cotangent.autodiff;

import org.cotangent.autodiff.Reduction.Count;
import org.cotangent.autodiff.Reduction.Expand;
import org.cotangent.autodiff.Reduction.Sum;
import org.jspecify.annotations.Nullable;

/** Means, variances, and what normalises by them. Sets of axes are bit masks. */
final class Moments {
  private Moments() {}

  static Tensor mean(Tensor x, int axes) {
    return new Sum(axes).apply(x).divide(new Count(axes).apply(x));
  }

  /** Σ(x - mean)²/(n - correction). */
  static Tensor variance(Tensor x, int correction, int axes) {
    Tensor squares = new Sum(axes).apply(centered(x, axes).square());
    Tensor count = new Count(axes).apply(x);
    return squares.divide(correction == 0 ? count : count.subtract(correction));
  }

  private static Tensor centered(Tensor x, int axes) {
    return x.subtract(new Expand(axes).apply(mean(x, axes), x));
  }

  /** (x - mean)/√(variance + eps)·weight + bias over the last axes. */
  static Tensor layerNorm(
      Tensor x, int count, double eps, @Nullable Tensor weight, @Nullable Tensor bias) {
    int axes = lastAxes(x, count);
    Tensor centered = centered(x, axes);
    Tensor normalized = overRootMeanSquare(centered, axes, eps);
    Tensor scaled = weight == null ? normalized : normalized.multiply(weight);
    return bias == null ? scaled : scaled.add(bias);
  }

  /** x/√(mean(x²) + eps)·weight over the last axes. */
  static Tensor rmsNorm(Tensor x, int count, double eps, @Nullable Tensor weight) {
    Tensor normalized = overRootMeanSquare(x, lastAxes(x, count), eps);
    return weight == null ? normalized : normalized.multiply(weight);
  }

  private static Tensor overRootMeanSquare(Tensor x, int axes, double eps) {
    Tensor scale = mean(x.square(), axes).add(eps).sqrt();
    return x.divide(new Expand(axes).apply(scale, x));
  }

  private static int lastAxes(Tensor x, int count) {
    return ((1 << count) - 1) << (x.rank() - count);
  }

  /** Refuses a shape that is not that of the last axes of {@code x}. */
  static void requireLastAxes(String operation, Tensor x, Shape normalized) {
    int rank = normalized.rank();
    boolean fits = rank <= x.rank();
    for (int k = 1; k <= rank && fits; k++) {
      fits = normalized.dim(-k) == x.dim(-k);
    }
    if (!fits) {
      throw Errors.shape(operation, x, "does not end in the normalized shape " + normalized);
    }
  }

  /** Refuses a weight or bias that has not the normalized shape. */
  static void requireShape(
      String operation, String what, @Nullable Tensor given, Shape normalized) {
    if (given != null && !given.shape.equals(normalized)) {
      throw new IllegalArgumentException(
          operation
              + ": the "
              + what
              + " has shape "
              + given.shape
              + ", the normalized shape is "
              + normalized);
    }
  }
}
