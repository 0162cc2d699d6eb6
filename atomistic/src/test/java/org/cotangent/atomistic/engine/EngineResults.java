package org.cotangent.atomistic.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import org.cotangent.atomistic.potentials.EnergyDerivatives;
import org.cotangent.autodiff.Tensor;

/** What another program was told of a structure, as it wrote that, beside what the model gives. */
final class EngineResults {
  private EngineResults() {}

  /** Energies and forces must agree to a billionth. */
  static void assertEnergyAndForces(EnergyDerivatives expected, JsonNode found, String where) {
    double energy = expected.energies().at(0);
    assertEquals(energy, found.get("energy").asDouble(), 1e-9 * Math.abs(energy), where);
    assertClose(expected.forces(), found.get("forces"), where + ", forces");
  }

  /** Numbers must agree to a billionth of the largest. */
  static void assertClose(Tensor expected, JsonNode found, String where) {
    assertEquals(expected.size(), found.size(), where);
    double largest = 0;
    for (int k = 0; k < expected.size(); k++) {
      largest = Math.max(largest, Math.abs(expected.at(k)));
    }
    for (int k = 0; k < expected.size(); k++) {
      assertEquals(expected.at(k), found.get(k).asDouble(), 1e-9 * largest, where + " " + k);
    }
  }
}
