package org.cotangent.atomistic.model;

import java.util.List;
import org.cotangent.atomistic.units.Unit;

/**
 * One quantity that a model declares, or that an engine requests from it.
 *
 * @param unit an expression, see {@link Unit#parse}; empty for none, or when it is not known
 * @param sampleKind whether there is a row for each system, atom or pair
 * @param explicitGradients what the quantity's explicit gradients are by: {@code positions}, {@code
 *     strain}
 * @param description for people
 */
public record ModelOutput(
    String unit, SampleKind sampleKind, List<String> explicitGradients, String description) {

  /**
   * @throws IllegalArgumentException if the unit is malformed or unknown
   */
  public ModelOutput {
    Unit.parse(unit);
    explicitGradients = List.copyOf(explicitGradients);
  }

  /** Returns an output without explicit gradients and description. */
  public static ModelOutput of(String unit, SampleKind sampleKind) {
    return new ModelOutput(unit, sampleKind, List.of(), "");
  }

  /** Returns this output with these explicit gradients. */
  public ModelOutput withExplicitGradients(String... parameters) {
    return new ModelOutput(unit, sampleKind, List.of(parameters), description);
  }
}
