package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.List;
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

  private record Sums(double loss, double forces, double energies) {}

  Epoch measure(Parameters weights, int number, double trainingLoss, double rate, double seconds) {
    List<int[]> groups = new ArrayList<>();
    for (int from = 0; from < data.size(); from += GROUP) {
      int first = from;
      int[] group = new int[Math.min(GROUP, data.size() - from)];
      java.util.Arrays.setAll(group, k -> first + k);
      groups.add(group);
    }
    int[] all = new int[data.size()];
    java.util.Arrays.setAll(all, k -> k);
    Targets.Counts counts = Targets.Counts.of(data, all);
    double lossSum = 0;
    double forces = 0;
    double energies = 0;
    for (Sums sums : workers.map(groups, group -> sums(group, weights, counts))) {
      lossSum += sums.loss;
      forces += sums.forces;
      energies += sums.energies;
    }
    return new Epoch(
        number,
        trainingLoss,
        lossSum,
        forces / Math.max(1, 3 * counts.forces()),
        energies / Math.max(1, counts.energies()),
        rate,
        seconds);
  }

  private Sums sums(int[] group, Parameters weights, Targets.Counts counts) {
    BatchModel.Output output = batches.output(group, weights);
    Targets targets = batches.targets(group);
    return new Sums(
        loss.of(output, targets, counts).item(),
        output
            .forces()
            .subtract(targets.forces())
            .absolute()
            .multiply(targets.forceWeights().unsqueeze(1))
            .sum()
            .item(),
        output
            .energies()
            .subtract(targets.energies())
            .absolute()
            .multiply(targets.energyWeights())
            .sum()
            .item());
  }
}
