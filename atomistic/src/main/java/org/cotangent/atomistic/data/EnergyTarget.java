package org.cotangent.atomistic.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.cotangent.atomistic.units.Units;
import org.jspecify.annotations.Nullable;

/**
 * Where the energies are, and their derivatives.
 *
 * <p>Where no key is given, the usual ones are looked for, file by file, and {@link
 * LabelledData#notes} says which were taken. Derivatives without options are taken if a file has
 * them.
 *
 * @param readFrom files of labels beside the structures (anything that {@link DataReader} reads, or
 *     {@code .mts}), as many as there are files of structures; empty where the labels are with the
 *     structures
 * @param key the entry that holds the energy; null to look for the usual names
 * @param unit of the energy; null for eV, or for the one that the file itself says
 * @param forces minus the derivative by positions; null to take them where they are
 * @param stress the derivative by strain over the volume; null to take it where it is and no virial
 * @param virial minus the derivative by strain; null to take it where it is
 */
public record EnergyTarget(
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @JsonPropertyDescription(
            "Files of labels beside the structures, such as .mts; without it, the labels are"
                + " with the structures.")
        List<String> readFrom,
    @JsonPropertyDescription("The name of the energy; without it, the usual names are tried.")
        @Nullable String key,
    @JsonPropertyDescription(
            "The unit of the energy, such as hartree or kcal/mol; without it, eV or what the file"
                + " itself says.")
        @Nullable String unit,
    @JsonPropertyDescription(
            "Forces: true, false, the path of a file of labels, or key, unit and read_from; without"
                + " it, they are taken where there are some.")
        @Nullable DerivativeTarget forces,
    @JsonPropertyDescription("Stress, as forces; positive under tension. Not together with virial.")
        @Nullable DerivativeTarget stress,
    @JsonPropertyDescription(
            "Virial, minus the derivative of the energy by strain, as forces. Not together with"
                + " stress.")
        @Nullable DerivativeTarget virial) {
  /** The usual names, in eV. */
  public static final EnergyTarget DEFAULT =
      new EnergyTarget(List.of(), null, null, null, null, null);

  /**
   * @throws IllegalArgumentException if stress and virial are both asked for, or a unit is not one
   *     of its quantity
   */
  @JsonCreator
  public EnergyTarget {
    readFrom = readFrom == null ? List.of() : List.copyOf(readFrom);
    if (stress != null && virial != null && stress.use() && virial.use()) {
      throw new IllegalArgumentException(
          "stress and virial are both given, they are one label in two forms: give one of them");
    }
    check("unit of the energy", unit, "eV");
    if (forces != null) {
      check("unit of the forces", forces.unit(), "eV/angstrom");
    }
    if (stress != null) {
      check("unit of the stress", stress.unit(), "eV/angstrom^3");
    }
    if (virial != null) {
      check("unit of the virial", virial.unit(), "eV");
    }
  }

  /** Takes labels out of a file, such as {@code energy.mts}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static EnergyTarget of(String readFrom) {
    return new EnergyTarget(List.of(readFrom), null, null, null, null, null);
  }

  /**
   * Makes it of a key and a unit, null for the usual ones; derivatives are taken where they are.
   */
  public static EnergyTarget of(@Nullable String key, @Nullable String unit) {
    return new EnergyTarget(List.of(), key, unit, null, null, null);
  }

  /** Returns this with forces, null to look for them. */
  public EnergyTarget withForces(@Nullable DerivativeTarget other) {
    return new EnergyTarget(readFrom, key, unit, other, stress, virial);
  }

  /** Returns this with a stress instead of a virial, null to look for one. */
  public EnergyTarget withStress(@Nullable DerivativeTarget other) {
    return new EnergyTarget(readFrom, key, unit, forces, other, null);
  }

  /** Returns this with a virial instead of a stress, null to look for one. */
  public EnergyTarget withVirial(@Nullable DerivativeTarget other) {
    return new EnergyTarget(readFrom, key, unit, forces, null, other);
  }

  /** Checks that a unit, if there is one, can be converted. */
  static void check(String option, @Nullable String unit, String target) {
    try {
      if (unit != null) {
        if (unit.isBlank()) {
          throw new IllegalArgumentException("an empty unit says nothing");
        }
        Units.conversionFactor(unit, target);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the " + option + " is '" + unit + "', which cannot be used: " + e.getMessage(), e);
    }
  }
}
