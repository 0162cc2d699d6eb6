package org.cotangent.atomistic.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.autodiff.nn.Activation;
import org.cotangent.autodiff.nn.Mlp;
import org.cotangent.autodiff.nn.Parameters;

/**
 * A potential with one perceptron per species on radial symmetry functions (Behler and Parrinello,
 * Physical Review Letters 98, 146401, 2007), the data it is to be trained on, and its loss.
 */
final class ForceProblem {
  final Tensor positions;
  private final int[] species;
  private final Tensor frame;
  private final Tensor pairFirst;
  private final Tensor pairSecond;
  private final Tensor pairShift;
  private final int[] speciesOrder;
  private final Tensor eta;
  private final Tensor rs;
  private final double cutoff;
  private final ConformanceCall call;

  ForceProblem(ConformanceCall call) throws IOException {
    this.call = call;
    positions = call.tensor("positions");
    species = call.tensor("species").toIntArray();
    frame = call.tensor("frame");
    pairFirst = call.tensor("pair_first");
    pairSecond = call.tensor("pair_second");
    pairShift = call.tensor("pair_shift");
    speciesOrder = call.intsArg("species");
    eta = doubles(call.arg("eta"));
    rs = doubles(call.arg("rs"));
    cutoff = call.arg("cutoff").doubleValue();
  }

  private static Tensor doubles(JsonNode list) {
    double[] values = new double[list.size()];
    for (int k = 0; k < values.length; k++) {
      values[k] = list.get(k).doubleValue();
    }
    return Tensor.of(values);
  }

  private int column(int kind) {
    for (int k = 0; k < speciesOrder.length; k++) {
      if (speciesOrder[k] == kind) {
        return k;
      }
    }
    throw new IllegalArgumentException(kind + " is not among the species of the model");
  }

  /** Returns the symmetry functions {@code [atoms, species·functions]}. */
  Tensor descriptor(Tensor at) {
    Tensor vectors =
        at.indexSelect(0, pairSecond).subtract(at.indexSelect(0, pairFirst)).add(pairShift);
    Tensor r = vectors.norm(-1).unsqueeze(-1);
    Tensor smooth = r.multiply(Math.PI / cutoff).cos().add(1).multiply(0.5);
    Tensor functions = r.subtract(rs).square().multiply(eta).negate().exp().multiply(smooth);

    int[] first = pairFirst.toIntArray();
    int[] second = pairSecond.toIntArray();
    int[] slot = new int[first.length];
    for (int p = 0; p < slot.length; p++) {
      slot[p] = first[p] * speciesOrder.length + column(species[second[p]]);
    }
    int atoms = species.length;
    return functions
        .segmentSum(Tensor.of(slot, slot.length), atoms * speciesOrder.length)
        .reshape(atoms, speciesOrder.length * eta.size());
  }

  // ---------------------------------------------------------------------------- the networks

  /** Returns the weights that the case gives, as {@code <species>.layers.<layer>.weight}. */
  Parameters initial() throws IOException {
    return parameters("");
  }

  /** Returns what the case gives for each weight under a prefix of its name. */
  Parameters parameters(String prefix) throws IOException {
    Parameters.Builder builder = Parameters.builder();
    for (int kind : speciesOrder) {
      for (int layer = 0; call.has("weight." + kind + "." + layer); layer++) {
        for (String what : List.of("weight", "bias")) {
          builder.add(
              kind + ".layers." + layer + "." + what,
              call.tensor(prefix + what + "." + kind + "." + layer));
        }
      }
    }
    return builder.build();
  }

  /** Returns the tensors under the names that the cases have for them. */
  static void put(Map<String, Object> outputs, String prefix, Parameters parameters) {
    for (String name : parameters.names()) {
      String[] parts = name.split("\\.", -1); // species, layers, layer, what
      outputs.put(prefix + parts[3] + "." + parts[0] + "." + parts[2], parameters.get(name));
    }
  }

  /** What the model says about all frames. */
  record Prediction(Tensor atomicEnergy, Tensor energy, Tensor forces) {}

  /** Returns energies and, by a backward pass that is recorded too, forces. */
  Prediction predict(Parameters parameters) throws IOException {
    Tensor at = positions.variable();
    Tensor features = descriptor(at);
    int atoms = species.length;
    Tensor atomic = Tensor.zeros(at.dtype(), atoms);
    for (int kind : speciesOrder) {
      int[] rows = IntStream.range(0, atoms).filter(i -> species[i] == kind).toArray();
      if (rows.length == 0) {
        continue;
      }
      Parameters own = parameters.under(Integer.toString(kind));
      Tensor x =
          features
              .rows(rows)
              .subtract(call.tensor("feature_mean." + kind))
              .divide(call.tensor("feature_scale." + kind));
      Tensor energies = network(own).apply(own, x).squeeze(-1);
      atomic = atomic.add(energies.segmentSum(Tensor.of(rows, rows.length), atoms));
    }
    Tensor energy = atomic.segmentSum(frame, frames());
    Tensor total = energy.sum();
    Tensor forces =
        Derivatives.pullback(List.of(total), List.of(at), List.of(total.onesLike()))
            .getFirst()
            .negate();
    return new Prediction(atomic, energy, forces);
  }

  private Mlp network(Parameters own) {
    List<Integer> sizes = new ArrayList<>();
    sizes.add(own.get("layers.0.weight").dim(1));
    for (int layer = 0; own.contains("layers." + layer); layer++) {
      sizes.add(own.get("layers." + layer + ".weight").dim(0));
    }
    String activation = call.arg("activation").textValue();
    return new Mlp(sizes, Activation.valueOf(activation.toUpperCase(Locale.ROOT)));
  }

  private int frames() {
    int last = -1;
    for (int f : frame.toIntArray()) {
      last = Math.max(last, f);
    }
    return last + 1;
  }

  // ---------------------------------------------------------------------------- the loss

  /** The loss and its two parts. */
  record Loss(Tensor total, Tensor energy, Tensor forces) {}

  /** Returns the weighted mean squared errors of energies per atom and of forces. */
  Loss loss(Parameters parameters) throws IOException {
    Prediction prediction = predict(parameters);
    Tensor ones = Tensor.full(positions.dtype(), 1, Shape.of(species.length));
    Tensor atoms = ones.segmentSum(frame, frames());
    Tensor energy =
        prediction.energy.subtract(call.tensor("energies")).divide(atoms).square().mean();
    Tensor forces = prediction.forces.subtract(call.tensor("forces")).square().mean();
    Tensor total =
        energy
            .multiply(call.arg("energy_weight").doubleValue())
            .add(forces.multiply(call.arg("force_weight").doubleValue()));
    return new Loss(total, energy, forces);
  }
}
