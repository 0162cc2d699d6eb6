package org.cotangent.atomistic.engine.lammps;

import java.util.LinkedHashMap;
import java.util.Map;
import org.cotangent.atomistic.engine.EngineUnits;
import org.cotangent.atomistic.units.Units;
import org.jspecify.annotations.Nullable;

/**
 * What LAMMPS' {@code units} styles measure lengths and energies in.
 *
 * @see <a href="https://docs.lammps.org/units.html">the styles</a>
 */
final class LammpsUnits {
  private static final Map<String, EngineUnits> STYLES = new LinkedHashMap<>();

  static {
    style("metal", "angstrom", "eV");
    style("real", "angstrom", "kcal/mol");
    style("electron", "bohr", "Hartree");
    style("si", "m", "J");
    style("cgs", "cm", "g*cm^2/s^2");
    // picogram·µm²/µs² and attogram·nm²/ns²
    STYLES.put("micro", new EngineUnits(1e4, 1e-15 * Units.conversionFactor("J", "eV")));
    STYLES.put("nano", new EngineUnits(10, 1e-21 * Units.conversionFactor("J", "eV")));
  }

  private LammpsUnits() {}

  private static void style(String name, String length, String energy) {
    STYLES.put(
        name,
        new EngineUnits(
            Units.conversionFactor(length, "angstrom"), Units.conversionFactor(energy, "eV")));
  }

  /**
   * Returns the units of a style.
   *
   * @param reduced what σ and ε are in style {@code lj}; null if nobody said
   * @throws LammpsException if the style is not known, or {@code lj} without {@code reduced}
   */
  static EngineUnits of(String style, @Nullable EngineUnits reduced) {
    if (style.equals("lj")) {
      if (reduced == null) {
        throw new LammpsException(
            "the script has 'units lj', which are no units of a model: say with --reduced SIGMA,EPSILON what they are in Å and eV, or use 'units metal'");
      }
      return reduced;
    }
    EngineUnits units = STYLES.get(style);
    if (units == null) {
      throw new LammpsException(
          "the script has 'units %s', known are %s and lj".formatted(style, STYLES.keySet()));
    }
    return units;
  }
}
