package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.cotangent.autodiff.nn.Parameters;

/** Measures weights on the validation set. */
final class Validation {
  private static final int SYSTEMS = 26;
  private static final int ATOMS = 1024;

  private final ForceBatches batches;
  private final ForceLoss loss;
  private final Workers workers;
  private final List<int[]> groups;
  private final Targets.Counts counts;

  Validation(ForceBatches batches, ForceLoss loss, Workers workers) {
    this.batches = batches;
    this.loss = loss;
    this.workers = workers;
    groups = groups(batches.atoms());
    counts = batches.counts(IntStream.range(0, batches.size()).toArray());
  }

  private static List<int[]> groups(int[] atoms) {
    List<int[]> groups = new ArrayList<>();
    int from = 0;
    int sum = 0;
    for (int k = 0; k < atoms.length; k++) {
      if (k > from && (k - from == SYSTEMS || sum + atoms[k] > ATOMS)) {
        groups.add(IntStream.range(from, k).toArray());
        from = k;
        sum = 0;
      }
      sum += atoms[k];
    }
    groups.add(IntStream.range(from, atoms.length).toArray());
    return groups;
  }

  /**
   * What came out.
   *
   * @param loss on the whole set
   * @param errors on the whole set
   */
  record Outcome(double loss, LabelErrors errors) {}

  /** One group's share of both. */
  private record Share(double loss, LabelErrorSums errors) {}

  Outcome measure(Parameters weights) {
    double value = 0;
    LabelErrorSums errors = new LabelErrorSums();
    for (Share share : workers.map(groups, group -> share(group, weights))) {
      value += share.loss;
      errors.add(share.errors);
    }
    return new Outcome(value, errors.errors());
  }

  private Share share(int[] group, Parameters weights) {
    BatchModel.Output output = batches.output(group, weights);
    Targets targets = batches.targets(group);
    return new Share(loss.of(output, targets, counts).item(), LabelErrorSums.of(output, targets));
  }
}
