package org.cotangent.atomistic.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.potentials.EnergyDerivatives;
import org.cotangent.atomistic.potentials.LennardJones;
import org.cotangent.atomistic.potentials.Morse;
import org.cotangent.atomistic.potentials.PairInteraction;
import org.cotangent.atomistic.potentials.PairPotential;
import org.cotangent.autodiff.conformance.ConformanceCall;

/** Op {@code pair_energy}. */
public final class PairCases {
  private PairCases() {}

  public static Object pairEnergy(ConformanceCall call) throws IOException {
    System system = Systems.of((JsonNode) call.input("system"));
    List<Integer> types = IntStream.of(system.types()).boxed().distinct().toList();
    PairPotential potential = PairPotential.of(types, interaction(call.arg("potential")));
    EnergyDerivatives found = EnergyDerivatives.of(potential, List.of(system));
    Map<String, Object> outputs = new LinkedHashMap<>();
    outputs.put("energy", found.energies().at(0));
    outputs.put("energies", found.atomicEnergies());
    outputs.put("forces", found.forces());
    outputs.put("strain_gradient", found.strainGradients().getFirst());
    if (system.pbc(0) && system.pbc(1) && system.pbc(2)) {
      outputs.put("stress", found.stress(0));
      outputs.put("stress_voigt", found.stressVoigt(0));
    }
    return outputs;
  }

  private static PairInteraction interaction(JsonNode node) {
    double epsilon = node.get("epsilon").doubleValue();
    if (node.get("type").textValue().equals("morse")) {
      return Morse.of(
          epsilon,
          node.get("rho0").doubleValue(),
          node.get("r0").doubleValue(),
          node.get("rcut1").doubleValue(),
          node.get("rcut2").doubleValue());
    }
    double sigma = node.get("sigma").doubleValue();
    double cutoff = node.get("cutoff").doubleValue();
    return node.get("smooth").booleanValue()
        ? LennardJones.smooth(epsilon, sigma, node.get("onset").doubleValue(), cutoff)
        : LennardJones.shifted(epsilon, sigma, cutoff);
  }
}
