package org.cotangent.atomistic.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.Descriptor;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.autodiff.conformance.ConformanceCases;
import org.cotangent.metatensor.TensorMap;

/** The descriptors: op and name are the same, except for the neighbor list. */
public final class DescriptorCases {
  private static final List<String> NAMES =
      List.of(
          "spherical_expansion",
          "spherical_expansion_by_pair",
          "soap_radial_spectrum",
          "soap_power_spectrum",
          "lode_spherical_expansion",
          "sorted_distances",
          "atomic_composition");

  private DescriptorCases() {}

  /** Registers all of them. */
  public static ConformanceCases register(ConformanceCases cases) {
    for (String name : NAMES) {
      cases.on(name, call -> describe(name, call));
    }
    return cases.on("neighbor_list_calculator", call -> describe("neighbor_list", call));
  }

  private static Object describe(String name, ConformanceCall call) throws IOException {
    Set<PairGradient> gradients = new LinkedHashSet<>();
    for (String parameter : call.textsArg("gradients")) {
      gradients.add(PairGradient.named(parameter));
    }
    List<System> systems = new ArrayList<>();
    for (JsonNode json : (JsonNode) call.input("systems")) {
      systems.add(Systems.of(json));
    }
    TensorMap map = Descriptor.named(name, call.arg("hypers")).compute(systems, gradients);
    return new DescribedMap(map, name.equals("neighbor_list"));
  }
}
