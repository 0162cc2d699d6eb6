package org.cotangent.atomistic.engine.ipi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.cotangent.atomistic.engine.Evaluation;

/** What goes along with energy, forces and virial: JSON, under the names that i-PI knows. */
final class Extras {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Extras() {}

  /** Returns the JSON of an evaluation; nothing if there is nothing to say. */
  static byte[] of(Evaluation evaluation) {
    ObjectNode json = JSON.createObjectNode();
    if (evaluation.uncertainty() != null) {
      json.set("energy_uncertainty", JSON.valueToTree(evaluation.uncertainty()));
    }
    Evaluation.Ensemble ensemble = evaluation.ensemble();
    if (ensemble != null) {
      json.set("committee_pot", JSON.valueToTree(ensemble.energies()));
      if (ensemble.forces().length > 0) {
        json.set("committee_force", JSON.valueToTree(joined(ensemble.forces())));
        json.set("committee_virial", JSON.valueToTree(joined(ensemble.virials())));
      }
    }
    if (json.isEmpty()) {
      return new byte[0];
    }
    try {
      return JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("numbers cannot be written as JSON", impossible);
    }
  }

  private static double[] joined(double[][] members) {
    return java.util.Arrays.stream(members).flatMapToDouble(java.util.Arrays::stream).toArray();
  }
}
