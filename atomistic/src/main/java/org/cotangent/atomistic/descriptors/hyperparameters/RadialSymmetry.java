package org.cotangent.atomistic.descriptors.hyperparameters;

/**
 * A radial symmetry function exp(-η·(r - s)²)·cos(κ·r): G¹ of Behler with η = κ = 0, G² with κ = 0,
 * G³ with η = 0.
 *
 * @param eta η ≥ 0, in the inverse square of the unit of the positions
 * @param shift s, in the unit of the positions
 * @param kappa κ, in the inverse unit of the positions
 */
public record RadialSymmetry(double eta, double shift, double kappa) {
  /**
   * @throws IllegalArgumentException if η is negative, or a number is not finite
   */
  public RadialSymmetry {
    if (!(eta >= 0 && eta + Math.abs(shift) + Math.abs(kappa) < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a radial symmetry function needs finite numbers and an eta of 0 or more, got eta "
              + eta
              + ", shift "
              + shift
              + ", kappa "
              + kappa);
    }
  }

  /** Reads {@code {"eta": …, "shift": …, "kappa": …}}, each 0 by default. */
  public static RadialSymmetry read(Hyperparameters json) {
    RadialSymmetry function =
        new RadialSymmetry(json.number("eta", 0), json.number("shift", 0), json.number("kappa", 0));
    json.done();
    return function;
  }
}
