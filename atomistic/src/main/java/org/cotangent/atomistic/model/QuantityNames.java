package org.cotangent.atomistic.model;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The older plural names of quantities, which engines and models may still use. */
final class QuantityNames {
  /** Old names and the new ones; the other names never changed. */
  private static final Map<String, String> NEW_NAMES =
      Map.of(
          "features", "feature",
          "non_conservative_forces", "non_conservative_force",
          "positions", "position",
          "momenta", "momentum",
          "masses", "mass",
          "velocities", "velocity",
          "charges", "charge");

  private static final System.Logger LOG =
      java.lang.System.getLogger("org.cotangent.atomistic.model");

  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  private QuantityNames() {}

  /** Returns a name, and its variant, in the new form. */
  static String current(String name) {
    String base = base(name);
    return NEW_NAMES.getOrDefault(base, base) + name.substring(base.length());
  }

  /** Returns the old name of a quantity whose new name this is, or null. */
  static @Nullable String old(String name) {
    String base = base(name);
    for (Map.Entry<String, String> entry : NEW_NAMES.entrySet()) {
      if (entry.getValue().equals(base)) {
        return entry.getKey() + name.substring(base.length());
      }
    }
    return null;
  }

  /** Returns the other name of the same quantity, old for new or new for old, or null. */
  static @Nullable String alias(String name) {
    String current = current(name);
    return current.equals(name) ? old(name) : current;
  }

  /** Returns the name without its variant. */
  static String base(String name) {
    int slash = name.contains("::") ? -1 : name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }

  /** Says once per name that it is an old one. */
  static void warnIfOld(String name) {
    String current = current(name);
    if (!current.equals(name) && isFirst(name)) {
      LOG.log(Level.WARNING, "the quantity ''{0}'' is called ''{1}'' now", name, current);
    }
  }

  /** Returns whether this is the first warning of what it is about. */
  static boolean isFirst(String warning) {
    return WARNED.add(warning);
  }
}
