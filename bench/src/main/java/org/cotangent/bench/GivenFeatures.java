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
  static final int ATOMS = 9;
  static final int FEATURES = 64;
  static final Mlp NETWORK = Mlp.of(Activation.SILU, FEATURES, 64, 64, 1);
  private static final ObjectMapper JSON = new ObjectMapper();

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
    this(
        Form.of(systems),
        scattered(0, ATOMS * first * FEATURES, ATOMS * systems, FEATURES).cast(dtype),
        scattered(1, ATOMS * first * ATOMS * 3 * FEATURES, ATOMS * ATOMS * systems, 3, FEATURES)
            .cast(dtype),
        scattered(2, first, systems, 1).cast(dtype),
        scattered(3, 3 * ATOMS * first, ATOMS * systems, 3, 1).cast(dtype));
  }

  /**
   * Makes a batch of given numbers.
   *
   * @param values {@code [9·systems, 64]}
   * @param slopes their derivatives by the positions of all atoms of the molecule, {@code
   *     [9·9·systems, 3, 64]}: a row for each atom and, of it, each position
   * @param energies {@code [systems, 1]}
   * @param forces {@code [9·systems, 3, 1]}
   */
  GivenFeatures(Form form, Tensor values, Tensor slopes, Tensor energies, Tensor forces) {
    TensorBlock block =
        TensorBlock.of(values, form.samples, List.of(), form.properties)
            .withGradient(
                "positions",
                TensorBlock.of(slopes, form.rows, List.of(form.directions), form.properties));
    features = TensorMap.of(Labels.single(), List.of(block));
    this.energies = energies;
    this.forces = forces;
  }

  /** The labels of a number of molecules: they are the same for every batch of as many. */
  record Form(Labels samples, Labels rows, Labels directions, Labels properties) {
    static Form of(int systems) {
      int atoms = ATOMS * systems;
      int[][] samples = new int[atoms][];
      int[][] rows = new int[ATOMS * atoms][];
      for (int i = 0; i < atoms; i++) {
        samples[i] = new int[] {i / ATOMS, i % ATOMS};
        for (int j = 0; j < ATOMS; j++) {
          rows[ATOMS * i + j] = new int[] {i, i / ATOMS, j};
        }
      }
      return new Form(
          Labels.of(List.of("system", "atom"), samples),
          Labels.of(List.of("sample", "system", "atom"), rows),
          Labels.range("xyz", 3),
          Labels.range("feature", FEATURES));
    }
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
    TensorBlock energy = energy(weights);
    Tensor force = energy.gradient("positions").values().negate();
    return energy
        .values()
        .subtract(energies)
        .square()
        .sum()
        .divide(batch)
        .add(force.subtract(forces).square().sum().divide(3.0 * ATOMS * batch));
  }

  /** What a part contributes to the loss of a batch and to its gradient by the weights. */
  record Contribution(double loss, Parameters gradient) {
    Contribution add(Contribution other) {
      return new Contribution(loss + other.loss, gradient.zip(other.gradient, Tensor::add));
    }
  }

  Contribution contribution(Parameters weights, int batch) {
    Parameters variables = weights.variables();
    Tensor loss = loss(variables, batch);
    return new Contribution(loss.item(), variables.gradient(loss));
  }

  /** Returns the energies, {@code [systems, 1]}, with their gradient by positions. */
  TensorBlock energy(Parameters weights) {
    return features.map(x -> NETWORK.apply(weights, x)).sumOverSamples("atom").block();
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
