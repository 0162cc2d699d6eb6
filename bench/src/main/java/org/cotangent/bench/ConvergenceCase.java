package org.cotangent.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.data.EthanolData;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.optim.Schedule;
import org.cotangent.metatensor.NumpyArrays;

/**
 * A training that Cotangent and a peer both do: from the same weights, on the same molecules in the
 * same order, with the same learning rates.
 *
 * @param model what is trained
 * @param batch molecules in a step
 * @param steps of the optimiser
 * @param rate the highest learning rate, which falls to 0 as half a cosine
 * @param warmUp steps in which it rises
 * @param target the error of forces to reach, mean absolute, in eV/Å
 */
record ConvergenceCase(Model model, int batch, int steps, double rate, int warmUp, double target) {
  private static final long SEED = 1;
  private static final int VALIDATIONS = 50;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The file that both sides read; a model may have others beside it. */
  static final String ARRAYS = "arrays.npz";

  /** What is trained. */
  enum Model {
    LEARNED_BASIS("learned-basis") {
      @Override
      ObjectNode write(Path folder, Map<String, Tensor> arrays) throws IOException {
        return LearnedBasisConvergence.write(arrays);
      }

      @Override
      ConvergenceTraining start(Path folder, Map<String, Tensor> arrays, int bits)
          throws IOException {
        return new LearnedBasisConvergence(arrays, bits);
      }
    },
    GIVEN_FEATURES("given-features") {
      @Override
      ObjectNode write(Path folder, Map<String, Tensor> arrays) throws IOException {
        GivenFeaturesConvergence.write(folder, arrays);
        return JSON.createObjectNode();
      }

      @Override
      ConvergenceTraining start(Path folder, Map<String, Tensor> arrays, int bits)
          throws IOException {
        return new GivenFeaturesConvergence(folder, arrays, bits);
      }
    };

    private final String label;

    Model(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }

    static Model named(String label) {
      for (Model model : values()) {
        if (model.label.equals(label)) {
          return model;
        }
      }
      throw new IllegalArgumentException("there is no model '" + label + "'");
    }

    /** Puts weights and data among the arrays, and returns what else a peer has to know. */
    abstract ObjectNode write(Path folder, Map<String, Tensor> arrays) throws IOException;

    /** Starts a training from what was written. */
    abstract ConvergenceTraining start(Path folder, Map<String, Tensor> arrays, int bits)
        throws IOException;
  }

  static List<ConvergenceCase> all(boolean quick) {
    return quick
        ? List.of(
            new ConvergenceCase(Model.LEARNED_BASIS, 5, 400, 0.004, 40, 0.045),
            new ConvergenceCase(Model.GIVEN_FEATURES, 1, 2000, 0.001, 100, 0.11),
            new ConvergenceCase(Model.GIVEN_FEATURES, 32, 500, 0.004, 50, 0.09))
        : List.of(
            new ConvergenceCase(Model.LEARNED_BASIS, 5, 4000, 0.004, 300, 0.012),
            new ConvergenceCase(Model.GIVEN_FEATURES, 1, 12000, 0.001, 300, 0.05),
            new ConvergenceCase(Model.GIVEN_FEATURES, 4, 6000, 0.002, 300, 0.05),
            new ConvergenceCase(Model.GIVEN_FEATURES, 16, 3000, 0.004, 300, 0.05),
            new ConvergenceCase(Model.GIVEN_FEATURES, 32, 2000, 0.005, 300, 0.05),
            new ConvergenceCase(Model.GIVEN_FEATURES, 64, 1500, 0.006, 300, 0.05));
  }

  /** The molecules that are trained on, those of the quickstart. */
  static LabelledSystems trained() throws IOException {
    return LabelledSystems.concatenate(
        List.of(
            EthanolData.read(1).systems(),
            EthanolData.read(2).systems(),
            EthanolData.read(4).systems()));
  }

  /** The molecules that validate. */
  static LabelledSystems validated() throws IOException {
    return EthanolData.read(5).systems();
  }

  /**
   * Writes what both sides read and returns the request to them.
   *
   * @param folder an empty one
   */
  ObjectNode write(Path folder) throws IOException {
    int molecules = trained().size();
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put("order", order(molecules));
    Schedule schedule = Schedule.cosine(rate, 0, steps).warmUp(warmUp);
    double[] rates = IntStream.range(0, steps).mapToDouble(schedule::at).toArray();
    arrays.put("rates", Tensor.of(rates));
    int[] validated = validations();
    arrays.put("validated", Tensor.of(validated, validated.length));
    ObjectNode form = model.write(folder, arrays);
    NumpyArrays.saveAll(folder.resolve(ARRAYS), arrays);
    return JSON.createObjectNode()
        .put("model", model.label)
        .put("inputs", folder.toString())
        .put("trained", molecules)
        .set("form", form);
  }

  /**
   * Which molecules come in each step: all of them once, in a new order, before any comes again.
   */
  private Tensor order(int molecules) {
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(SEED);
    int[] order = new int[steps * batch];
    int[] all = IntStream.range(0, molecules).toArray();
    for (int k = 0; k < order.length; k++) {
      int from = k % molecules;
      int chosen = from + random.nextInt(molecules - from);
      order[k] = all[chosen];
      all[chosen] = all[from];
      all[from] = order[k];
    }
    return Tensor.of(order, steps, batch);
  }

  /** After which steps errors are measured: at equal ratios first, then at equal distances. */
  private int[] validations() {
    int distance = Math.max(1, steps / VALIDATIONS);
    return IntStream.concat(
            IntStream.iterate(1, k -> k < distance, k -> 2 * k),
            IntStream.rangeClosed(1, steps / distance).map(k -> k * distance))
        .toArray();
  }

  /** Returns how pages and progress call it. */
  String title() {
    return model.label + ", batch of " + batch;
  }
}
