package org.cotangent.atomistic.descriptors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import org.cotangent.atomistic.RandomSystems;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.Tensor;

/** A descriptor that featomic has too, with random hyper-parameters, for random systems. */
final class RandomCase {
  private static final List<String> NAMES =
      List.of(
          "spherical_expansion",
          "soap_power_spectrum",
          "soap_radial_spectrum",
          "spherical_expansion_by_pair",
          "lode_spherical_expansion",
          "density_correlations",
          "neighbor_list",
          "sorted_distances",
          "atomic_composition");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Random random;
  private final int seed;

  RandomCase(int seed) {
    this.seed = seed;
    random = new Random(seed);
  }

  private double between(double low, double high) {
    return random.nextDouble(low, high);
  }

  private boolean maybe() {
    return random.nextBoolean();
  }

  /** {@code {"name", "hypers", "systems", "gradients", "correlations", …}}. */
  ObjectNode json() {
    String name = NAMES.get(seed % NAMES.size());
    boolean correlated = name.equals("density_correlations");
    ObjectNode json = MAPPER.createObjectNode();
    json.put("name", correlated ? "spherical_expansion" : name);
    json.put("correlations", correlated ? 1 + random.nextInt(2) : 0);
    json.put("max_angular", 2 + random.nextInt(2));
    json.put("skip_redundant", maybe());
    double radius = between(1.8, 4.2);
    json.set(
        "hypers",
        switch (name) {
          case "lode_spherical_expansion" -> lode();
          case "neighbor_list" ->
              MAPPER
                  .createObjectNode()
                  .put("cutoff", radius)
                  .put("full_neighbor_list", true)
                  .put("self_pairs", maybe());
          case "sorted_distances" ->
              MAPPER
                  .createObjectNode()
                  .put("cutoff", radius)
                  .put("max_neighbors", 1 + random.nextInt(12))
                  .put("separate_neighbor_types", maybe());
          case "atomic_composition" -> MAPPER.createObjectNode().put("per_system", maybe());
          default -> density(radius, name.equals("soap_radial_spectrum"), correlated);
        });
    systems(json.putArray("systems"), name);
    gradients(json.putArray("gradients"), name);
    return json;
  }

  private void gradients(ArrayNode gradients, String name) {
    switch (name) {
      case "sorted_distances", "density_correlations", "atomic_composition", "neighbor_list" -> {}
      case "lode_spherical_expansion" -> add(gradients, "positions");
      default -> {
        add(gradients, "positions");
        add(gradients, "strain");
        add(gradients, "cell");
      }
    }
  }

  private void add(ArrayNode names, String name) {
    if (random.nextInt(3) > 0) {
      names.add(name);
    }
  }

  private void systems(ArrayNode systems, String name) {
    boolean periodic = name.equals("lode_spherical_expansion");
    int count = 1 + random.nextInt(3);
    for (int s = 0; s < count; s++) {
      int atoms = 3 + random.nextInt(4);
      long own = random.nextLong();
      System system =
          periodic || maybe()
              ? RandomSystems.crystal(own, atoms)
              : RandomSystems.molecule(own, atoms);
      ObjectNode json = systems.addObject();
      json.set("types", MAPPER.valueToTree(system.types()));
      json.set("positions", rows(system.positions()));
      json.set("cell", rows(system.cell()));
      json.set("pbc", MAPPER.valueToTree(system.pbc()));
    }
  }

  private static JsonNode rows(Tensor matrix) {
    ArrayNode rows = MAPPER.createArrayNode();
    for (int i = 0; i < matrix.dim(0); i++) {
      rows.addArray().add(matrix.get(i, 0)).add(matrix.get(i, 1)).add(matrix.get(i, 2));
    }
    return rows;
  }

  /** The system that {@link #json} describes. */
  static System system(JsonNode json) {
    JsonNode rows = json.get("positions");
    double[] positions = new double[3 * rows.size()];
    double[] cell = new double[9];
    for (int k = 0; k < positions.length; k++) {
      positions[k] = rows.get(k / 3).get(k % 3).doubleValue();
    }
    for (int k = 0; k < 9; k++) {
      cell[k] = json.get("cell").get(k / 3).get(k % 3).doubleValue();
    }
    boolean periodic = json.get("pbc").get(0).booleanValue();
    return new System(
        MAPPER.convertValue(json.get("types"), int[].class),
        Tensor.of(positions, rows.size(), 3),
        Tensor.of(cell, 3, 3),
        new boolean[] {periodic, periodic, periodic});
  }

  // ------------------------------------------------------------------------- hyper-parameters

  private ObjectNode density(double radius, boolean radialOnly, boolean small) {
    ObjectNode hypers = MAPPER.createObjectNode();
    ObjectNode cutoff = hypers.putObject("cutoff").put("radius", radius);
    if (maybe()) {
      cutoff.putObject("smoothing").put("type", "Step");
    } else {
      cutoff.putObject("smoothing").put("type", "ShiftedCosine").put("width", between(0.1, radius));
    }
    boolean points = random.nextInt(4) == 0;
    ObjectNode density =
        hypers.putObject("density").put("type", points ? "DiracDelta" : "Gaussian");
    if (!points) {
      density.put("width", between(0.25, 0.9));
    }
    if (maybe()) {
      density.put("center_atom_weight", between(-0.5, 2));
    }
    if (maybe()) {
      density
          .putObject("scaling")
          .put("type", "Willatt2018")
          .put("scale", between(1, 4))
          .put("rate", between(0.3, 2))
          .put("exponent", maybe() ? 1 + random.nextInt(7) : between(0.5, 6));
    } else if (maybe()) {
      density.putNull("scaling");
    }
    ObjectNode basis = hypers.putObject("basis");
    boolean lower = small;
    if (radialOnly) {
      basis.set("radial", radial(points, radius, lower));
    } else {
      basis(basis, () -> radial(points, radius, lower), small ? 2 : 5);
    }
    splines(basis);
    return hypers;
  }

  private void splines(ObjectNode basis) {
    switch (random.nextInt(3)) {
      case 0 -> basis.put("spline_accuracy", 1e-8);
      case 1 -> {}
      default -> basis.putNull("spline_accuracy");
    }
  }

  private void basis(
      ObjectNode basis, java.util.function.Supplier<ObjectNode> radial, int highest) {
    if (maybe()) {
      basis.put("type", "TensorProduct").put("max_angular", random.nextInt(highest + 1));
      basis.set("radial", radial.get());
      return;
    }
    ObjectNode byAngular = basis.put("type", "Explicit").putObject("by_angular");
    for (int l = 0; l <= highest; l++) {
      if (maybe() || l == 1) {
        byAngular.set(Integer.toString(l), radial.get());
      }
    }
  }

  private ObjectNode radial(boolean points, double radius, boolean small) {
    ObjectNode radial = MAPPER.createObjectNode();
    if (!points) {
      radial.put("type", "Gto").put("max_radial", random.nextInt(small ? 2 : 6));
      if (random.nextInt(3) == 0) {
        radial.put("radius", radius); // no other is accepted there
      }
      return radial;
    }
    ArrayNode table = radial.put("type", "Tabulated").putArray("points");
    int functions = 1 + random.nextInt(small ? 2 : 4);
    double[] frequency = random.doubles(functions, 0.5, 3).toArray();
    int count = 4 + random.nextInt(20);
    double r = 0;
    while (r < radius + 1e-9 || table.size() < 2) {
      point(table.addObject(), r, frequency);
      r += between(0.3, 1.7) * radius / count;
    }
    point(table.addObject(), r, frequency);
    return radial;
  }

  private static void point(ObjectNode point, double r, double[] frequency) {
    point.put("position", r);
    ArrayNode values = point.putArray("values");
    ArrayNode derivatives = point.putArray("derivatives");
    for (double w : frequency) {
      values.add(Math.cos(w * r));
      derivatives.add(-w * Math.sin(w * r));
    }
  }

  private ObjectNode lode() {
    ObjectNode hypers = MAPPER.createObjectNode();
    ObjectNode density =
        hypers
            .putObject("density")
            .put("type", "SmearedPowerLaw")
            .put("smearing", between(0.7, 1.4))
            .put("exponent", random.nextInt(7));
    if (maybe()) {
      density.put("center_atom_weight", between(-0.5, 2));
    }
    if (maybe()) {
      hypers.put("k_cutoff", between(2, 5));
    }
    ObjectNode basis = hypers.putObject("basis");
    basis(
        basis,
        () ->
            MAPPER
                .createObjectNode()
                .put("type", "Gto")
                .put("max_radial", random.nextInt(4))
                .put("radius", between(1.5, 4)),
        4);
    splines(basis);
    return hypers;
  }
}
