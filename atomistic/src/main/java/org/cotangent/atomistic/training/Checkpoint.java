package org.cotangent.atomistic.training;

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
import org.cotangent.atomistic.modelfile.ModelArchive;
import org.cotangent.atomistic.modelfile.ModelFileException;
import org.cotangent.atomistic.modelfile.StoredParameters;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.autodiff.optim.ExponentialMovingAverage;
import org.cotangent.autodiff.optim.OptimizerState;

/**
 * A {@link TrainingState} as a file: a zip archive of the same kind as a model's, with {@code
 * state.json}, the tensors as {@code .mts} files and checksums. It also holds the options and the
 * fingerprint of the data, because it makes sense with these alone.
 *
 * @param options all options, as YAML
 * @param data what identifies the data
 */
public record Checkpoint(TrainingState state, String options, String data) {
  private static final String STATE = "state.json";
  private static final String WEIGHTS = "weights.mts";
  private static final String AVERAGE = "average.mts";
  private static final String BEST = "best.mts";
  private static final String OPTIMIZER = "optimizer.mts";
  private static final String FORMAT = "cotangent-checkpoint";
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Writes the file; one that is there is replaced once all is written, so that an interruption at
   * any moment leaves one of the two.
   */
  public void write(Path file) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT)
        .put("version", VERSION)
        .put("options", options)
        .put("data", data)
        .put("steps", state.steps())
        .put("optimizer_steps", state.optimizer().steps())
        .put("clipping", state.clipping())
        .put("best_epoch", state.bestEpoch())
        .put("averaging", state.average().decay())
        .put("averaging_warm_up", state.average().warmUp())
        .put("averaged", state.average().updates());
    ArrayNode epochs = json.putArray("epochs");
    for (Epoch epoch : state.epochs()) {
      epochs
          .addArray()
          .add(epoch.number())
          .add(epoch.trainingLoss())
          .add(epoch.validationLoss())
          .add(epoch.forceError())
          .add(epoch.energyError())
          .add(epoch.learningRate())
          .add(epoch.seconds());
    }
    SequencedMap<String, byte[]> members = new LinkedHashMap<>();
    members.put(STATE, JSON.writeValueAsBytes(json));
    members.put(WEIGHTS, StoredParameters.write(state.weights()));
    members.put(AVERAGE, StoredParameters.write(state.average().average()));
    members.put(BEST, StoredParameters.write(state.best()));
    members.put(OPTIMIZER, StoredParameters.write(state.optimizer().tensors()));
    ModelArchive.write(file, members);
  }

  /**
   * Reads a file that {@link #write} wrote.
   *
   * @throws IOException if it is missing, damaged, or something else
   */
  public static Checkpoint read(Path file) throws IOException {
    SequencedMap<String, byte[]> members = ModelArchive.read(file);
    byte[] bytes = members.get(STATE);
    if (bytes == null) {
      throw new ModelFileException(file + " is not a checkpoint: it has no " + STATE);
    }
    JsonNode json = ModelArchive.object(file, STATE, bytes);
    if (!json.path("format").asText().equals(FORMAT) || json.path("version").asInt() != VERSION) {
      throw new ModelFileException(
          "%s is of format '%s' version %d, this program reads '%s' version %d"
              .formatted(
                  file,
                  json.path("format").asText(),
                  json.path("version").asInt(),
                  FORMAT,
                  VERSION));
    }
    List<Epoch> epochs = new ArrayList<>();
    for (JsonNode row : json.path("epochs")) {
      epochs.add(
          new Epoch(
              row.path(0).asInt(),
              row.path(1).asDouble(),
              row.path(2).asDouble(),
              row.path(3).asDouble(),
              row.path(4).asDouble(),
              row.path(5).asDouble(),
              row.path(6).asDouble()));
    }
    TrainingState state =
        new TrainingState(
            json.path("steps").asLong(),
            parameters(file, members, WEIGHTS),
            new ExponentialMovingAverage(
                json.path("averaging").asDouble(),
                json.path("averaging_warm_up").asBoolean(),
                json.path("averaged").asLong(),
                parameters(file, members, AVERAGE)),
            parameters(file, members, BEST),
            new OptimizerState(
                json.path("optimizer_steps").asLong(), parameters(file, members, OPTIMIZER)),
            json.path("clipping").asDouble(),
            epochs,
            json.path("best_epoch").asInt());
    return new Checkpoint(state, json.path("options").asText(), json.path("data").asText());
  }

  private static Parameters parameters(Path file, SequencedMap<String, byte[]> members, String name)
      throws IOException {
    byte[] bytes = members.get(name);
    if (bytes == null) {
      throw new ModelFileException(file + " is not a whole checkpoint: it has no " + name);
    }
    return StoredParameters.read(file + ": " + name, bytes);
  }
}
