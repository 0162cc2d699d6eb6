package org.cotangent.atomistic.units;

/** Conversion between units that are given as expressions; {@link Unit#parse} has their rules. */
public final class Units {
  private Units() {}

  /**
   * Returns the number by which to multiply a value in the unit {@code from} to get it in the unit
   * {@code to}. When one of them is empty (unknown), nothing is converted: 1.
   *
   * @throws IllegalArgumentException if a unit is malformed, if the dimensions differ, or if the
   *     factor is not a finite number
   */
  public static double conversionFactor(String from, String to) {
    if (from.isEmpty() || to.isEmpty()) {
      return 1;
    }
    Unit source = Unit.parse(from);
    Unit target = Unit.parse(to);
    if (!source.dimension().matches(target.dimension())) {
      throw new IllegalArgumentException(
          "cannot convert '"
              + from
              + "' to '"
              + to
              + "': their dimensions are "
              + source.dimension()
              + " and "
              + target.dimension());
    }
    double factor = source.factor() / target.factor();
    if (!Double.isFinite(factor)) {
      throw new IllegalArgumentException(
          "cannot convert '" + from + "' to '" + to + "': the factor would be " + factor);
    }
    return factor;
  }

  /** Returns whether two units are the same, up to the rounding of their sizes. */
  public static boolean areEqual(String one, String other) {
    Unit first = Unit.parse(one);
    Unit second = Unit.parse(other);
    return first.dimension().matches(second.dimension())
        && Math.abs(first.factor() / second.factor() - 1) < 1e-6;
  }

  /**
   * The older form of {@link #conversionFactor(String, String)}, which engines still call. The
   * quantity is not used; the units must match each other.
   *
   * @throws IllegalArgumentException as the other form, and if one of the three is empty
   */
  public static double conversionFactor(String quantity, String from, String to) {
    if (quantity.isEmpty() || from.isEmpty() || to.isEmpty()) {
      throw new IllegalArgumentException(
          "a quantity and two units are needed, these are '"
              + quantity
              + "', '"
              + from
              + "' and '"
              + to
              + "'");
    }
    return conversionFactor(from, to);
  }
}
