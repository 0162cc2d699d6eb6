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
import org.cotangent.autodiff.nn.Activation;
import org.cotangent.autodiff.nn.Mlp;
import org.cotangent.autodiff.nn.Parameters;

/**
 * Potentials as files ({@code model.cot}): a zip archive with {@code model.json} (architecture,
 * hyper-parameters, capabilities, metadata), the weights as {@code .mts} files and checksums. It
 * can be read with any zip, JSON and metatensor reader.
 */
public final class ModelFile {
  private static final String MODEL = "model.json";
  private static final String WEIGHTS = "weights.mts";
  private static final String STANDARD = "standardisation.mts";
  private static final String ARCHITECTURE = "element-networks";
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelFile() {}

  /**
   * Who made a model, and from what.
   *
   * @param name of the model
   * @param description in a few sentences
   */
  public record Metadata(String name, String description) {}

  /** Writes a potential; a file that is there is replaced once all is written. */
  public static void write(Path file, NetworkPotential potential, Metadata metadata)
      throws IOException {
    SequencedMap<String, byte[]> members = new LinkedHashMap<>();
    members.put(
        MODEL,
        JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(describe(potential, metadata)));
    members.put(WEIGHTS, StoredParameters.write(potential.weights()));
    members.put(STANDARD, StoredParameters.write(potential.standard()));
    ModelArchive.write(file, members);
  }

  private static ObjectNode describe(NetworkPotential potential, Metadata metadata) {
    ObjectNode model = JSON.createObjectNode();
    model.put("format", "cotangent-model").put("version", VERSION);
    model.put("name", metadata.name()).put("description", metadata.description());
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
    ObjectNode capabilities = model.putObject("capabilities");
    capabilities
        .put("length_unit", "angstrom")
        .put("interaction_range", density.cutoff())
        .put("dtype", potential.dtype().name().toLowerCase(java.util.Locale.ROOT))
        .putArray("atomic_types")
        .addAll(types);
    capabilities.putObject("outputs").putObject("energy").put("unit", "eV");
    return model;
  }

  /**
   * Reads a potential.
   *
   * @throws IOException if the file is missing, damaged or not a model, or is of a kind that this
   *     version does not know
   */
  public static NetworkPotential read(Path file) throws IOException {
    SequencedMap<String, byte[]> members = ModelArchive.read(file);
    JsonNode model = ModelArchive.object(file, MODEL, member(file, members, MODEL));
    if (!model.path("format").asText().equals("cotangent-model")
        || model.path("version").asInt() != VERSION) {
      throw new ModelFileException(
          file
              + " is of format '"
              + model.path("format").asText()
              + "' version "
              + model.path("version").asInt()
              + ", this program reads 'cotangent-model' version "
              + VERSION);
    }
    JsonNode architecture = model.path("architecture");
    if (!architecture.path("name").asText().equals(ARCHITECTURE)) {
      throw new ModelFileException(
          file
              + " holds a model of architecture '"
              + architecture.path("name").asText()
              + "', this program knows '"
              + ARCHITECTURE
              + "'");
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
