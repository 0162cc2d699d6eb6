package org.cotangent.atomistic.descriptors.hyperparameters;

/**
 * An angular symmetry function of two neighbors j and k of a center i,
 *
 * <pre>  2^(1-ζ)·(1 + λ·cos θ_jik)^ζ·exp(-η·((r_ij - s)² + (r_ik - s)² [+ (r_jk - s)²]))</pre>
 *
 * <p>G⁴ of Behler with the distance between the neighbors, G⁵ without it.
 *
 * @param betweenNeighbors whether the distance between the neighbors counts
 * @param eta η ≥ 0, in the inverse square of the unit of the positions
 * @param shift s, in the unit of the positions
 * @param zeta ζ ≥ 1: the higher, the narrower the angles that count
 * @param lambda 1 for a maximum at θ = 0, -1 at θ = π
 */
public record AngularSymmetry(
    boolean betweenNeighbors, double eta, double shift, double zeta, int lambda) {
  /**
   * @throws IllegalArgumentException if η is negative, ζ below 1, λ neither 1 nor -1, or a number
   *     not finite
   */
  public AngularSymmetry {
    if (!(eta >= 0 && zeta >= 1 && eta + zeta + Math.abs(shift) < Double.POSITIVE_INFINITY)
        || Math.abs(lambda) != 1) {
      throw new IllegalArgumentException(
          "an angular symmetry function needs finite numbers, an eta of 0 or more, a zeta of 1 or"
              + " more and a lambda of 1 or -1, got eta "
              + eta
              + ", shift "
              + shift
              + ", zeta "
              + zeta
              + ", lambda "
              + lambda);
    }
  }

  /**
   * Reads {@code {"type": "G4", "eta": …, "zeta": …, "lambda": …, "shift": …}} or the same with
   * {@code "G5"}; η and the shift are 0 by default, ζ and λ are 1.
   */
  public static AngularSymmetry read(Hyperparameters json) {
    String type = json.text("type");
    if (!type.equals("G4") && !type.equals("G5")) {
      throw json.unknownType(type, "G4, G5");
    }
    AngularSymmetry function =
        new AngularSymmetry(
            type.equals("G4"),
            json.number("eta", 0),
            json.number("shift", 0),
            json.number("zeta", 1),
            json.has("lambda") ? json.integer("lambda") : 1);
    json.done();
    return function;
  }
}
