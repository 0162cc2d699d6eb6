package org.cotangent.autodiff;

/**
 * Losses: how far a prediction x is from a target of the same shape and type. Those with one pair
 * of arguments are means over all elements; the others take what is to be done with the elements.
 */
public final class Losses {
  private Losses() {}

  /** What becomes of the elements of a loss. */
  public enum Over {
    /** Their mean, a scalar. */
    MEAN,
    /** Their sum, a scalar. */
    SUM,
    /** Nothing: the result has the shape of the operands. */
    NONE;

    private Tensor of(Tensor elements) {
      return switch (this) {
        case MEAN -> elements.mean();
        case SUM -> elements.sum();
        case NONE -> elements;
      };
    }
  }

  /** Returns the mean of (x - target)². */
  public static Tensor mse(Tensor x, Tensor target) {
    return mse(x, target, Over.MEAN);
  }

  /** Returns (x - target)². */
  public static Tensor mse(Tensor x, Tensor target, Over reduction) {
    return reduction.of(difference("mse_loss", x, target).square());
  }

  /** Returns |x - target|; the derivative where they are equal is 0. */
  public static Tensor l1(Tensor x, Tensor target, Over reduction) {
    return reduction.of(difference("l1_loss", x, target).absolute());
  }

  /**
   * Returns d²/2 where |d| ≤ delta, else delta·(|d| - delta/2), with d = x - target (Huber 1964).
   * Its derivative is continuous.
   *
   * @throws IllegalArgumentException unless {@code delta} is positive
   */
  public static Tensor huber(Tensor x, Tensor target, double delta, Over reduction) {
    if (!(delta > 0)) {
      throw new IllegalArgumentException("huber_loss needs a positive delta, got " + delta);
    }
    Tensor d = difference("huber_loss", x, target);
    Tensor far = d.absolute();
    Tensor near = far.lessOrEqual(delta);
    return reduction.of(
        near.where(d.square().multiply(0.5), far.subtract(delta / 2).multiply(delta)));
  }

  /**
   * Returns d²/(2·beta) where |d| &lt; beta, else |d| - beta/2, with d = x - target; {@link #l1}
   * for beta = 0. Its derivative is continuous.
   *
   * @throws IllegalArgumentException if {@code beta} is negative
   */
  public static Tensor smoothL1(Tensor x, Tensor target, double beta, Over reduction) {
    if (!(beta >= 0)) {
      throw new IllegalArgumentException("smooth_l1_loss needs a beta of at least 0, got " + beta);
    }
    Tensor d = difference("smooth_l1_loss", x, target);
    Tensor far = d.absolute();
    return reduction.of(
        beta == 0
            ? far
            : far.lessThan(beta).where(d.square().multiply(0.5 / beta), far.subtract(beta / 2)));
  }

  private static Tensor difference(String operation, Tensor x, Tensor target) {
    if (x.dtype != target.dtype) {
      throw Errors.mixedTypes(operation, x, target);
    }
    if (!x.shape.equals(target.shape)) { // broadcasting here would hide a mistake
      throw Errors.shapes(operation, x, target, "prediction and target need one shape");
    }
    return x.subtract(target);
  }
}
