package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;

/** Measures weights on the validation set. */
final class Validation {
  private static final int GROUP = 26;

  private final ForceBatches batches;
  private final LabelledSystems data;
  private final ForceLoss loss;
  private final Workers workers;

  Validation(ForceBatches batches, LabelledSystems data, ForceLoss loss, Workers workers) {
    this.batches = batches;
    this.data = data;
    this.loss = loss;
    this.workers = workers;
  }

  private record Sums(double loss, double forces, long components, double energies) {}

  Epoch measure(Parameters weights, int number, double trainingLoss, double rate, double seconds) {
    List<int[]> groups = new ArrayList<>();
    for (int from = 0; from < data.size(); from += GROUP) {
      int first = from;
      int[] group = new int[Math.min(GROUP, data.size() - from)];
      java.util.Arrays.setAll(group, k -> first + k);
      groups.add(group);
    }
    double lossSum = 0;
    double forces = 0;
    double energies = 0;
    long components = 0;
    for (Sums sums : workers.map(groups, group -> sums(group, weights))) {
      lossSum += sums.loss;
      forces += sums.forces;
      components += sums.components;
      energies += sums.energies;
    }
    return new Epoch(
        number,
        trainingLoss,
        lossSum / data.size(),
        forces / components,
        energies / data.size(),
        rate,
        seconds);
  }

  private Sums sums(int[] group, Parameters weights) {
    BatchModel.Output output = batches.output(group, weights);
    Tensor forces = batches.forces(group);
    Tensor energies = batches.energyTargets(group);
    return new Sums(
        group.length * batches.loss(group, output, loss).item(),
        output.forces().subtract(forces).absolute().sum().item(),
        forces.size(),
        output.energies().subtract(energies).absolute().sum().item());
  }
}
