package org.cotangent.atomistic.descriptors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.cotangent.atomistic.neighbors.PairGradient;

/** Every descriptor with hyper-parameters that use what it offers; the cutoff is 3 Å in all. */
final class DescriptorExamples {
  static final double CUTOFF = 3;

  private DescriptorExamples() {}

  /**
   * One of them.
   *
   * @param name as in {@link Descriptor#NAMES}
   * @param gradients the explicit gradients that it has
   */
  record Example(String name, String json, Set<PairGradient> gradients) {
    Descriptor descriptor() {
      return DescriptorExamples.descriptor(name, json);
    }

    boolean needsPeriodicity() {
      return name.equals("lode_spherical_expansion");
    }

    @Override
    public String toString() {
      return name + " " + json.replaceAll("\\s+", " ");
    }
  }

  static Descriptor descriptor(String name, String json) {
    try {
      return Descriptor.named(name, new ObjectMapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static final String GAUSSIANS =
      """
      {"cutoff": {"radius": 3.0, "smoothing": {"type": "ShiftedCosine", "width": 0.9}},
       "density": {"type": "Gaussian", "width": 0.5},
       "basis": {"type": "TensorProduct", "max_angular": 3,
                 "radial": {"type": "Gto", "max_radial": 1}, "spline_accuracy": null}}
      """;

  private static final String SPLINED =
      """
      {"cutoff": {"radius": 3.0, "smoothing": {"type": "Polynomial", "power": 6}},
       "density": {"type": "Gaussian", "width": 0.6, "center_atom_weight": 0.4,
                   "scaling": {"type": "Willatt2018", "scale": 2.0, "rate": 1.2, "exponent": 4}},
       "basis": {"type": "Explicit", "spline_accuracy": 1e-4,
                 "by_angular": {"0": {"type": "Gto", "max_radial": 2},
                                "2": {"type": "Gto", "max_radial": 1, "radius": 3.0}}}}
      """;

  private static final String POINTS =
      """
      {"cutoff": {"radius": 3.0, "smoothing": {"type": "Smoothstep", "width": 1.5, "order": 3}},
       "density": {"type": "DiracDelta"},
       "basis": {"type": "TensorProduct", "max_angular": 2,
                 "radial": {"type": "Chebyshev", "max_radial": 2}, "spline_accuracy": null}}
      """;

  private static final String WAVES =
      """
      {"cutoff": {"radius": 3.0, "smoothing": {"type": "ExponentialBump", "width": 2.0}},
       "density": {"type": "DiracDelta", "center_atom_weight": 0},
       "basis": {"type": "TensorProduct", "max_angular": 2,
                 "radial": {"type": "Bessel", "max_radial": 2}}}
      """;

  /** Returns all of them. */
  static List<Example> all() {
    List<Example> all = new ArrayList<>();
    Set<PairGradient> every = EnumSet.allOf(PairGradient.class);
    for (String json : List.of(GAUSSIANS, SPLINED, POINTS, WAVES)) {
      all.add(new Example("spherical_expansion", json, every));
      all.add(new Example("soap_power_spectrum", json, every));
    }
    all.add(new Example("spherical_expansion_by_pair", GAUSSIANS, every));
    all.add(new Example("spherical_expansion_by_pair", WAVES, every));
    all.add(new Example("soap_radial_spectrum", radial(GAUSSIANS), every));
    all.add(new Example("soap_radial_spectrum", radial(POINTS), every));
    // Waves as long as the cutoff add 1e-14: differences by the cell see them enter and leave.
    for (int exponent : new int[] {0, 1, 6}) {
      all.add(
          new Example(
              "lode_spherical_expansion",
              """
              {"density": {"type": "SmearedPowerLaw", "smearing": 1.2, "exponent": %d,
                           "center_atom_weight": 0.7},
               "basis": {"type": "TensorProduct", "max_angular": 2,
                         "radial": {"type": "Gto", "max_radial": 1, "radius": 3.0}},
               "k_cutoff": 6.5}
              """
                  .formatted(exponent),
              every));
    }
    all.add(
        new Example(
            "radial_symmetry_functions",
            """
            {"cutoff": {"radius": 3.0, "smoothing": {"type": "ShiftedCosine", "width": 3.0}},
             "functions": [{}, {"eta": 0.5}, {"eta": 4.0, "shift": 1.5}, {"kappa": 2.0}]}
            """,
            every));
    all.add(
        new Example(
            "angular_symmetry_functions",
            """
            {"cutoff": {"radius": 3.0, "smoothing": {"type": "Polynomial", "power": 4}},
             "functions": [{"type": "G4", "eta": 0.1, "zeta": 1, "lambda": 1},
                           {"type": "G5", "eta": 0.2, "zeta": 4, "lambda": -1},
                           {"type": "G4", "eta": 0.5, "zeta": 2.5, "lambda": -1, "shift": 1.1}]}
            """,
            every));
    all.add(
        new Example(
            "neighbor_list",
            "{\"cutoff\": 3.0, \"full_neighbor_list\": true, \"self_pairs\": true}",
            every));
    for (boolean separate : new boolean[] {true, false}) {
      all.add(
          new Example(
              "sorted_distances",
              "{\"cutoff\": 3.0, \"max_neighbors\": 7, \"separate_neighbor_types\": "
                  + separate
                  + "}",
              every));
      all.add(new Example("atomic_composition", "{\"per_system\": " + separate + "}", every));
    }
    return all;
  }

  private static String radial(String json) {
    return json.replace("\"type\": \"TensorProduct\", ", "")
        .replaceAll("\"max_angular\": .,\\s*", "");
  }
}
