package org.cotangent.atomistic.potentials;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cotangent.atomistic.descriptors.NeighborDensity;
import org.cotangent.atomistic.model.AtomisticModel;
import org.cotangent.atomistic.model.ModelArchitecture;
import org.cotangent.atomistic.model.ModelJson;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.model.StorableModel;
import org.cotangent.autodiff.nn.Activation;
import org.cotangent.autodiff.nn.Mlp;
import org.cotangent.autodiff.nn.Parameters;

/**
 * Potentials as files ({@code model.cot}): a zip archive with {@code model.json} (architecture,
 * hyper-parameters, capabilities, metadata), the weights as {@code .mts} files and checksums. It
 * can be read with any zip, JSON and metatensor reader.
 */
public final class ModelFile {
  static final String MODEL = "model.json";
  static final String FORMAT = "cotangent-model";
  static final String ARCHITECTURE = "element-networks";
  private static final String WEIGHTS = "weights.mts";
  private static final String STANDARD = "standardisation.mts";

  /**
   * Version 2 has capabilities and metadata in the form of metatomic; version 1 had a name and a
   * description only, and capabilities of a form of its own.
   */
  static final int VERSION = 2;

  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelFile() {}

  /** Writes a potential; a file that is there is replaced once all is written. */
  public static void write(Path file, NetworkPotential potential, ModelMetadata metadata)
      throws IOException {
    SequencedMap<String, byte[]> members = new LinkedHashMap<>();
    members.put(
        MODEL,
        JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(describe(potential, metadata)));
    members.put(WEIGHTS, StoredParameters.write(potential.weights()));
    members.put(STANDARD, StoredParameters.write(potential.standard()));
    ModelArchive.write(file, members);
  }

  private static ObjectNode describe(NetworkPotential potential, ModelMetadata metadata)
      throws IOException {
    ObjectNode model = JSON.createObjectNode();
    model.put("format", FORMAT).put("version", VERSION);
    model.set("metadata", JSON.readTree(ModelJson.write(metadata)));
    ObjectNode architecture = model.putObject("architecture").put("name", ARCHITECTURE);
    NeighborDensity density = potential.descriptor();
    ObjectNode descriptor = architecture.putObject("descriptor").put("name", "neighbor-density");
    ArrayNode types = descriptor.putArray("types");
    density.types().forEach(types::add);
    descriptor
        .put("cutoff", density.cutoff())
        .put("radial", density.radial())
        .put("angular_radial", density.angularRadial())
        .put("max_angular", density.maxAngular());
    ObjectNode network = architecture.putObject("network");
    ArrayNode sizes = network.putArray("sizes");
    potential.network().sizes().forEach(sizes::add);
    network.put("activation", potential.network().activation().name());
    ObjectNode constants = architecture.putObject("constant_energies");
    potential.constants().forEach((type, energy) -> constants.put(String.valueOf(type), energy));
    model.set(
        "capabilities", JSON.readTree(ModelJson.write(PotentialModel.capabilities(potential))));
    return model;
  }

  /**
   * Reads a potential.
   *
   * @throws IOException if the file is missing, damaged or not a model, or is of a kind or a newer
   *     version that this program does not know
   */
  public static NetworkPotential read(Path file) throws IOException {
    SequencedMap<String, byte[]> members = ModelArchive.read(file);
    return potential(file, members, model(file, members));
  }

  /**
   * Writes a model of any architecture, with what it declares and who made it; a file that is there
   * is replaced once all is written.
   *
   * @throws IllegalArgumentException if the model does not know how to be stored
   */
  public static void write(Path file, AtomisticModel model) throws IOException {
    switch (model.model()) {
      case StorableModel storable ->
          ModelArchive.write(file, StoredModels.members(model, storable));
      case PotentialModel(NetworkPotential network) -> write(file, network, model.metadata());
      default ->
          throw new IllegalArgumentException(
              "a %s cannot be written to a file: it should implement StorableModel"
                  .formatted(model.model().getClass().getSimpleName()));
    }
  }

  /**
   * Reads a model as engines use it, with who made it.
   *
   * @param known architectures besides this library's own and those found as {@linkplain
   *     java.util.ServiceLoader services}
   * @throws IOException as {@link #read}
   */
  public static AtomisticModel readModel(Path file, ModelArchitecture... known) throws IOException {
    SequencedMap<String, byte[]> members = ModelArchive.read(file);
    JsonNode model = model(file, members);
    ModelMetadata metadata = metadata(file, model);
    return model.path("architecture").path("name").asText().equals(ARCHITECTURE)
        ? PotentialModel.wrap(potential(file, members, model), metadata)
        : StoredModels.read(file, members, model, metadata, List.of(known));
  }

  /**
   * Reads who made a model.
   *
   * @throws IOException as {@link #read}
   */
  public static ModelMetadata readMetadata(Path file) throws IOException {
    return metadata(file, model(file, ModelArchive.read(file)));
  }

  private static ModelMetadata metadata(Path file, JsonNode model) throws IOException {
    if (model.path("version").asInt() == 1) {
      return ModelMetadata.of(model.path("name").asText(), model.path("description").asText());
    }
    try {
      return ModelJson.readMetadata(model.path("metadata").toString());
    } catch (IllegalArgumentException wrong) {
      throw new ModelFileException(file + " has wrong metadata: " + wrong.getMessage(), wrong);
    }
  }

  /** Returns what {@code model.json} says, of a version that can be read. */
  private static JsonNode model(Path file, SequencedMap<String, byte[]> members)
      throws IOException {
    JsonNode model = ModelArchive.object(file, MODEL, member(file, members, MODEL));
    int version = model.path("version").asInt();
    if (!model.path("format").asText().equals(FORMAT) || version < 1 || version > VERSION) {
      throw new ModelFileException(
          file
              + " is of format '"
              + model.path("format").asText()
              + "' version "
              + version
              + ", this program reads 'cotangent-model' up to version "
              + VERSION);
    }
    return model;
  }

  private static NetworkPotential potential(
      Path file, SequencedMap<String, byte[]> members, JsonNode model) throws IOException {
    JsonNode architecture = model.path("architecture");
    if (!architecture.path("name").asText().equals(ARCHITECTURE)) {
      throw new ModelFileException(
          file
              + " holds a model of architecture '"
              + architecture.path("name").asText()
              + "', this program knows '"
              + ARCHITECTURE
              + "': read others as models, with readModel");
    }
    Parameters weights =
        StoredParameters.read(file + ": " + WEIGHTS, member(file, members, WEIGHTS));
    Parameters standard =
        StoredParameters.read(file + ": " + STANDARD, member(file, members, STANDARD));
    try {
      return new NetworkPotential(
          descriptor(architecture.path("descriptor")),
          network(architecture.path("network")),
          weights,
          standard,
          constants(architecture.path("constant_energies")));
    } catch (IllegalArgumentException contradiction) {
      throw new ModelFileException(
          file + " contradicts itself: " + contradiction.getMessage(), contradiction);
    }
  }

  private static byte[] member(Path file, SequencedMap<String, byte[]> members, String name)
      throws IOException {
    byte[] bytes = members.get(name);
    if (bytes == null) {
      throw new ModelFileException(file + " is not a model file: it has no " + name);
    }
    return bytes;
  }

  private static NeighborDensity descriptor(JsonNode node) {
    List<Integer> types = new ArrayList<>();
    node.path("types").forEach(type -> types.add(type.asInt()));
    return new NeighborDensity(
        types,
        node.path("cutoff").asDouble(),
        node.path("radial").asInt(),
        node.path("angular_radial").asInt(),
        node.path("max_angular").asInt());
  }

  private static Mlp network(JsonNode node) {
    List<Integer> sizes = new ArrayList<>();
    node.path("sizes").forEach(size -> sizes.add(size.asInt()));
    String activation = node.path("activation").asText();
    for (Activation known : Activation.values()) {
      if (known.name().equals(activation)) {
        return new Mlp(sizes, known);
      }
    }
    throw new IllegalArgumentException("there is no activation '" + activation + "'");
  }

  private static SortedMap<Integer, Double> constants(JsonNode node) {
    SortedMap<Integer, Double> constants = new TreeMap<>();
    node.properties()
        .forEach(
            entry -> constants.put(Integer.valueOf(entry.getKey()), entry.getValue().asDouble()));
    return constants;
  }
}
