package org.cotangent.atomistic.descriptors.hyperparameters;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The functions in which a density is expanded.
 *
 * @param byAngular for each angular order l that is used its radial functions
 * @param splineAccuracy how exact tables of the radial integrals must be, absolute; null for no
 *     tables
 */
public record Basis(SortedMap<Integer, Radial> byAngular, @Nullable Double splineAccuracy) {
  private static final double DEFAULT_ACCURACY = 1e-8;

  /** The highest l that a basis may have, far above what is of use. */
  private static final int MAX_ANGULAR = 1000;

  /**
   * @throws IllegalArgumentException if there is no angular order, one is not 0 to 1000, or the
   *     accuracy is not positive
   */
  public Basis {
    byAngular = Collections.unmodifiableSortedMap(new TreeMap<>(byAngular));
    if (byAngular.isEmpty() || byAngular.firstKey() < 0 || byAngular.lastKey() > MAX_ANGULAR) {
      throw new IllegalArgumentException(
          "a basis needs angular orders of 0 to %d, it has %s"
              .formatted(MAX_ANGULAR, byAngular.keySet()));
    }
    if (splineAccuracy != null) {
      Hyperparameters.positive("the spline_accuracy of a basis", splineAccuracy);
    }
  }

  /** Returns the basis with the same radial functions for l = 0 … maxAngular. */
  public static Basis product(int maxAngular, Radial radial, @Nullable Double splineAccuracy) {
    TreeMap<Integer, Radial> byAngular = new TreeMap<>();
    for (int l = 0; l <= maxAngular; l++) {
      byAngular.put(l, radial);
    }
    return new Basis(byAngular, splineAccuracy);
  }

  /** Returns the highest l. */
  public int maxAngular() {
    return byAngular.lastKey();
  }

  /**
   * Reads {@code {"type": "TensorProduct", "max_angular": …, "radial": {…}}} or {@code {"type":
   * "Explicit", "by_angular": {"0": {…}, …}}}, both with {@code spline_accuracy}, by default 1e-8,
   * null for exact integrals.
   */
  public static Basis read(Hyperparameters json) {
    String type = json.text("type");
    Double accuracy = accuracy(json);
    Basis basis =
        switch (type) {
          case "TensorProduct" -> {
            int maxAngular = json.integer("max_angular");
            if (maxAngular < 0 || maxAngular > MAX_ANGULAR) {
              throw new IllegalArgumentException(
                  "max_angular of a basis must be 0 to %d, it is %d"
                      .formatted(MAX_ANGULAR, maxAngular));
            }
            yield product(maxAngular, Radial.read(json.object("radial")), accuracy);
          }
          case "Explicit" -> {
            Hyperparameters orders = json.object("by_angular");
            TreeMap<Integer, Radial> byAngular = new TreeMap<>();
            for (String order : orders.names()) {
              byAngular.put(angularOrder(order), Radial.read(orders.object(order)));
            }
            yield new Basis(byAngular, accuracy);
          }
          default -> throw json.unknownType(type, "TensorProduct, Explicit");
        };
    json.done();
    return basis;
  }

  /** Reads {@code {"radial": {…}, "spline_accuracy": …}}, a basis for l = 0 alone. */
  public static Basis readRadial(Hyperparameters json) {
    Basis basis = product(0, Radial.read(json.object("radial")), accuracy(json));
    json.done();
    return basis;
  }

  private static @Nullable Double accuracy(Hyperparameters json) {
    if (!json.has("spline_accuracy")) {
      return DEFAULT_ACCURACY;
    }
    return json.hasValue("spline_accuracy") ? json.number("spline_accuracy") : null;
  }

  private static int angularOrder(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the keys of 'by_angular' must be angular orders, one is '" + text + "'", e);
    }
  }
}
