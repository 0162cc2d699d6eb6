package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.Workspace;
import org.cotangent.autodiff.nn.Parameters;

/**
 * What a training makes small: the {@link ForceLoss} of batches of labelled systems as a function
 * of a potential's weights. {@link Trainer} follows it with its own schedule; a loop of one's own
 * reads
 *
 * <pre>{@code
 * try (TrainingObjective objective = new TrainingObjective(options, data)) {
 *   Parameters weights = objective.potential().weights();
 *   for (int[] batch : batches) {
 *     weights = optimizer.step(weights, objective.evaluate(batch, weights).gradient());
 *   }
 *   return objective.potential().withWeights(weights);
 * }
 * }</pre>
 *
 * <p>The descriptors of all systems are computed once, when it is created. It holds threads, which
 * {@link #close} ends, and is for one thread at a time.
 */
public final class TrainingObjective implements AutoCloseable {
  /**
   * Every batch is worked on in parts, which threads share; their gradients are added in order. How
   * many parts there are depends on the batch alone, so that sums do not depend on the number of
   * threads: two, or of large batches as many as leave each this many atoms, but not more than
   * {@link #MOST_PARTS}.
   */
  private static final int ATOMS_OF_PART = 256;

  private static final int FEWEST_PARTS = 2;
  private static final int MOST_PARTS = 16;

  private final LabelledSystems data;
  private final ForceLoss loss;
  private final Workers workers;
  private final Architecture.Prepared prepared;
  private final ForceBatches batches;

  /** The k-th is for the k-th part of every batch, which finds arrays of its lengths there. */
  private final List<Workspace> workspaces;

  private final Workspace sums;

  /**
   * The loss of a batch and its gradient.
   *
   * @param loss of {@link ForceLoss}, with the weights of the options
   * @param gradient of the loss by the weights, under their names
   */
  public record Evaluation(double loss, Parameters gradient) {}

  /**
   * Computes the descriptors of all systems and initialises a potential from the options' seed.
   *
   * @throws IllegalArgumentException if there are no systems
   */
  public TrainingObjective(TrainingOptions options, LabelledSystems data) {
    this(options, data, RandomSource.XO_RO_SHI_RO_128_PP.create(options.seed()), described -> {});
  }

  TrainingObjective(
      TrainingOptions options,
      LabelledSystems data,
      UniformRandomProvider random,
      IntConsumer described) {
    if (data.size() == 0) {
      throw new IllegalArgumentException("training needs systems to train on, got 0");
    }
    TrainingOptions.Training how = options.training();
    this.data = data;
    loss = how.loss();
    List<Workspace> all = Workspace.sharing(MOST_PARTS + 1);
    workspaces = all.subList(0, MOST_PARTS);
    sums = all.getLast();
    workers = new Workers(options.threads());
    try {
      prepared = RepulsionTraining.prepare(options, data, random, workers, described);
      batches = new ForceBatches(prepared.potential(), data, prepared.training());
    } catch (RuntimeException | Error failure) {
      workers.close();
      throw failure;
    }
  }

  /** Returns the potential with the weights that a training starts from. */
  public LearnedPotential potential() {
    return prepared.potential();
  }

  /** Returns batches of another set, to validate on. */
  ForceBatches other(LabelledSystems set, IntConsumer described) {
    return new ForceBatches(potential(), set, prepared.other(set, workers, described));
  }

  /**
   * Returns the loss of a batch and its gradient by the weights.
   *
   * @param systems which systems of the data, from 0; at least one
   * @param weights of the names and shapes of the {@linkplain #potential() potential}'s
   * @throws IllegalArgumentException if the batch is empty or has a number that no system has
   */
  public Evaluation evaluate(int[] systems, Parameters weights) {
    check(systems);
    return measure(systems, weights).evaluation;
  }

  /** An evaluation and the errors in the batch. */
  record Measured(Evaluation evaluation, LabelErrorSums errors) {}

  /** As {@link #evaluate}, with the errors, for a batch that is known to be right. */
  Measured measure(int[] systems, Parameters weights) {
    Targets.Counts labels = batches.counts(systems);
    List<Measured> found;
    try {
      found = workers.map(parts(systems), part -> measure(part, weights, labels));
    } catch (OutOfMemoryError full) {
      throw tooLarge(systems, full);
    }
    Measured first = found.getFirst();
    double value = first.evaluation.loss;
    for (Measured next : found.subList(1, found.size())) {
      value += next.evaluation.loss;
      first.errors.add(next.errors);
    }
    return new Measured(new Evaluation(value, sum(found)), first.errors);
  }

  /** Adds up the gradients of the parts; only the sum is a new array. */
  private Parameters sum(List<Measured> found) {
    Parameters first = found.getFirst().evaluation.gradient;
    if (found.size() == 1) {
      return first.map(workspaces.getFirst()::keep);
    }
    return sums.run(
            () -> {
              Parameters sum = first;
              for (Measured next : found.subList(1, found.size())) {
                sum = sum.zip(next.evaluation.gradient, Tensor::add);
              }
              return sum;
            })
        .map(sums::keep);
  }

  private IllegalStateException tooLarge(int[] systems, OutOfMemoryError full) {
    int all = 0;
    for (int k : systems) {
      all += batches.atoms()[k];
    }
    return new IllegalStateException(
        "a step on %d systems with %d atoms does not fit into the Java heap of %d MB: lower batch_size, max_atoms_per_batch or memory_share, or give Java more with -Xmx"
            .formatted(systems.length, all, Runtime.getRuntime().maxMemory() >> 20),
        full);
  }

  /** Systems of a batch, and the arrays for the work on them. */
  private record Part(int[] systems, Workspace workspace) {}

  private Measured measure(Part part, Parameters weights, Targets.Counts labels) {
    return part.workspace.run(
        () -> {
          Parameters variables = weights.variables();
          BatchModel.Output output = batches.output(part.systems, variables);
          Targets targets = batches.targets(part.systems);
          Tensor value = loss.of(output, targets, labels);
          return new Measured(
              new Evaluation(value.item(), variables.gradient(value)),
              LabelErrorSums.of(output, targets));
        });
  }

  /** Cuts a batch so that no part has many more atoms than another. */
  private List<Part> parts(int[] systems) {
    int all = 0;
    for (int k : systems) {
      all += batches.atoms()[k];
    }
    int count = Math.clamp(all / ATOMS_OF_PART, FEWEST_PARTS, MOST_PARTS);
    List<Part> parts = new ArrayList<>();
    int from = 0;
    long sum = 0;
    for (int k = 0; k < systems.length; k++) {
      sum += batches.atoms()[systems[k]];
      long bound = (long) (parts.size() + 1) * all / count;
      boolean last = k + 1 == systems.length;
      if (last || sum + batches.atoms()[systems[k + 1]] > bound) {
        parts.add(new Part(Arrays.copyOfRange(systems, from, k + 1), workspaces.get(parts.size())));
        from = k + 1;
      }
    }
    return parts;
  }

  private void check(int[] systems) {
    if (systems.length == 0) {
      throw new IllegalArgumentException("a batch needs at least one system, got 0");
    }
    for (int system : systems) {
      if (system < 0 || system >= data.size()) {
        throw new IllegalArgumentException(
            "a batch names system "
                + system
                + " of "
                + data.size()
                + " systems, which are numbered from 0 to "
                + (data.size() - 1));
      }
    }
  }

  /** Returns the number of atoms of each system; not to be changed. */
  int[] atoms() {
    return batches.atoms();
  }

  /** Returns how the loss gets at the forces, and what is kept in memory for that. */
  public DescriptionPlan plan() {
    return prepared.plan();
  }

  /** Returns the threads, for other work of the same training. */
  Workers workers() {
    return workers;
  }

  /** Ends the threads. */
  @Override
  public void close() {
    workers.close();
  }
}
