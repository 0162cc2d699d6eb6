package org.cotangent.autodiff;

/**
 * The derivatives of the polar coordinates of a point (x, y): its radius √(x² + y²) and its angle.
 * At the origin, where neither has a derivative, all of them are 0, as those of {@link Norms} are.
 */
final class Polar {
  private Polar() {}

  /** t·x/r. */
  static Tensor radiusByX(Tensor t, Tensor x, Tensor y, Tensor radius) {
    return overRadius(t, x, radius);
  }

  /** t·y/r. */
  static Tensor radiusByY(Tensor t, Tensor x, Tensor y, Tensor radius) {
    return overRadius(t, y, radius);
  }

  /** t·x/r². */
  static Tensor angleByY(Tensor t, Tensor y, Tensor x, Tensor angle) {
    Tensor radius = x.hypot(y);
    return overRadius(overRadius(t, x, radius), radius.onesLike(), radius);
  }

  /** -t·y/r². */
  static Tensor angleByX(Tensor t, Tensor y, Tensor x, Tensor angle) {
    return angleByY(t, x, y, angle).negate();
  }

  private static Tensor overRadius(Tensor t, Tensor part, Tensor radius) {
    Tensor origin = radius.equalTo(0);
    Tensor safe = origin.where(Tensor.full(radius.dtype, 1, Shape.SCALAR), radius);
    return origin.where(Tensor.zeros(radius.dtype, Shape.SCALAR), t.multiply(part.divide(safe)));
  }
}
