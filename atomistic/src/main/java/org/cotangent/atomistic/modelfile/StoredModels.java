package org.cotangent.atomistic.modelfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.cotangent.atomistic.model.AtomisticModel;
import org.cotangent.atomistic.model.Model;
import org.cotangent.atomistic.model.ModelArchitecture;
import org.cotangent.atomistic.model.ModelJson;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.model.StorableModel;
import org.cotangent.metatensor.MetatensorException;
import org.cotangent.metatensor.TensorMap;

/** The members of a file for models of any {@link ModelArchitecture}. */
final class StoredModels {
  private static final String SUFFIX = ".mts";
  private static final String FOLDER = "weights/";

  private static final ObjectMapper JSON = new ObjectMapper();

  private StoredModels() {}

  /** Returns the description of a model and its weights. */
  static SequencedMap<String, byte[]> members(AtomisticModel wrapped, StorableModel model)
      throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", ModelFile.FORMAT).put("version", ModelFile.VERSION);
    json.set("metadata", JSON.readTree(ModelJson.write(wrapped.metadata())));
    ObjectNode architecture = json.putObject("architecture").put("name", model.architecture());
    architecture.set("hyperparameters", model.hyperparameters(JSON.createObjectNode()));
    json.set("capabilities", JSON.readTree(ModelJson.write(wrapped.declaredCapabilities())));
    SequencedMap<String, byte[]> members = new LinkedHashMap<>();
    members.put(ModelFile.MODEL, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    for (Map.Entry<String, TensorMap> weights : new TreeMap<>(model.weights()).entrySet()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      weights.getValue().save(bytes);
      members.put(FOLDER + weights.getKey() + SUFFIX, bytes.toByteArray());
    }
    return members;
  }

  /**
   * Returns the model that a file describes.
   *
   * @param known architectures besides those that are found as services
   * @throws ModelFileException if its architecture is not known, or refuses what the file says
   */
  static AtomisticModel read(
      Path file,
      SequencedMap<String, byte[]> members,
      JsonNode json,
      ModelMetadata metadata,
      List<ModelArchitecture> known)
      throws IOException {
    String name = json.path("architecture").path("name").asText();
    List<ModelArchitecture> all = new ArrayList<>(known);
    all.add(new StoredPairPotential.Architecture());
    ServiceLoader.load(ModelArchitecture.class).forEach(all::add);
    for (ModelArchitecture architecture : all) {
      if (architecture.name().equals(name)) {
        try {
          ObjectNode hyperparameters =
              json.path("architecture").path("hyperparameters") instanceof ObjectNode object
                  ? object
                  : JSON.createObjectNode();
          Model model = architecture.read(hyperparameters, weights(members));
          return new AtomisticModel(
              model, metadata, ModelJson.readCapabilities(json.path("capabilities").toString()));
        } catch (IllegalArgumentException | MetatensorException contradiction) {
          throw new ModelFileException(
              file + " contradicts itself: " + contradiction.getMessage(), contradiction);
        }
      }
    }
    List<String> names = new ArrayList<>(StoredArchitecture.labels());
    all.forEach(architecture -> names.add(architecture.name()));
    throw new ModelFileException(
        "%s holds a model of architecture '%s', known are %s: give its ModelArchitecture when reading, or provide it as a service"
            .formatted(file, name, names));
  }

  private static Map<String, TensorMap> weights(Map<String, byte[]> members) throws IOException {
    Map<String, TensorMap> weights = new TreeMap<>();
    for (Map.Entry<String, byte[]> member : members.entrySet()) {
      String name = member.getKey();
      if (name.startsWith(FOLDER) && name.endsWith(SUFFIX)) {
        weights.put(
            name.substring(FOLDER.length(), name.length() - SUFFIX.length()),
            TensorMap.load(new ByteArrayInputStream(member.getValue())));
      }
    }
    return weights;
  }
}
