package org.cotangent.atomistic.modelfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.cotangent.atomistic.model.AtomisticModel;
import org.cotangent.atomistic.model.ModelArchitecture;
import org.cotangent.atomistic.model.ModelJson;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.model.StorableModel;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.potentials.PotentialModel;
import org.cotangent.autodiff.nn.Parameters;

/**
 * Potentials as files ({@code model.cot}): a zip archive with {@code model.json} (architecture,
 * hyper-parameters, capabilities, metadata), the weights as {@code .mts} files and checksums. It
 * can be read with any zip, JSON and metatensor reader.
 */
public final class ModelFile {
  static final String MODEL = "model.json";
  static final String FORMAT = "cotangent-model";
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
  public static void write(Path file, LearnedPotential potential, ModelMetadata metadata)
      throws IOException {
    SequencedMap<String, byte[]> members = new LinkedHashMap<>();
    members.put(
        MODEL,
        JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(describe(potential, metadata)));
    members.put(WEIGHTS, StoredParameters.write(potential.weights()));
    members.put(
        STANDARD, StoredParameters.write(StoredArchitecture.of(potential).standard(potential)));
    ModelArchive.write(file, members);
  }

  private static ObjectNode describe(LearnedPotential potential, ModelMetadata metadata)
      throws IOException {
    ObjectNode model = JSON.createObjectNode();
    model.put("format", FORMAT).put("version", VERSION);
    model.set("metadata", JSON.readTree(ModelJson.write(metadata)));
    StoredArchitecture.describeWhole(potential, model.putObject("architecture"));
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
  public static LearnedPotential read(Path file) throws IOException {
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
      case PotentialModel(LearnedPotential learned) -> write(file, learned, model.metadata());
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
    return StoredArchitecture.named(model.path("architecture").path("name").asText()) == null
        ? StoredModels.read(file, members, model, metadata, List.of(known))
        : PotentialModel.wrap(potential(file, members, model), metadata);
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

  private static LearnedPotential potential(
      Path file, SequencedMap<String, byte[]> members, JsonNode model) throws IOException {
    JsonNode architecture = model.path("architecture");
    String name = architecture.path("name").asText();
    if (StoredArchitecture.named(name) == null) {
      throw new ModelFileException(
          "%s holds a model of architecture '%s', potentials are of %s: read others as models, with readModel"
              .formatted(file, name, StoredArchitecture.labels()));
    }
    Parameters weights =
        StoredParameters.read(file + ": " + WEIGHTS, member(file, members, WEIGHTS));
    Parameters standard =
        StoredParameters.read(file + ": " + STANDARD, member(file, members, STANDARD));
    try {
      return StoredArchitecture.buildWhole(architecture, weights, standard);
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
}
