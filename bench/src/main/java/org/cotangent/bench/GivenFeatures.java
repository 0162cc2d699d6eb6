package org.cotangent.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Activation;
import org.cotangent.autodiff.nn.Mlp;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * Molecules of nine atoms with 64 features each, whose derivatives by all positions are given, and
 * a network on them: the energy of a molecule is the sum over its atoms, forces are minus the
 * explicit gradient. All numbers follow from a formula, so that a peer has the same.
 */
final class GivenFeatures {
  private static final int ATOMS = 9;
  private static final int FEATURES = 64;
  private static final Mlp NETWORK = Mlp.of(Activation.SILU, FEATURES, 64, 64, 1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int systems;
  private final TensorMap features;
  private final Tensor energies;
  private final Tensor forces;

  /**
   * Makes a part of a batch.
   *
   * @param first the number of its first molecule, which decides the numbers
   * @param systems how many molecules it has
   */
  GivenFeatures(int first, int systems, DType dtype) {
    this.systems = systems;
    int atoms = ATOMS * systems;
    int[][] samples = new int[atoms][];
    int[][] rows = new int[ATOMS * atoms][];
    for (int i = 0; i < atoms; i++) {
      samples[i] = new int[] {i / ATOMS, i % ATOMS};
      for (int j = 0; j < ATOMS; j++) {
        rows[ATOMS * i + j] = new int[] {i, i / ATOMS, j};
      }
    }
    Labels properties = Labels.range("feature", FEATURES);
    int before = ATOMS * first;
    Tensor values = scattered(0, before * FEATURES, atoms, FEATURES);
    Tensor slopes = scattered(1, before * ATOMS * 3 * FEATURES, ATOMS * atoms, 3, FEATURES);
    TensorBlock block =
        TensorBlock.of(
                values.cast(dtype),
                Labels.of(List.of("system", "atom"), samples),
                List.of(),
                properties)
            .withGradient(
                "positions",
                TensorBlock.of(
                    slopes.cast(dtype),
                    Labels.of(List.of("sample", "system", "atom"), rows),
                    List.of(Labels.range("xyz", 3)),
                    properties));
    features = TensorMap.of(Labels.single(), List.of(block));
    energies = scattered(2, first, systems, 1).cast(dtype);
    forces = scattered(3, 3 * before, atoms, 3, 1).cast(dtype);
  }

  /** Numbers between -0.5 and 0.5 without a pattern. */
  private static Tensor scattered(int series, int from, int... dims) {
    Shape shape = Shape.of(dims);
    double[] values = new double[shape.size()];
    for (int k = 0; k < values.length; k++) {
      double x = 43758.5453 * Math.sin(12.9898 * (k + from + 1) + series);
      values[k] = x - Math.floor(x) - 0.5;
    }
    return Tensor.of(values).reshape(shape);
  }

  static Parameters weights(DType dtype) {
    Parameters.Builder all = Parameters.builder();
    int[] sizes = {FEATURES, 64, 64, 1};
    for (int layer = 0; layer < 3; layer++) {
      Tensor weight = scattered(4 + layer, 0, sizes[layer + 1], sizes[layer]);
      all.add("layers." + layer + ".weight", weight.divide(4).cast(dtype));
      all.add("layers." + layer + ".bias", scattered(7 + layer, 0, sizes[layer + 1]).cast(dtype));
    }
    return all.build();
  }

  /**
   * Returns what this part contributes to the mean squared error of energies and forces of a batch.
   */
  Tensor loss(Parameters weights, int batch) {
    TensorBlock energy =
        features.map(x -> NETWORK.apply(weights, x)).sumOverSamples("atom").block();
    Tensor force = energy.gradient("positions").values().negate();
    return energy
        .values()
        .subtract(energies)
        .square()
        .sum()
        .divide(batch)
        .add(force.subtract(forces).square().sum().divide(3.0 * ATOMS * batch));
  }

  int systems() {
    return systems;
  }

  /** Writes the loss and the square of its gradient's length for every batch that is measured. */
  static void write(Path folder, List<Measurement> calls) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    for (Measurement call : calls) {
      String batch = call.attributes().get("batch");
      if (!node.has(batch)) {
        int count = Integer.parseInt(batch);
        Parameters weights = weights(DType.FLOAT64).variables();
        Tensor loss = new GivenFeatures(0, count, DType.FLOAT64).loss(weights, count);
        double squares = 0;
        for (Tensor g : weights.gradient(loss).tensors()) {
          squares += g.square().sum().item();
        }
        node.set(batch, JSON.valueToTree(new double[] {loss.item(), squares}));
      }
    }
    JSON.writeValue(folder.resolve("expected.json").toFile(), node);
  }

  /** Cuts a batch into as many parts as there are threads. */
  static List<GivenFeatures> parts(int batch, int threads, DType dtype) {
    List<GivenFeatures> parts = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int from = t * batch / threads;
      int to = (t + 1) * batch / threads;
      if (to > from) {
        parts.add(new GivenFeatures(from, to - from, dtype));
      }
    }
    return parts;
  }
}
