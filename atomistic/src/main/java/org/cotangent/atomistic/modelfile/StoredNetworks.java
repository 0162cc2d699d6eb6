package org.cotangent.atomistic.modelfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SortedMap;
import org.cotangent.atomistic.descriptors.InvariantDescriptor;
import org.cotangent.atomistic.descriptors.NeighborDensity;
import org.cotangent.atomistic.descriptors.SoapInvariants;
import org.cotangent.atomistic.descriptors.SymmetryInvariants;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.potentials.NetworkPotential;
import org.cotangent.autodiff.nn.Activation;
import org.cotangent.autodiff.nn.Mlp;
import org.cotangent.autodiff.nn.Parameters;

/** How element networks on invariants of any kind are described in JSON and made from it. */
final class StoredNetworks {
  private StoredNetworks() {}

  /** Returns whether a potential is made of networks on these invariants. */
  static boolean is(LearnedPotential potential, Class<? extends InvariantDescriptor> descriptor) {
    return potential instanceof NetworkPotential networks
        && descriptor.isInstance(networks.descriptor());
  }

  static Parameters standard(LearnedPotential potential) {
    return ((NetworkPotential) potential).standard();
  }

  static void describe(LearnedPotential any, ObjectNode architecture) {
    NetworkPotential potential = (NetworkPotential) any;
    ObjectNode json = architecture.putObject("descriptor");
    json.put("name", name(potential.descriptor()));
    StoredArchitecture.put(json, "types", potential.types());
    json.put("cutoff", potential.cutoff());
    switch (potential.descriptor()) {
      case NeighborDensity density ->
          json.put("radial", density.radial())
              .put("angular_radial", density.angularRadial())
              .put("max_angular", density.maxAngular());
      case SoapInvariants soap ->
          json.put("cutoff_width", soap.cutoffWidth())
              .put("density_width", soap.densityWidth())
              .put("max_radial", soap.maxRadial())
              .put("max_angular", soap.maxAngular());
      case SymmetryInvariants functions -> {
        json.put("radial", functions.radial()).put("angular_radial", functions.angularRadial());
        StoredArchitecture.put(json, "zetas", functions.zetas());
      }
    }
    ObjectNode network = architecture.putObject("network");
    StoredArchitecture.put(network, "sizes", potential.network().sizes());
    network.put("activation", potential.network().activation().name());
  }

  private static String name(InvariantDescriptor descriptor) {
    return switch (descriptor) {
      case NeighborDensity density -> "neighbor-density";
      case SoapInvariants soap -> "soap-invariants";
      case SymmetryInvariants functions -> "symmetry-invariants";
    };
  }

  static LearnedPotential build(
      JsonNode architecture,
      Parameters weights,
      Parameters standard,
      SortedMap<Integer, Double> constants) {
    return new NetworkPotential(
        descriptor(architecture.path("descriptor")),
        network(architecture.path("network")),
        weights,
        standard,
        constants);
  }

  private static InvariantDescriptor descriptor(JsonNode json) {
    List<Integer> types = StoredArchitecture.integers(json.path("types"));
    double cutoff = json.path("cutoff").asDouble();
    String name = json.path("name").asText();
    return switch (name) {
      case "neighbor-density" ->
          new NeighborDensity(
              types,
              cutoff,
              json.path("radial").asInt(),
              json.path("angular_radial").asInt(),
              json.path("max_angular").asInt());
      case "soap-invariants" ->
          new SoapInvariants(
              types,
              cutoff,
              json.path("cutoff_width").asDouble(),
              json.path("density_width").asDouble(),
              json.path("max_radial").asInt(),
              json.path("max_angular").asInt());
      case "symmetry-invariants" ->
          new SymmetryInvariants(
              types,
              cutoff,
              json.path("radial").asInt(),
              json.path("angular_radial").asInt(),
              StoredArchitecture.integers(json.path("zetas")));
      default -> throw new IllegalArgumentException("there is no descriptor '" + name + "'");
    };
  }

  private static Mlp network(JsonNode node) {
    String activation = node.path("activation").asText();
    for (Activation known : Activation.values()) {
      if (known.name().equals(activation)) {
        return new Mlp(StoredArchitecture.integers(node.path("sizes")), known);
      }
    }
    throw new IllegalArgumentException("there is no activation '" + activation + "'");
  }
}
