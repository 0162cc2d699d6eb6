package org.cotangent.atomistic.engine;

/**
 * The units in which an engine speaks of atoms, as the engine itself defines them. Programs carry
 * constants of different years; the last digits agree only if both sides use the same.
 *
 * @param length the engine's unit of length, in Å
 * @param energy the engine's unit of energy, in eV; forces are in energy by length
 */
public record EngineUnits(double length, double energy) {
  /** Å and eV, as ASE's calculators and LAMMPS' {@code metal} have them. */
  public static final EngineUnits ANGSTROM_EV = new EngineUnits(1, 1);

  /** Bohr and Hartree with the constants of i-PI's own drivers ({@code ipi/utils/units.py}). */
  public static final EngineUnits IPI = new EngineUnits(1 / 1.8897261, 1 / 0.036749326);

  /**
   * Bohr and Hartree with the constants of ASE's socket calculator ({@code ase.units}, CODATA
   * 2014).
   */
  public static final EngineUnits ASE = new EngineUnits(0.5291772105638411, 27.211386024367243);

  /**
   * @throws IllegalArgumentException if a unit is not positive and finite
   */
  public EngineUnits {
    if (!(length > 0 && length < Double.POSITIVE_INFINITY)
        || !(energy > 0 && energy < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "an engine's units must be positive, they are %s Å and %s eV".formatted(length, energy));
    }
  }

  /** Returns the engine's unit of force, in eV/Å. */
  public double force() {
    return energy / length;
  }
}
