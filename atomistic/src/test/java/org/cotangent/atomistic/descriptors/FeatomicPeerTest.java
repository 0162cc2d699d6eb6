package org.cotangent.atomistic.descriptors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.equivariant.DensityCorrelations;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.metatensor.LabelsEntry;
import org.cotangent.metatensor.TensorMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The descriptors against featomic itself, with random hyper-parameters and systems. Needs a Python
 * with {@code featomic} and {@code ase}, whose path the environment variable {@code
 * COTANGENT_PEERS} gives.
 */
class FeatomicPeerTest {
  private static final int CASES = 45;

  /** Reads cases.json in a folder and writes NUMBER.mts for each case. */
  private static final String PROGRAM =
      """
      import json, sys
      import ase, metatensor
      from featomic.calculator_base import CalculatorBase
      from featomic.clebsch_gordan import DensityCorrelations

      folder = sys.argv[1]
      for number, case in enumerate(json.load(open(f"{folder}/cases.json"))):
          systems = [ase.Atoms(numbers=s["types"], positions=s["positions"], cell=s["cell"], pbc=s["pbc"])
                     for s in case["systems"]]
          if "basis" in case["hypers"]:  # the reference is exact, whatever is asked of ours
              case["hypers"]["basis"]["spline_accuracy"] = None
          calculator = CalculatorBase(case["name"], json.dumps(case["hypers"]))
          descriptor = calculator.compute(systems, gradients=case["gradients"])
          if case["correlations"] > 0:
              product = DensityCorrelations(
                  n_correlations=case["correlations"], max_angular=case["max_angular"],
                  skip_redundant=case["skip_redundant"])
              descriptor = product.compute(
                  descriptor.keys_to_properties("neighbor_type"), angular_cutoff=case["max_angular"])
          metatensor.save(f"{folder}/{number}.mts", descriptor)
      """;

  @TempDir private Path folder;

  @Test
  void randomHyperparametersGiveTheSameNumbers() throws Exception {
    String python = java.lang.System.getenv("COTANGENT_PEERS");
    Assumptions.assumeTrue(
        python != null && !python.isBlank() && run(python, "-c", "import featomic, ase").isEmpty(),
        "COTANGENT_PEERS does not name a Python with featomic and ase");
    ArrayNode cases = new ObjectMapper().createArrayNode();
    for (int seed = 0; seed < CASES; seed++) {
      cases.add(new RandomCase(seed).json());
    }
    new ObjectMapper().writeValue(folder.resolve("cases.json").toFile(), cases);
    String problem = run(python, "-c", PROGRAM, folder.toString());
    assertEquals("", problem);
    for (int k = 0; k < CASES; k++) {
      JsonNode json = cases.get(k);
      compare(TensorMap.load(folder.resolve(k + ".mts")), compute(json), json);
    }
  }

  /** Returns what a program says if it fails, otherwise nothing. */
  private String run(String... command) throws Exception {
    Path log = folder.resolve("python.log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("RAYON_NUM_THREADS", "1");
    Process process = builder.redirectOutput(log.toFile()).start();
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), "Python takes too long");
    return process.exitValue() == 0 ? "" : Files.readString(log, StandardCharsets.UTF_8) + "failed";
  }

  private static TensorMap compute(JsonNode json) {
    List<System> systems = new ArrayList<>();
    for (JsonNode system : json.get("systems")) {
      systems.add(RandomCase.system(system));
    }
    Set<PairGradient> gradients = new LinkedHashSet<>();
    json.get("gradients").forEach(name -> gradients.add(PairGradient.named(name.textValue())));
    TensorMap map =
        Descriptor.named(json.get("name").textValue(), json.get("hypers"))
            .compute(systems, gradients);
    int correlations = json.get("correlations").intValue();
    if (correlations == 0) {
      return map;
    }
    int highest = json.get("max_angular").intValue();
    Predicate<LabelsEntry> kept = key -> key.get("o3_lambda") <= highest;
    return new DensityCorrelations(correlations, json.get("skip_redundant").booleanValue())
        .of(map.keysToProperties("neighbor_type"), highest, kept);
  }

  /** Splines of ours are accurate to 1e-8, which sums over neighbors and slopes may multiply. */
  private static void compare(TensorMap expected, TensorMap found, JsonNode json) {
    ObjectNode hypers = (ObjectNode) json.get("hypers");
    boolean splined =
        hypers.has("basis")
            && (!hypers.get("basis").has("spline_accuracy")
                || !hypers.get("basis").get("spline_accuracy").isNull());
    double tolerance =
        splined ? 1e-7 : json.get("name").textValue().startsWith("lode") ? 1e-8 : 1e-9;
    String what = json.toString();
    assertEquals(expected.keys().names(), found.keys().names(), what);
    assertEquals(new LinkedHashSet<>(rows(expected)), new LinkedHashSet<>(rows(found)), what);
    LabelledNumbers.values(expected).assertSame(LabelledNumbers.values(found), tolerance, what);
    for (JsonNode gradient : json.get("gradients")) {
      // Theirs has rows of zeros for centers that nothing moves.
      LabelledNumbers theirs = LabelledNumbers.gradient(expected, gradient.textValue());
      double off = theirs.distance(LabelledNumbers.gradient(found, gradient.textValue()), 0);
      assertTrue(off <= tolerance * theirs.scale(), gradient + " is off by " + off + ": " + what);
    }
  }

  /** Keys, and the properties of their blocks, which must come in the same order. */
  private static List<String> rows(TensorMap map) {
    List<String> rows = new ArrayList<>();
    for (int k = 0; k < map.size(); k++) {
      rows.add(map.keys().entry(k) + " " + map.block(k).properties().print(-1, 0));
    }
    return rows;
  }
}
