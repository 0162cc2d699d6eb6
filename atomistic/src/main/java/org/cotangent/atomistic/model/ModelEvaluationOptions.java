package org.cotangent.atomistic.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.cotangent.metatensor.Labels;
import org.jspecify.annotations.Nullable;

/**
 * What an engine asks a model for.
 *
 * @param lengthUnit of the systems that the engine gives; empty for no conversion
 * @param outputs the wanted quantities by name, in the units and for the samples that the engine
 *     wants
 * @param selectedAtoms labels {@code (system, atom)} of the atoms for which outputs are wanted; the
 *     others only act on them. Null for all atoms
 */
public record ModelEvaluationOptions(
    String lengthUnit, SequencedMap<String, ModelOutput> outputs, @Nullable Labels selectedAtoms) {

  /**
   * @throws IllegalArgumentException if the length unit is not one, or the selected atoms have
   *     other names
   */
  public ModelEvaluationOptions {
    ModelCapabilities.checkLength(lengthUnit);
    outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
    if (selectedAtoms != null && !selectedAtoms.names().equals(List.of("system", "atom"))) {
      throw new IllegalArgumentException(
          "selected atoms need the names [system, atom], they have " + selectedAtoms.names());
    }
  }

  /** Returns the options that ask for these outputs of all atoms. */
  public static ModelEvaluationOptions of(String lengthUnit, Map<String, ModelOutput> outputs) {
    return new ModelEvaluationOptions(lengthUnit, new LinkedHashMap<>(outputs), null);
  }
}
