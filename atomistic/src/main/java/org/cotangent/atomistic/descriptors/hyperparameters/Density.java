package org.cotangent.atomistic.descriptors.hyperparameters;

import org.jspecify.annotations.Nullable;

/**
 * What stands for an atom in the density that is expanded.
 *
 * @param profile its shape
 * @param scaling how its weight depends on the distance to the center; null for not at all
 * @param centerAtomWeight the weight of the center's own contribution, 1 for that of a neighbor
 */
public record Density(Profile profile, @Nullable Willatt2018 scaling, double centerAtomWeight) {

  /** The shape of the density of one atom. */
  public sealed interface Profile {}

  /** A point. */
  public record DiracDelta() implements Profile {}

  /**
   * A Gaussian (πs²)^(-3/4)·exp(-r²/2s²), whose square integrates to 1.
   *
   * @param width s, in the unit of the positions
   */
  public record Gaussian(double width) implements Profile {
    /**
     * @throws IllegalArgumentException if the width is not positive
     */
    public Gaussian {
      Hyperparameters.positive("the width of a Gaussian density", width);
    }
  }

  /**
   * A potential 1/r^p, smeared with a Gaussian; p = 0 stands for the Gaussian itself.
   *
   * @param smearing the width of that Gaussian, in the unit of the positions
   * @param exponent p, from 0 to 9
   */
  public record SmearedPowerLaw(double smearing, int exponent) implements Profile {
    /**
     * @throws IllegalArgumentException if the smearing is not positive or the exponent not 0 to 9
     */
    public SmearedPowerLaw {
      Hyperparameters.positive("the smearing of a power law", smearing);
      if (exponent < 0 || exponent > 9) {
        throw new IllegalArgumentException(
            "the exponent of a smeared power law must be 0 to 9, it is " + exponent);
      }
    }
  }

  /**
   * The weight rate/(rate + (r/scale)^exponent) of a neighbor at distance r (Willatt, Musil and
   * Ceriotti, Phys. Chem. Chem. Phys. 20, 29661, 2018).
   *
   * @param scale in the unit of the positions
   * @param rate positive
   * @param exponent positive
   */
  public record Willatt2018(double scale, double rate, double exponent) {
    /**
     * @throws IllegalArgumentException if one of them is not positive
     */
    public Willatt2018 {
      Hyperparameters.positive("the scale of Willatt2018", scale);
      Hyperparameters.positive("the rate of Willatt2018", rate);
      Hyperparameters.positive("the exponent of Willatt2018", exponent);
    }

    private static Willatt2018 read(Hyperparameters json) {
      String type = json.text("type");
      if (!type.equals("Willatt2018")) {
        throw json.unknownType(type, "Willatt2018");
      }
      Willatt2018 scaling =
          new Willatt2018(json.number("scale"), json.number("rate"), json.number("exponent"));
      json.done();
      return scaling;
    }
  }

  /**
   * @throws IllegalArgumentException if the weight is not finite
   */
  public Density {
    if (!Double.isFinite(centerAtomWeight)) {
      throw new IllegalArgumentException(
          "the weight of the center atom must be finite, it is " + centerAtomWeight);
    }
  }

  /**
   * Reads {@code {"type": …, "scaling": …, "center_atom_weight": …}} with the fields of the type:
   * {@code DiracDelta}, {@code Gaussian} with {@code width}, {@code SmearedPowerLaw} with {@code
   * smearing} and {@code exponent}. Without scaling there is none, the weight is 1 by default.
   */
  public static Density read(Hyperparameters json) {
    String type = json.text("type");
    Profile profile =
        switch (type) {
          case "DiracDelta" -> new DiracDelta();
          case "Gaussian" -> new Gaussian(json.number("width"));
          case "SmearedPowerLaw" ->
              new SmearedPowerLaw(json.number("smearing"), json.integer("exponent"));
          default -> throw json.unknownType(type, "DiracDelta, Gaussian, SmearedPowerLaw");
        };
    Density density =
        new Density(
            profile,
            json.hasValue("scaling") ? Willatt2018.read(json.object("scaling")) : null,
            json.has("center_atom_weight") ? json.number("center_atom_weight") : 1);
    json.done();
    return density;
  }
}
