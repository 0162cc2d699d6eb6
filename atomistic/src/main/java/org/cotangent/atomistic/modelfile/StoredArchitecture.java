package org.cotangent.atomistic.modelfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cotangent.atomistic.descriptors.NeighborDensity;
import org.cotangent.atomistic.learnedbasis.LearnedBasis;
import org.cotangent.atomistic.learnedbasis.LearnedBasisPotential;
import org.cotangent.atomistic.linearace.LinearAce;
import org.cotangent.atomistic.linearace.LinearAcePotential;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.potentials.NetworkPotential;
import org.cotangent.autodiff.nn.Activation;
import org.cotangent.autodiff.nn.Mlp;
import org.cotangent.autodiff.nn.Parameters;
import org.jspecify.annotations.Nullable;

/** The kinds of potentials that files hold: how each is described in JSON and made from it. */
enum StoredArchitecture {
  ELEMENT_NETWORKS("element-networks") {
    @Override
    boolean is(LearnedPotential potential) {
      return potential instanceof NetworkPotential;
    }

    @Override
    Parameters standard(LearnedPotential potential) {
      return ((NetworkPotential) potential).standard();
    }

    @Override
    void describe(LearnedPotential any, ObjectNode architecture) {
      NetworkPotential potential = (NetworkPotential) any;
      NeighborDensity density = potential.descriptor();
      ObjectNode descriptor = architecture.putObject("descriptor").put("name", "neighbor-density");
      put(descriptor, "types", density.types());
      descriptor
          .put("cutoff", density.cutoff())
          .put("radial", density.radial())
          .put("angular_radial", density.angularRadial())
          .put("max_angular", density.maxAngular());
      ObjectNode network = architecture.putObject("network");
      put(network, "sizes", potential.network().sizes());
      network.put("activation", potential.network().activation().name());
    }

    @Override
    LearnedPotential build(
        JsonNode architecture,
        Parameters weights,
        Parameters standard,
        SortedMap<Integer, Double> constants) {
      JsonNode density = architecture.path("descriptor");
      return new NetworkPotential(
          new NeighborDensity(
              integers(density.path("types")),
              density.path("cutoff").asDouble(),
              density.path("radial").asInt(),
              density.path("angular_radial").asInt(),
              density.path("max_angular").asInt()),
          network(architecture.path("network")),
          weights,
          standard,
          constants);
    }
  },

  LEARNED_BASIS("learned-basis") {
    @Override
    boolean is(LearnedPotential potential) {
      return potential instanceof LearnedBasisPotential;
    }

    @Override
    Parameters standard(LearnedPotential potential) {
      return ((LearnedBasisPotential) potential).standard();
    }

    @Override
    void describe(LearnedPotential potential, ObjectNode architecture) {
      LearnedBasis form = ((LearnedBasisPotential) potential).form();
      put(architecture, "types", form.types());
      architecture
          .put("cutoff", form.cutoff())
          .put("radial", form.radial())
          .put("max_angular", form.maxAngular())
          .put("channels", form.channels())
          .put("layers", form.layers());
      put(architecture, "hidden", form.hidden());
    }

    @Override
    LearnedPotential build(
        JsonNode architecture,
        Parameters weights,
        Parameters standard,
        SortedMap<Integer, Double> constants) {
      return new LearnedBasisPotential(
          new LearnedBasis(
              integers(architecture.path("types")),
              architecture.path("cutoff").asDouble(),
              architecture.path("radial").asInt(),
              architecture.path("max_angular").asInt(),
              architecture.path("channels").asInt(),
              architecture.path("layers").asInt(),
              integers(architecture.path("hidden"))),
          weights,
          standard,
          constants);
    }
  },

  LINEAR_ACE("linear-ace") {
    @Override
    boolean is(LearnedPotential potential) {
      return potential instanceof LinearAcePotential;
    }

    @Override
    Parameters standard(LearnedPotential potential) {
      return ((LinearAcePotential) potential).standard();
    }

    @Override
    void describe(LearnedPotential potential, ObjectNode architecture) {
      LinearAcePotential linear = (LinearAcePotential) potential;
      LinearAce form = linear.basis().form();
      put(architecture, "types", linear.types());
      architecture.put("cutoff", form.cutoff()).put("pair_cutoff", form.pairCutoff());
      put(architecture, "max_degree", form.maxDegree());
      put(architecture, "max_angular", form.maxAngular());
      architecture.put("angular_weight", form.angularWeight());
      ArrayNode occupancy = architecture.putArray("occupancy");
      for (int[] most : linear.basis().occupancy()) {
        ArrayNode row = occupancy.addArray();
        Arrays.stream(most).forEach(row::add);
      }
    }

    @Override
    LearnedPotential build(
        JsonNode architecture,
        Parameters weights,
        Parameters standard,
        SortedMap<Integer, Double> constants) {
      List<int[]> occupancy = new ArrayList<>();
      architecture
          .path("occupancy")
          .forEach(row -> occupancy.add(integers(row).stream().mapToInt(n -> n).toArray()));
      return LinearAcePotential.of(
          new LinearAce(
              architecture.path("cutoff").asDouble(),
              architecture.path("pair_cutoff").asDouble(),
              integers(architecture.path("max_degree")),
              integers(architecture.path("max_angular")),
              architecture.path("angular_weight").asDouble()),
          integers(architecture.path("types")),
          occupancy.toArray(int[][]::new),
          weights,
          standard,
          constants);
    }
  };

  private final String label;

  StoredArchitecture(String label) {
    this.label = label;
  }

  /** Returns its name in the file. */
  String label() {
    return label;
  }

  /** Returns whether a potential is of this kind. */
  abstract boolean is(LearnedPotential potential);

  /** Returns the numbers beside the weights, fixed before training. */
  abstract Parameters standard(LearnedPotential potential);

  /** Writes the hyper-parameters. */
  abstract void describe(LearnedPotential potential, ObjectNode architecture);

  /**
   * Makes a potential.
   *
   * @throws IllegalArgumentException if the parts do not fit together
   */
  abstract LearnedPotential build(
      JsonNode architecture,
      Parameters weights,
      Parameters standard,
      SortedMap<Integer, Double> constants);

  /** Returns the kind of a potential. */
  static StoredArchitecture of(LearnedPotential potential) {
    for (StoredArchitecture kind : values()) {
      if (kind.is(potential)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "model files hold no potentials of " + potential.getClass().getName());
  }

  /** Returns the kind of this name, or null if there is none. */
  static @Nullable StoredArchitecture named(String label) {
    for (StoredArchitecture kind : values()) {
      if (kind.label.equals(label)) {
        return kind;
      }
    }
    return null;
  }

  /** Returns all names. */
  static List<String> labels() {
    return Arrays.stream(values()).map(StoredArchitecture::label).toList();
  }

  static SortedMap<Integer, Double> constants(JsonNode node) {
    SortedMap<Integer, Double> constants = new TreeMap<>();
    node.properties()
        .forEach(
            entry -> constants.put(Integer.valueOf(entry.getKey()), entry.getValue().asDouble()));
    return constants;
  }

  private static Mlp network(JsonNode node) {
    String activation = node.path("activation").asText();
    for (Activation known : Activation.values()) {
      if (known.name().equals(activation)) {
        return new Mlp(integers(node.path("sizes")), known);
      }
    }
    throw new IllegalArgumentException("there is no activation '" + activation + "'");
  }

  private static List<Integer> integers(JsonNode node) {
    List<Integer> integers = new ArrayList<>();
    node.forEach(integer -> integers.add(integer.asInt()));
    return integers;
  }

  private static void put(ObjectNode node, String name, List<Integer> integers) {
    ArrayNode array = node.putArray(name);
    integers.forEach(array::add);
  }
}
