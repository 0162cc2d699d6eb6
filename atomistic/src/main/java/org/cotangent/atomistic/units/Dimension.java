package org.cotangent.atomistic.units;

/**
 * The physical dimension of a unit: exponents of length, time, mass, electric current and
 * temperature. They may be fractions, as in (eV·u)^(1/2).
 */
public record Dimension(
    double length, double time, double mass, double current, double temperature) {
  /** The dimension of a number. */
  public static final Dimension NONE = new Dimension(0, 0, 0, 0, 0);

  /** Exponents closer than this are equal, for the rounding of 1/3·3. */
  private static final double TOLERANCE = 1e-10;

  /** Returns whether all exponents are equal, up to rounding. */
  public boolean matches(Dimension other) {
    return near(length, other.length)
        && near(time, other.time)
        && near(mass, other.mass)
        && near(current, other.current)
        && near(temperature, other.temperature);
  }

  private static boolean near(double x, double y) {
    return Math.abs(x - y) < TOLERANCE;
  }

  /** Returns the dimension of a product with {@code other} to the power {@code exponent}. */
  Dimension times(Dimension other, double exponent) {
    return new Dimension(
        length + exponent * other.length,
        time + exponent * other.time,
        mass + exponent * other.mass,
        current + exponent * other.current,
        temperature + exponent * other.temperature);
  }

  /** Returns this dimension to a power. */
  Dimension power(double exponent) {
    return NONE.times(this, exponent);
  }

  /** Returns, for example, {@code "length^2 time^-2 mass"}, or {@code "dimensionless"}. */
  @Override
  public String toString() {
    String text =
        term("length", length)
            + term("time", time)
            + term("mass", mass)
            + term("current", current)
            + term("temperature", temperature);
    return text.isEmpty() ? "dimensionless" : text.substring(1);
  }

  private static String term(String name, double exponent) {
    if (near(exponent, 0)) {
      return "";
    }
    if (near(exponent, 1)) {
      return " " + name;
    }
    long whole = Math.round(exponent);
    return " " + name + "^" + (near(exponent, whole) ? Long.toString(whole) : "" + exponent);
  }
}
