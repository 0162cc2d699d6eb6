package org.cotangent.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.angular.SolidHarmonics;
import org.cotangent.autodiff.Tensor;

/**
 * What the peers of the atomistic suites work on, as JSON files, and what they have to find: {@code
 * NAME.json} with {@code types}, {@code positions} and {@code cell} of a system, and sums over its
 * results that do not depend on their order.
 */
final class AtomisticInputs {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AtomisticInputs() {}

  static void write(Path folder, List<Measurement> calls) throws IOException {
    for (Measurement call : calls) {
      Map<String, String> attributes = call.attributes();
      String name = attributes.getOrDefault("structure", attributes.getOrDefault("atoms", ""));
      Path file = folder.resolve((name.isEmpty() ? "vectors" : name) + ".json");
      if (!Files.exists(file)) {
        Files.write(file, JSON.writeValueAsBytes(content(attributes)));
      }
    }
  }

  private static ObjectNode content(Map<String, String> attributes) {
    if (attributes.containsKey("structure")) {
      Structure structure = Structure.valueOf(attributes.get("structure"));
      ObjectNode node = node(structure.system());
      node.put("hyperparameters", DescriptorsBenchmark.HYPERPARAMETERS);
      for (String name : List.of("spherical_expansion", "soap_power_spectrum")) {
        node.set(name, JSON.valueToTree(DescriptorsBenchmark.squares(name, structure)));
      }
      return node;
    }
    if (attributes.containsKey("atoms")) {
      System system = Structure.random(Integer.parseInt(attributes.get("atoms")));
      double[] vectors = NeighborsBenchmark.list(system).vectors();
      return node(system)
          .put("cutoff", NeighborsBenchmark.CUTOFF)
          .put("pairs", vectors.length / 3)
          .put("squares", squares(vectors));
    }
    Tensor vectors = HarmonicsBenchmark.vectors();
    SolidHarmonics harmonics = new SolidHarmonics(HarmonicsBenchmark.MAX_ANGULAR);
    Tensor values = harmonics.apply(vectors);
    ObjectNode node = JSON.createObjectNode().put("maxAngular", HarmonicsBenchmark.MAX_ANGULAR);
    node.set("vectors", JSON.valueToTree(vectors.toDoubleArray()));
    double[] squares = {
      squares(values.toDoubleArray()), squares(harmonics.gradient(values).toDoubleArray())
    };
    node.set("squares", JSON.valueToTree(squares));
    return node;
  }

  private static ObjectNode node(System system) {
    ObjectNode node = JSON.createObjectNode();
    node.set("types", JSON.valueToTree(system.types()));
    node.set("positions", JSON.valueToTree(system.positions().toDoubleArray()));
    node.set("cell", JSON.valueToTree(system.cell().toDoubleArray()));
    return node;
  }

  private static double squares(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum;
  }
}
