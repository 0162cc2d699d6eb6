package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.descriptors.NeighborDensity;
import org.cotangent.atomistic.potentials.CompositionEnergies;
import org.cotangent.atomistic.potentials.NetworkPotential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Mlp;
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
   * Every batch is worked on in this many parts, which threads share; their gradients are added in
   * order. It is a constant, so that sums do not depend on the number of threads.
   */
  private static final int PARTS = 2;

  /**
   * Features that hardly vary are not blown up by more than this beside the one that varies most.
   */
  private static final double SMALLEST_SCALE = 1e-3;

  private final LabelledSystems data;
  private final ForceLoss loss;
  private final Workers workers;
  private final NetworkPotential potential;
  private final ForceBatches batches;

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
    TrainingOptions.Architecture form = options.architecture();
    TrainingOptions.Training how = options.training();
    this.data = data;
    loss = new ForceLoss(how.energyWeight(), how.forceWeight());
    NeighborDensity descriptor =
        new NeighborDensity(
            data.types(), form.cutoff(), form.radial(), form.angularRadial(), form.maxAngular());
    workers = new Workers(options.threads());
    try {
      FeatureStore features =
          FeatureStore.of(descriptor, data.systems(), options.dtype(), workers, described);
      potential = initial(options, descriptor, features, random);
      batches = new ForceBatches(potential, data, features, how.gradients());
    } catch (RuntimeException | Error failure) {
      workers.close();
      throw failure;
    }
  }

  /** Returns the potential with the weights that a training starts from. */
  public NetworkPotential potential() {
    return potential;
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
    List<int[]> parts = new ArrayList<>();
    for (int k = 0; k < PARTS; k++) {
      int from = k * systems.length / PARTS;
      int to = (k + 1) * systems.length / PARTS;
      if (to > from) {
        parts.add(Arrays.copyOfRange(systems, from, to));
      }
    }
    List<Evaluation> found =
        workers.map(
            parts,
            part -> {
              Parameters variables = weights.variables();
              Tensor value = batches.loss(part, variables, loss);
              double share = (double) part.length / systems.length;
              return new Evaluation(
                  share * value.item(), variables.gradient(value).map(g -> g.multiply(share)));
            });
    Evaluation sum = found.getFirst();
    for (Evaluation next : found.subList(1, found.size())) {
      sum = new Evaluation(sum.loss + next.loss, sum.gradient.zip(next.gradient, Tensor::add));
    }
    return sum;
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

  /** Returns how the two kinds of errors are weighed. */
  ForceLoss loss() {
    return loss;
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

  private NetworkPotential initial(
      TrainingOptions options,
      NeighborDensity descriptor,
      FeatureStore features,
      UniformRandomProvider random) {
    DType dtype = options.dtype();
    Parameters.Builder standard = Parameters.builder();
    for (int type : descriptor.types()) {
      Tensor[] statistics = features.statistics(type);
      double[] scale = statistics[1].toDoubleArray();
      double floor = SMALLEST_SCALE * Arrays.stream(scale).max().orElse(1);
      for (int k = 0; k < scale.length; k++) {
        scale[k] = floor == 0 ? 1 : Math.max(scale[k], floor);
      }
      standard.add(type + ".mean", statistics[0].cast(dtype));
      standard.add(type + ".scale", Tensor.of(scale).cast(dtype));
    }
    List<Integer> sizes = new ArrayList<>();
    sizes.add(descriptor.size());
    sizes.addAll(options.architecture().hidden());
    sizes.add(1);
    Mlp network = new Mlp(sizes, options.architecture().activation());
    double[] energies =
        CompositionEnergies.fit(descriptor.types(), data.systems(), data.energies());
    TreeMap<Integer, Double> constants = new TreeMap<>();
    for (int t = 0; t < energies.length; t++) {
      constants.put(descriptor.types().get(t), energies[t]);
    }
    return new NetworkPotential(
        descriptor,
        network,
        NetworkPotential.initialise(descriptor, network, random, dtype),
        standard.build(),
        constants);
  }
}
