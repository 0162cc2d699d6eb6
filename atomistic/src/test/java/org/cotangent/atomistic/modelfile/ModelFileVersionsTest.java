package org.cotangent.atomistic.modelfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.AtomisticModel;
import org.cotangent.atomistic.model.ModelCapabilities;
import org.cotangent.atomistic.model.ModelJson;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.potentials.PotentialModel;
import org.cotangent.atomistic.potentials.SmallNetworks;
import org.cotangent.autodiff.DType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model file says of its model, now and in its first version. */
class ModelFileVersionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ModelMetadata METADATA =
      new ModelMetadata(
          "water",
          "Two networks.",
          List.of("A. Author"),
          new LinkedHashMap<>(Map.of("architecture", List.of("doi:10.1103/PhysRevLett.98.146401"))),
          new LinkedHashMap<>(Map.of("data", "none")));

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeFile() throws IOException {
    file = folder.resolve("model.cot");
    ModelFile.write(file, SmallNetworks.potential(DType.FLOAT32), METADATA);
  }

  @Test
  void comesBackAsItWas() throws IOException {
    AtomisticModel model = ModelFile.readModel(file);
    assertEquals(METADATA, model.metadata());
    assertEquals(METADATA, ModelFile.readMetadata(file));
    assertEquals(List.of(1, 8), model.capabilities().atomicTypes());
    assertEquals(3.5, model.capabilities().interactionRange());
    assertEquals(DType.FLOAT32, model.capabilities().dtype());
    assertSameEnergies(ModelFile.read(file));
  }

  private static void assertSameEnergies(LearnedPotential read) {
    List<System> systems = List.of(SmallNetworks.water(), SmallNetworks.crystal());
    assertArrayEquals(
        SmallNetworks.potential(DType.FLOAT32).evaluate(systems).energies().toDoubleArray(),
        read.evaluate(systems).energies().toDoubleArray());
  }

  /** What a file says of itself is read by whoever reads the JSON of metatomic. */
  @Test
  void carriesCapabilitiesAsMetatomicWritesThem() throws IOException {
    JsonNode model = JSON.readTree(ModelArchive.read(file).get("model.json"));
    ModelCapabilities read = ModelJson.readCapabilities(model.get("capabilities").toString());
    assertEquals(PotentialModel.capabilities(SmallNetworks.potential(DType.FLOAT32)), read);
  }

  /** Writes the file again with another description of the model. */
  private void change(Consumer<ObjectNode> change) throws IOException {
    SequencedMap<String, byte[]> members = new LinkedHashMap<>(ModelArchive.read(file));
    ObjectNode model = (ObjectNode) JSON.readTree(members.get("model.json"));
    change.accept(model);
    members.put("model.json", JSON.writeValueAsBytes(model));
    ModelArchive.write(file, members);
  }

  @Test
  void filesOfTheFirstVersionStayReadable() throws IOException {
    change(
        model -> {
          model.remove("metadata");
          model.put("version", 1).put("name", "old").put("description", "From before.");
          ObjectNode capabilities = model.putObject("capabilities");
          capabilities.put("length_unit", "angstrom").put("interaction_range", 3.5);
          capabilities.put("dtype", "float32").putArray("atomic_types").add(1).add(8);
          capabilities.putObject("outputs").putObject("energy").put("unit", "eV");
        });
    AtomisticModel model = ModelFile.readModel(file);
    assertEquals(ModelMetadata.of("old", "From before."), model.metadata());
    assertEquals(3.5, model.capabilities().interactionRange());
    assertSameEnergies(ModelFile.read(file));
  }
}
