package org.cotangent.atomistic.units;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of what models take and give, as metatomic defines them: {@code <standard>}, {@code
 * <standard>/<variant>} for one of several of its kind, and {@code
 * <domain>::<quantity>[/<variant>]} for everything else. The older plural names still count.
 */
public final class Quantities {
  /** The dimension of each standard quantity; the older plurals are the second group. */
  private static final Map<String, String> STANDARD =
      Map.ofEntries(
          Map.entry("energy", "energy"),
          Map.entry("energy_ensemble", "energy"),
          Map.entry("energy_uncertainty", "energy"),
          Map.entry("feature", "none"),
          Map.entry("non_conservative_force", "force"),
          Map.entry("non_conservative_stress", "pressure"),
          Map.entry("position", "length"),
          Map.entry("momentum", "momentum"),
          Map.entry("velocity", "velocity"),
          Map.entry("mass", "mass"),
          Map.entry("charge", "charge"),
          Map.entry("spin_multiplicity", "none"),
          Map.entry("heat_flux", "heat_flux"),
          Map.entry("features", "none"),
          Map.entry("non_conservative_forces", "force"),
          Map.entry("positions", "length"),
          Map.entry("momenta", "momentum"),
          Map.entry("velocities", "velocity"),
          Map.entry("masses", "mass"),
          Map.entry("charges", "charge"));

  private static final Map<String, Dimension> DIMENSIONS = new HashMap<>();

  static {
    DIMENSIONS.put("none", Dimension.NONE);
    DIMENSIONS.put("length", new Dimension(1, 0, 0, 0, 0));
    DIMENSIONS.put("energy", new Dimension(2, -2, 1, 0, 0));
    DIMENSIONS.put("force", new Dimension(1, -2, 1, 0, 0));
    DIMENSIONS.put("pressure", new Dimension(-1, -2, 1, 0, 0));
    DIMENSIONS.put("momentum", new Dimension(1, -1, 1, 0, 0));
    DIMENSIONS.put("mass", new Dimension(0, 0, 1, 0, 0));
    DIMENSIONS.put("velocity", new Dimension(1, -1, 0, 0, 0));
    DIMENSIONS.put("charge", new Dimension(0, 1, 0, 1, 0));
    DIMENSIONS.put("heat_flux", new Dimension(3, -3, 1, 0, 0));
  }

  /** What a system has itself, so custom data cannot have these names, in any case. */
  private static final Set<String> SYSTEM_NAMES =
      Set.of("types", "positions", "position", "cell", "neighbors", "neighbor");

  private Quantities() {}

  /**
   * Returns the name of the dimension of a quantity: one of {@code none}, {@code length}, {@code
   * energy}, {@code force}, {@code pressure}, {@code momentum}, {@code mass}, {@code velocity},
   * {@code charge} and {@code heat_flux}; the empty text for a custom name.
   *
   * @throws IllegalArgumentException if the name is neither that of a standard quantity or of a
   *     variant of one, nor a well-formed custom name
   */
  public static String unitDimension(String name) {
    int domainEnd = name.lastIndexOf("::");
    int slash = name.indexOf('/');
    if (domainEnd >= 0) {
      boolean variantOk = slash < 0 || slash > domainEnd + 2;
      if (domainEnd == 0 || domainEnd + 2 == name.length() || !variantOk) {
        throw new IllegalArgumentException(
            "a custom name should be <domain>::<quantity> or <domain>::<quantity>/<variant> with a"
                + " domain and a quantity, it is '"
                + name
                + "'");
      }
      return "";
    }
    String base = slash < 0 ? name : name.substring(0, slash);
    String dimension = STANDARD.get(base);
    if (dimension == null || slash == name.length() - 1) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is not a standard quantity or <quantity>/<variant> of one; other names"
              + " should be <domain>::<quantity>");
    }
    return dimension;
  }

  /**
   * Returns the dimension of a quantity, or null for a custom name.
   *
   * @throws IllegalArgumentException as {@link #unitDimension}
   */
  public static @Nullable Dimension dimension(String name) {
    return DIMENSIONS.get(unitDimension(name));
  }

  /**
   * Checks that custom data of a system may have this name.
   *
   * @throws IllegalArgumentException if it is something that a system has itself, or not a valid
   *     name of a quantity
   */
  public static void checkDataName(String name) {
    if (SYSTEM_NAMES.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "custom data of a system cannot be called '" + name + "', which the system has itself");
    }
    unitDimension(name);
  }
}
