package org.cotangent.atomistic.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.cotangent.atomistic.neighbors.NeighborListOptions;
import org.cotangent.autodiff.DType;
import org.cotangent.metatensor.Labels;
import org.junit.jupiter.api.Test;

class ModelJsonTest {
  private static final SequencedMap<String, ModelOutput> OUTPUTS =
      new LinkedHashMap<>(
          Map.of(
              "energy",
              new ModelOutput("eV", SampleKind.ATOM, List.of("positions"), "by density")));

  @Test
  void numbersAreWrittenAsTheirBits() {
    NeighborListRequest request =
        new NeighborListRequest(
            new NeighborListOptions(3.5, true, false), "angstrom", List.of("Soap"));
    String json =
        "{\"class\":\"NeighborListOptions\",\"cutoff\":4615063718147915776,\"full_list\":true,"
            + "\"strict\":false,\"length_unit\":\"angstrom\",\"requestors\":[\"Soap\"]}";
    assertEquals(json, ModelJson.write(request));
    assertEquals(request, ModelJson.readNeighborListRequest(json));
  }

  @Test
  void capabilitiesComeBack() {
    for (double range : new double[] {0.1, Double.POSITIVE_INFINITY, -1}) {
      ModelCapabilities capabilities =
          new ModelCapabilities(
              OUTPUTS, List.of(1, 8), range, "A", List.of("cpu", "cuda"), DType.FLOAT32);
      assertEquals(capabilities, ModelJson.readCapabilities(ModelJson.write(capabilities)));
    }
  }

  @Test
  void optionsComeBackWithAndWithoutSelectedAtoms() {
    Labels selected = Labels.of(List.of("system", "atom"), new int[][] {{0, 3}, {1, 0}});
    for (Labels atoms : new Labels[] {null, selected}) {
      ModelEvaluationOptions options = new ModelEvaluationOptions("nm", OUTPUTS, atoms);
      assertEquals(options, ModelJson.readEvaluationOptions(ModelJson.write(options)));
    }
  }

  @Test
  void metadataComeBack() {
    ModelMetadata metadata =
        new ModelMetadata(
            "n",
            "d",
            List.of("a"),
            new LinkedHashMap<>(Map.of("model", List.of("x", "y"), "architecture", List.of())),
            new LinkedHashMap<>(Map.of("k", "v")));
    assertEquals(metadata, ModelJson.readMetadata(ModelJson.write(metadata)));
    assertEquals(ModelMetadata.of("", ""), ModelJson.readMetadata("{\"class\":\"ModelMetadata\"}"));
  }

  @Test
  void theOlderPerAtomStandsForTheSampleKind() {
    String json = "{\"class\": \"ModelOutput\", \"unit\": \"eV\", \"per_atom\": %s}";
    assertEquals(
        ModelOutput.of("eV", SampleKind.ATOM), ModelJson.readOutput(json.formatted("true")));
    assertEquals(
        ModelOutput.of("eV", SampleKind.SYSTEM), ModelJson.readOutput(json.formatted("false")));
  }

  private static void refused(String message, String json) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> ModelJson.readCapabilities(json))
            .getMessage());
  }

  @Test
  void saysWhatIsWrong() {
    refused(
        "the class of this JSON is 'ModelOutput', and should be 'ModelCapabilities'",
        "{\"class\": \"ModelOutput\"}");
    refused(
        "'interaction_range' of a ModelCapabilities must be an integer of 64 bits, it is missing",
        "{\"class\": \"ModelCapabilities\"}");
    refused(
        "'atomic_types' of a ModelCapabilities must be integers of 32 bits, it is [1.5]",
        "{\"class\": \"ModelCapabilities\", \"atomic_types\": [1.5], \"interaction_range\": 0}");
    refused("a JSON object is needed for a ModelCapabilities, this is []", "[]");
  }
}
