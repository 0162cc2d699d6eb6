package org.cotangent.atomistic.modelfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cotangent.atomistic.descriptors.InvariantDescriptor;
import org.cotangent.atomistic.descriptors.NeighborDensity;
import org.cotangent.atomistic.descriptors.SoapInvariants;
import org.cotangent.atomistic.descriptors.SymmetryInvariants;
import org.cotangent.atomistic.learnedbasis.LearnedBasis;
import org.cotangent.atomistic.learnedbasis.LearnedBasisPotential;
import org.cotangent.atomistic.linearace.LinearAce;
import org.cotangent.atomistic.linearace.LinearAcePotential;
import org.cotangent.atomistic.potentials.CommitteePotential;
import org.cotangent.atomistic.potentials.LastLayerPotential;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.potentials.LlprPotential;
import org.cotangent.atomistic.potentials.RepulsionPotential;
import org.cotangent.autodiff.nn.Parameters;
import org.jspecify.annotations.Nullable;

/** The kinds of potentials that files hold: how each is described in JSON and made from it. */
enum StoredArchitecture {
  COMMITTEE("committee") {
    @Override
    boolean is(LearnedPotential potential) {
      return potential instanceof CommitteePotential;
    }

    @Override
    Parameters standard(LearnedPotential potential) {
      List<LearnedPotential> members = ((CommitteePotential) potential).members();
      Parameters.Builder all = Parameters.builder();
      for (int m = 0; m < members.size(); m++) {
        all.addAll(Integer.toString(m), of(members.get(m)).standard(members.get(m)));
      }
      return all.build();
    }

    @Override
    void describe(LearnedPotential potential, ObjectNode architecture) {
      ArrayNode members = architecture.putArray("members");
      ((CommitteePotential) potential)
          .members()
          .forEach(member -> describeWhole(member, members.addObject()));
    }

    @Override
    LearnedPotential build(
        JsonNode architecture,
        Parameters weights,
        Parameters standard,
        SortedMap<Integer, Double> constants) {
      List<LearnedPotential> members = new ArrayList<>();
      for (JsonNode member : architecture.path("members")) {
        String own = Integer.toString(members.size());
        members.add(buildWhole(member, part(weights, own), part(standard, own)));
      }
      return new CommitteePotential(members);
    }
  },

  LLPR("llpr") {
    @Override
    boolean is(LearnedPotential potential) {
      return potential instanceof LlprPotential;
    }

    @Override
    Parameters standard(LearnedPotential potential) {
      LlprPotential llpr = (LlprPotential) potential;
      return Parameters.builder()
          .addAll("uncertainty", llpr.standard())
          .addAll("potential", of(llpr.potential()).standard(llpr.potential()))
          .build();
    }

    @Override
    void describe(LearnedPotential potential, ObjectNode architecture) {
      describeWhole(((LlprPotential) potential).potential(), architecture.putObject("potential"));
    }

    @Override
    LearnedPotential build(
        JsonNode architecture,
        Parameters weights,
        Parameters standard,
        SortedMap<Integer, Double> constants) {
      if (buildWhole(architecture.path("potential"), weights, part(standard, "potential"))
          instanceof LastLayerPotential potential) {
        return new LlprPotential(potential, part(standard, "uncertainty"));
      }
      throw new IllegalArgumentException(
          "a potential of architecture '%s' has no last layer"
              .formatted(architecture.path("potential").path("name").asText()));
    }
  },

  REPULSION("zbl") {
    @Override
    boolean is(LearnedPotential potential) {
      return potential instanceof RepulsionPotential;
    }

    @Override
    Parameters standard(LearnedPotential potential) {
      LearnedPotential learned = ((RepulsionPotential) potential).learned();
      return of(learned).standard(learned);
    }

    @Override
    void describe(LearnedPotential potential, ObjectNode architecture) {
      describeWhole(((RepulsionPotential) potential).learned(), architecture.putObject("learned"));
    }

    @Override
    LearnedPotential build(
        JsonNode architecture,
        Parameters weights,
        Parameters standard,
        SortedMap<Integer, Double> constants) {
      return new RepulsionPotential(buildWhole(architecture.path("learned"), weights, standard));
    }
  },

  ELEMENT_NETWORKS("element-networks", NeighborDensity.class),
  SOAP_NETWORKS("soap-nn", SoapInvariants.class),
  BEHLER_PARRINELLO("behler-parrinello", SymmetryInvariants.class),

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

  /** What networks see, where it is a kind of element networks. */
  private final @Nullable Class<? extends InvariantDescriptor> invariants;

  StoredArchitecture(String label) {
    this.label = label;
    this.invariants = null;
  }

  StoredArchitecture(String label, Class<? extends InvariantDescriptor> invariants) {
    this.label = label;
    this.invariants = invariants;
  }

  /** Returns its name in the file. */
  String label() {
    return label;
  }

  /** Returns whether a potential is of this kind. */
  boolean is(LearnedPotential potential) {
    return invariants != null && StoredNetworks.is(potential, invariants);
  }

  /** Returns the numbers beside the weights, fixed before training. */
  Parameters standard(LearnedPotential potential) {
    return StoredNetworks.standard(potential);
  }

  /** Writes the hyper-parameters. */
  void describe(LearnedPotential potential, ObjectNode architecture) {
    StoredNetworks.describe(potential, architecture);
  }

  /**
   * Makes a potential.
   *
   * @throws IllegalArgumentException if the parts do not fit together
   */
  LearnedPotential build(
      JsonNode architecture,
      Parameters weights,
      Parameters standard,
      SortedMap<Integer, Double> constants) {
    return StoredNetworks.build(architecture, weights, standard, constants);
  }

  /** Writes all of a potential but its numbers: name, hyper-parameters and constant energies. */
  static void describeWhole(LearnedPotential potential, ObjectNode architecture) {
    StoredArchitecture kind = of(potential);
    architecture.put("name", kind.label);
    kind.describe(potential, architecture);
    ObjectNode constants = architecture.putObject("constant_energies");
    potential.constants().forEach((type, energy) -> constants.put(String.valueOf(type), energy));
  }

  /**
   * Makes a potential from what {@link #describeWhole} wrote.
   *
   * @throws IllegalArgumentException if its name is not known or the parts do not fit together
   */
  static LearnedPotential buildWhole(
      JsonNode architecture, Parameters weights, Parameters standard) {
    String name = architecture.path("name").asText();
    StoredArchitecture kind = named(name);
    if (kind == null) {
      throw new IllegalArgumentException(
          "there is no architecture '%s', known are %s".formatted(name, labels()));
    }
    return kind.build(
        architecture, weights, standard, constants(architecture.path("constant_energies")));
  }

  /** Returns the numbers of a part of a potential, which may have none. */
  private static Parameters part(Parameters all, String prefix) {
    return all.contains(prefix) ? all.under(prefix) : Parameters.empty();
  }

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

  private static SortedMap<Integer, Double> constants(JsonNode node) {
    SortedMap<Integer, Double> constants = new TreeMap<>();
    node.properties()
        .forEach(
            entry -> constants.put(Integer.valueOf(entry.getKey()), entry.getValue().asDouble()));
    return constants;
  }

  static List<Integer> integers(JsonNode node) {
    List<Integer> integers = new ArrayList<>();
    node.forEach(integer -> integers.add(integer.asInt()));
    return integers;
  }

  static void put(ObjectNode node, String name, List<Integer> integers) {
    ArrayNode array = node.putArray(name);
    integers.forEach(array::add);
  }
}
