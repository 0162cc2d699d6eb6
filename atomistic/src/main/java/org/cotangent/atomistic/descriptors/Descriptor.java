package org.cotangent.atomistic.descriptors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.hyperparameters.Hyperparameters;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.metatensor.TensorMap;

/**
 * Something that turns systems into labelled numbers. Names, hyper-parameters, labels and values
 * are those of featomic's calculators where it has them, except for the axes of the gradients by
 * strain and cell, which are named here as they are filled: see {@link PairGradient}.
 *
 * @see <a href="https://metatensor.github.io/featomic/latest/references/calculators/index.html">the
 *     calculators of featomic</a>
 */
public interface Descriptor {
  /** The names of all descriptors. */
  List<String> NAMES =
      List.of(
          "spherical_expansion",
          "spherical_expansion_by_pair",
          "soap_radial_spectrum",
          "soap_power_spectrum",
          "lode_spherical_expansion",
          "radial_symmetry_functions",
          "angular_symmetry_functions",
          "neighbor_list",
          "sorted_distances",
          "atomic_composition");

  /**
   * Computes the descriptor. Values are on the tape where positions or cells are recorded; explicit
   * gradients too.
   *
   * @param systems of one element type
   * @param gradients which explicit gradients the result carries
   * @throws IllegalArgumentException if a system does not suit, or if there is no such gradient
   */
  TensorMap compute(List<System> systems, Set<PairGradient> gradients);

  /** Computes the descriptor without explicit gradients. */
  default TensorMap compute(List<System> systems) {
    return compute(systems, EnumSet.noneOf(PairGradient.class));
  }

  /**
   * Returns the descriptor of a name with hyper-parameters in JSON, that of featomic where it has
   * the descriptor too.
   *
   * @param name one of {@link #NAMES}
   * @throws IllegalArgumentException if there is no such descriptor, or if a hyper-parameter is
   *     missing, not known or not possible
   */
  static Descriptor named(String name, JsonNode hyperparameters) {
    Hyperparameters json = Hyperparameters.of(name, hyperparameters);
    return switch (name) {
      case "spherical_expansion" -> SphericalExpansion.read(json);
      case "spherical_expansion_by_pair" -> SphericalExpansionByPair.read(json);
      case "soap_radial_spectrum" -> RadialSpectrum.read(json);
      case "soap_power_spectrum" -> PowerSpectrum.read(json);
      case "lode_spherical_expansion" -> LodeSphericalExpansion.read(json);
      case "radial_symmetry_functions" -> RadialSymmetryFunctions.read(json);
      case "angular_symmetry_functions" -> AngularSymmetryFunctions.read(json);
      case "neighbor_list" -> NeighborVectors.read(json);
      case "sorted_distances" -> SortedDistances.read(json);
      case "atomic_composition" -> AtomicComposition.read(json);
      default ->
          throw new IllegalArgumentException(
              "there is no descriptor '" + name + "', it must be one of " + NAMES);
    };
  }
}
