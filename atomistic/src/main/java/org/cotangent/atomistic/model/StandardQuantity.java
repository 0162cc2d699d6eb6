package org.cotangent.atomistic.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.metatensor.Labels;
import org.jspecify.annotations.Nullable;

/**
 * How metatomic lays a standard quantity out, beyond the samples that all have in common.
 *
 * @param components the components, in order
 * @param properties the property of its only entry 0 under its names, the first the current one;
 *     none where properties are free
 * @param ensemble whether the property has the entries 0, 1, … instead, one for each member
 * @param gradients whether explicit gradients by positions and strain are allowed
 * @param onlyPerSystem whether there is one row per system and nothing else
 */
record StandardQuantity(
    List<Labels> components,
    List<String> properties,
    boolean ensemble,
    boolean gradients,
    boolean onlyPerSystem) {

  static final Labels XYZ = Labels.range("xyz", 3);
  static final Labels XYZ_1 = Labels.range("xyz_1", 3);
  static final Labels XYZ_2 = Labels.range("xyz_2", 3);

  private static final Map<String, StandardQuantity> ALL = new HashMap<>();

  static {
    energy("energy", false);
    energy("energy_ensemble", true);
    energy("energy_uncertainty", false);
    put("feature", List.of(), List.of(), false);
    put("non_conservative_force", List.of(XYZ), names("non_conservative_force"), false);
    put("non_conservative_stress", List.of(XYZ_1, XYZ_2), names("non_conservative_stress"), false);
    put("position", List.of(XYZ), names("position"), false);
    put("momentum", List.of(XYZ), names("momentum"), false);
    put("velocity", List.of(XYZ), names("velocity"), false);
    put("mass", List.of(), names("mass"), false);
    put("charge", List.of(), List.of("charge"), false);
    put("spin_multiplicity", List.of(), names("spin_multiplicity"), true);
    put("heat_flux", List.of(XYZ), names("heat_flux"), true);
  }

  private static void energy(String name, boolean ensemble) {
    ALL.put(name, new StandardQuantity(List.of(), List.of("energy"), ensemble, true, false));
  }

  private static void put(
      String name, List<Labels> components, List<String> properties, boolean onlyPerSystem) {
    ALL.put(name, new StandardQuantity(components, properties, false, false, onlyPerSystem));
  }

  /** The current and, where there is one that may still be used, the old name of a property. */
  private static List<String> names(String current) {
    List<String> names = new ArrayList<>(List.of(current));
    String old = QuantityNames.old(current);
    if (old != null) {
      names.add(old);
    }
    return List.copyOf(names);
  }

  /** Returns the layout of a quantity, of a variant too, or null for a custom one. */
  static @Nullable StandardQuantity of(String name) {
    return ALL.get(QuantityNames.base(QuantityNames.current(name)));
  }
}
