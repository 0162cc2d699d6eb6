package org.cotangent.atomistic.units;

/**
 * A unit by its size in SI units and its dimension.
 *
 * @param factor how many SI units of the dimension it is
 * @param dimension the dimension
 */
public record Unit(double factor, Dimension dimension) {
  /** The unit of a number. */
  static final Unit ONE = new Unit(1, Dimension.NONE);

  /**
   * Returns the unit that an expression stands for, such as {@code "eV/Angstrom"} or {@code
   * "(eV*u)^(1/2)"}.
   *
   * <p>An expression is made of unit names, numbers, {@code * / ^} and parentheses. {@code ^} binds
   * tighter than the others; all operators, {@code ^} too, take their left neighbor first. White
   * space is dropped wherever it is, and the case of names does not matter, so {@code mPa} is a
   * megapascal and {@code K} a kelvin. An exponent is any dimensionless expression; a minus sign is
   * part of a number only. A blank text is the number 1. The rules and the names are those of
   * metatomic.
   *
   * <p>The names: kelvin k; angstrom a, bohr, nanometer nm, micrometer um µm, millimeter mm,
   * centimeter cm, meter m; electronvolt ev, mev, hartree, rydberg ry, joule j, kcal, kj; second s,
   * millisecond ms, microsecond us µs, nanosecond ns, picosecond ps, femtosecond fs; dalton u,
   * kilogram kg, gram g, electron_mass m_e; e, coulomb c; pascal pa, kilopascal kpa, megapascal
   * mpa, gigapascal gpa, bar, atm; debye d; mol; hbar.
   *
   * @throws IllegalArgumentException if the expression is malformed, has an unknown name or an
   *     exponent with a dimension, or if its size is not a finite number
   */
  public static Unit parse(String expression) {
    return new UnitParser(expression).parse();
  }

  Unit times(Unit other) {
    return new Unit(factor * other.factor, dimension.times(other.dimension, 1));
  }

  Unit dividedBy(Unit other) {
    return new Unit(factor / other.factor, dimension.times(other.dimension, -1));
  }

  Unit power(double exponent) {
    return new Unit(Math.pow(factor, exponent), dimension.power(exponent));
  }
}
