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
  private static final int VERSION = 2;
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
        .put("averaged", state.average().updates())
        .put("seconds", state.seconds());
    ObjectNode begun = json.putObject("begun");
    begun.put("batches", state.begun().batches()).put("loss", state.begun().loss());
    putAll(begun.putArray("errors"), state.begun().errors());
    ArrayNode epochs = json.putArray("epochs");
    for (Epoch epoch : state.epochs()) {
      ObjectNode row =
          epochs
              .addObject()
              .put("number", epoch.number())
              .put("training_loss", epoch.trainingLoss())
              .put("validation_loss", epoch.validationLoss())
              .put("learning_rate", epoch.learningRate())
              .put("seconds", epoch.seconds())
              .put("peak_memory", epoch.peakMemory());
      putAll(row.putArray("training"), epoch.training().numbers());
      putAll(row.putArray("validation"), epoch.validation().numbers());
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
              row.path("number").asInt(),
              row.path("training_loss").asDouble(),
              row.path("validation_loss").asDouble(),
              LabelErrors.of(numbers(row.path("training"))),
              LabelErrors.of(numbers(row.path("validation"))),
              row.path("learning_rate").asDouble(),
              row.path("seconds").asDouble(),
              row.path("peak_memory").asLong()));
    }
    JsonNode begun = json.path("begun");
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
            json.path("best_epoch").asInt(),
            new TrainingState.Begun(
                begun.path("batches").asInt(),
                begun.path("loss").asDouble(),
                numbers(begun.path("errors"))),
            json.path("seconds").asDouble());
    return new Checkpoint(state, json.path("options").asText(), json.path("data").asText());
  }

  /** Numbers that are not finite are texts in JSON, which {@link JsonNode#asDouble} reads. */
  private static void putAll(ArrayNode array, double[] numbers) {
    for (double number : numbers) {
      array.add(number);
    }
  }

  private static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = array.get(k).asDouble();
    }
    return numbers;
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
