package org.cotangent.atomistic.units;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The named units, with metatomic's values: CODATA 2022 where a constant is measured. */
final class BaseUnits {
  private static final Dimension LENGTH = new Dimension(1, 0, 0, 0, 0);
  private static final Dimension TIME = new Dimension(0, 1, 0, 0, 0);
  private static final Dimension MASS = new Dimension(0, 0, 1, 0, 0);
  private static final Dimension TEMPERATURE = new Dimension(0, 0, 0, 0, 1);
  private static final Dimension ENERGY = new Dimension(2, -2, 1, 0, 0);
  private static final Dimension PRESSURE = new Dimension(-1, -2, 1, 0, 0);
  private static final Dimension CHARGE = new Dimension(0, 1, 0, 1, 0);
  private static final Dimension DIPOLE = new Dimension(1, 1, 0, 1, 0);
  private static final Dimension ACTION = new Dimension(2, -1, 1, 0, 0);

  private static final double ELEMENTARY_CHARGE = 1.602176634e-19;
  private static final double SPEED_OF_LIGHT = 299792458;

  private static final Map<String, Unit> UNITS = new HashMap<>();

  static {
    add(TEMPERATURE, 1, "kelvin", "k");

    add(LENGTH, 1e-10, "angstrom", "a");
    add(LENGTH, 5.2917721054482e-11, "bohr");
    add(LENGTH, 1e-9, "nanometer", "nm");
    add(LENGTH, 1e-6, "micrometer", "um", "µm");
    add(LENGTH, 1e-3, "millimeter", "mm");
    add(LENGTH, 1e-2, "centimeter", "cm");
    add(LENGTH, 1, "meter", "m");

    add(ENERGY, ELEMENTARY_CHARGE, "electronvolt", "ev");
    add(ENERGY, ELEMENTARY_CHARGE * 1e-3, "mev");
    add(ENERGY, 4.359744722206048e-18, "hartree");
    add(ENERGY, 2.179872361103024e-18, "rydberg", "ry");
    add(ENERGY, 1, "joule", "j");
    add(ENERGY, 4184, "kcal");
    add(ENERGY, 1000, "kj");

    add(TIME, 1, "second", "s");
    add(TIME, 1e-3, "millisecond", "ms");
    add(TIME, 1e-6, "microsecond", "us", "µs");
    add(TIME, 1e-9, "nanosecond", "ns");
    add(TIME, 1e-12, "picosecond", "ps");
    add(TIME, 1e-15, "femtosecond", "fs");

    add(MASS, 1.6605390689252e-27, "dalton", "u");
    add(MASS, 1, "kilogram", "kg");
    add(MASS, 1e-3, "gram", "g");
    add(MASS, 9.109383713928e-31, "electron_mass", "m_e");

    add(CHARGE, ELEMENTARY_CHARGE, "e");
    add(CHARGE, 1, "coulomb", "c");

    add(PRESSURE, 1, "pascal", "pa");
    add(PRESSURE, 1e3, "kilopascal", "kpa");
    add(PRESSURE, 1e6, "megapascal", "mpa");
    add(PRESSURE, 1e9, "gigapascal", "gpa");
    add(PRESSURE, 1e5, "bar");
    add(PRESSURE, 101325, "atm");

    add(DIPOLE, 1e-21 / SPEED_OF_LIGHT, "debye", "d");
    add(Dimension.NONE, 6.02214076e23, "mol");
    add(ACTION, 1.0545718176462e-34, "hbar");
  }

  private BaseUnits() {}

  private static void add(Dimension dimension, double factor, String... names) {
    for (String name : names) {
      UNITS.put(name, new Unit(factor, dimension));
    }
  }

  /** Returns the unit of this name, in any case, or null. */
  static @Nullable Unit find(String name) {
    return UNITS.get(name.toLowerCase(Locale.ROOT));
  }
}
