package org.cotangent.atomistic.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.conformance.ConformanceCall;
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
    double energyWeight = call.arg("energy_weight").doubleValue();
    double forceWeight = call.arg("force_weight").doubleValue();
    Tensor energyRows = x.values().multiply(perAtom);
    Tensor forceRows = slope.values().reshape(slope.values().size() / features, features);
    Tensor forceTargets = target.gradient("positions").values().reshape(forceRows.dim(0), 1);

    Tensor matrix =
        energyRows
            .transposedMatmul(energyRows)
            .multiply(energyWeight)
            .add(forceRows.transposedMatmul(forceRows).multiply(forceWeight));
    Tensor right =
        energyRows
            .transposedMatmul(target.values().multiply(perAtom))
            .multiply(energyWeight)
            .add(forceRows.transposedMatmul(forceTargets).multiply(forceWeight));
    Tensor weights = solve(matrix, call.arg("ridge").doubleValue(), right);

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

  private static Tensor solve(Tensor matrix, double ridge, Tensor right) {
    int n = matrix.dim(0);
    double[][] rows = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        rows[i][j] = matrix.get(i, j) + (i == j ? ridge : 0);
      }
    }
    return Tensor.of(
        new CholeskyDecomposition(new Array2DRowRealMatrix(rows, false), 1e-10, 0)
            .getSolver()
            .solve(new ArrayRealVector(right.toDoubleArray(), false))
            .toArray());
  }
}
