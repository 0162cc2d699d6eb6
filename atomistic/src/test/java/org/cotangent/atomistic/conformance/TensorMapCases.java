package org.cotangent.atomistic.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.autodiff.linalg.LinearAlgebra;
import org.cotangent.autodiff.nn.Activation;
import org.cotangent.autodiff.nn.Mlp;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.LabelsEntry;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/** Models on tensor maps whose forces are explicit gradients, as a user writes them. */
public final class TensorMapCases {
  private TensorMapCases() {}

  /** A network for each element; its energies carry the gradients of the descriptor on. */
  public static Object explicitForces(ConformanceCall call) throws IOException {
    TensorMap descriptor = (TensorMap) call.input("descriptor");
    Activation activation =
        Activation.valueOf(call.arg("activation").textValue().toUpperCase(Locale.ROOT));
    int layers = call.arg("layers").intValue();
    TensorMap atomic =
        descriptor.map(
            (key, values) -> energies(call, key, values, layers, activation),
            Labels.range("energy", 1));
    TensorMap energy = atomic.keysToSamples("center_type").sumOverSamples("atom", "center_type");
    return Map.of(
        "atomic_energy", atomic,
        "energy", energy,
        "forces", energy.block().gradient("positions").values().squeeze(-1).negate());
  }

  private static Tensor energies(
      ConformanceCall call, LabelsEntry key, Tensor values, int layers, Activation activation) {
    try {
      int type = key.get("center_type");
      Parameters.Builder network = Parameters.builder();
      List<Integer> sizes = new ArrayList<>(List.of(values.dim(1)));
      for (int l = 0; l < layers; l++) {
        Tensor weight = call.tensor("weight." + type + "." + l);
        network.add("layers." + l + ".weight", weight);
        network.add("layers." + l + ".bias", call.tensor("bias." + type + "." + l));
        sizes.add(weight.dim(0));
      }
      Tensor standardised =
          values
              .subtract(call.tensor("feature_mean." + type))
              .divide(call.tensor("feature_scale." + type));
      return new Mlp(sizes, activation).apply(network.build(), standardised);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Least squares on energies per atom and forces, by the normal equations. */
  public static Object ridgeWithForces(ConformanceCall call) throws IOException {
    TensorMap design = (TensorMap) call.input("design");
    TensorBlock target = ((TensorMap) call.input("target")).block();
    TensorBlock x = design.block();
    TensorBlock slope = x.gradient("positions");
    int features = x.properties().size();

    double[] atoms = new double[x.samples().size()];
    for (int sample : slope.samples().column("sample")) {
      atoms[sample]++;
    }
    Tensor perAtom = Tensor.of(atoms, atoms.length, 1).reciprocal();
    double energyScale = Math.sqrt(call.arg("energy_weight").doubleValue());
    double forceScale = Math.sqrt(call.arg("force_weight").doubleValue());
    Tensor energyRows = x.values().multiply(perAtom);
    Tensor forceRows = slope.values().reshape(slope.values().size() / features, features);
    Tensor forceTargets = target.gradient("positions").values().reshape(forceRows.dim(0), 1);
    Tensor rows =
        Tensor.concatenate(
            0, List.of(energyRows.multiply(energyScale), forceRows.multiply(forceScale)));
    Tensor targets =
        Tensor.concatenate(
            0,
            List.of(
                target.values().multiply(perAtom).multiply(energyScale),
                forceTargets.multiply(forceScale)));
    Tensor weights = ridge(rows, targets, call.arg("ridge").doubleValue());

    Tensor column = weights.reshape(features, 1);
    TensorMap prediction = design.map((key, values) -> values.matmul(column), target.properties());
    TensorBlock energy = prediction.block();
    return Map.of(
        "weights",
        weights,
        "energy",
        energy.values().squeeze(-1),
        "forces",
        energy.gradient("positions").values().squeeze(-1).negate(),
        "prediction",
        prediction);
  }

  /**
   * Returns the w with the least |rows·w - targets|² + ridge·|w|², of several the shortest: of A =
   * UsVᵀ, V·s/(s² + ridge)·Uᵀb. It is a number from here on, whatever the rows depend on. The
   * condition is that of A; that of its normal equations would be the square.
   */
  private static Tensor ridge(Tensor rows, Tensor targets, double ridge) {
    LinearAlgebra.SingularValuesAndVectors svd = LinearAlgebra.svd(rows.detach());
    double[] factors = svd.s().toDoubleArray();
    double rounding = factors[0] * Math.max(rows.dim(0), rows.dim(1)) * Math.ulp(1.0);
    for (int k = 0; k < factors.length; k++) {
      double s = factors[k];
      factors[k] = s <= rounding ? 0 : s / (s * s + ridge);
    }
    return svd.v()
        .matmul(
            svd.u()
                .transposedMatmul(targets.detach())
                .multiply(Tensor.of(factors, factors.length, 1)))
        .squeeze(-1);
  }
}
