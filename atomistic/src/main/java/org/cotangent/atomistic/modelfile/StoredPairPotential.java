package org.cotangent.atomistic.modelfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.Model;
import org.cotangent.atomistic.model.ModelArchitecture;
import org.cotangent.atomistic.model.ModelOutput;
import org.cotangent.atomistic.model.StorableModel;
import org.cotangent.atomistic.potentials.CovalentZbl;
import org.cotangent.atomistic.potentials.LennardJones;
import org.cotangent.atomistic.potentials.Morse;
import org.cotangent.atomistic.potentials.PairInteraction;
import org.cotangent.atomistic.potentials.PairPotential;
import org.cotangent.atomistic.potentials.PotentialModel;
import org.cotangent.atomistic.potentials.QuinticCutoff;
import org.cotangent.atomistic.potentials.Zbl;
import org.cotangent.autodiff.DType;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * A pair potential in a file: its parameters are hyper-parameters, it has no weights.
 *
 * @param potential what is stored
 */
record StoredPairPotential(PairPotential potential) implements StorableModel {
  static final String NAME = "pair-potential";

  @Override
  public String architecture() {
    return NAME;
  }

  @Override
  public ObjectNode hyperparameters(ObjectNode json) {
    ArrayNode types = json.putArray("types");
    potential.types().forEach(types::add);
    json.put("precision", potential.dtype() == DType.FLOAT64 ? 64 : 32);
    ObjectNode interaction = json.putObject("interaction");
    switch (potential.interaction()) {
      case LennardJones lj -> {
        interaction
            .put("name", "lennard-jones")
            .put("epsilon", lj.epsilon())
            .put("sigma", lj.sigma())
            .put("cutoff", lj.cutoff());
        if (lj.smoothing() != null) {
          interaction.put("onset", lj.smoothing().onset());
        }
      }
      case Morse morse ->
          interaction
              .put("name", "morse")
              .put("epsilon", morse.epsilon())
              .put("rho0", morse.rho0())
              .put("r0", morse.r0())
              .put("onset", morse.smoothing().onset())
              .put("cutoff", morse.cutoff());
      case Zbl zbl ->
          interaction
              .put("name", "zbl")
              .put("onset", zbl.smoothing().onset())
              .put("cutoff", zbl.cutoff());
      case CovalentZbl _ -> interaction.put("name", "covalent-zbl");
    }
    return json;
  }

  @Override
  public Map<String, TensorMap> weights() {
    return Map.of();
  }

  @Override
  public Map<String, TensorMap> evaluate(
      List<System> systems, Map<String, ModelOutput> outputs, @Nullable Labels selectedAtoms) {
    return new PotentialModel(potential).evaluate(systems, outputs, selectedAtoms);
  }

  /** Makes the potential again. */
  static final class Architecture implements ModelArchitecture {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Model read(ObjectNode json, Map<String, TensorMap> weights) {
      List<Integer> types = new ArrayList<>();
      json.path("types").forEach(type -> types.add(type.asInt()));
      return new PotentialModel(
          new PairPotential(
              types,
              interaction(json.path("interaction"), types),
              json.path("precision").asInt() == 32 ? DType.FLOAT32 : DType.FLOAT64));
    }

    private static PairInteraction interaction(JsonNode json, List<Integer> types) {
      String name = json.path("name").asText();
      double cutoff = json.path("cutoff").asDouble();
      double onset = json.path("onset").asDouble();
      double epsilon = json.path("epsilon").asDouble();
      return switch (name) {
        case "lennard-jones" -> {
          double sigma = json.path("sigma").asDouble();
          yield json.has("onset")
              ? LennardJones.smooth(epsilon, sigma, onset, cutoff)
              : LennardJones.shifted(epsilon, sigma, cutoff);
        }
        case "morse" ->
            new Morse(
                epsilon,
                json.path("rho0").asDouble(),
                json.path("r0").asDouble(),
                new QuinticCutoff(onset, cutoff));
        case "zbl" -> Zbl.of(onset, cutoff);
        case "covalent-zbl" -> new CovalentZbl(types);
        default ->
            throw new IllegalArgumentException(
                "the interaction '%s' is none of lennard-jones, morse, zbl and covalent-zbl"
                    .formatted(name));
      };
    }
  }
}
