package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.descriptors.NeighborDensity;
import org.cotangent.atomistic.potentials.CompositionEnergies;
import org.cotangent.atomistic.potentials.NetworkPotential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Mlp;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.autodiff.optim.Adam;
import org.cotangent.autodiff.optim.AdamW;
import org.cotangent.autodiff.optim.ExponentialMovingAverage;
import org.cotangent.autodiff.optim.GradientClipping;
import org.cotangent.autodiff.optim.Optimizer;
import org.cotangent.autodiff.optim.RunningNormClipping;
import org.cotangent.autodiff.optim.Schedule;

/** Trains a {@link NetworkPotential} on energies and forces. */
public final class Trainer {
  /**
   * Every batch is worked on in this many parts, which threads share; their gradients are added in
   * order. It is a constant, so that sums do not depend on the number of threads.
   */
  private static final int PARTS = 2;

  /**
   * Features that hardly vary are not blown up by more than this beside the one that varies most.
   */
  private static final double SMALLEST_SCALE = 1e-3;

  private final TrainingOptions options;
  private final LabelledSystems training;
  private final LabelledSystems validation;

  /**
   * Prepares a training.
   *
   * @throws IllegalArgumentException if a set is empty, or the validation set has an element that
   *     the training set has not
   */
  public Trainer(TrainingOptions options, LabelledSystems training, LabelledSystems validation) {
    if (training.size() == 0 || validation.size() == 0) {
      throw new IllegalArgumentException(
          "training needs systems to train and to validate on, got "
              + training.size()
              + " and "
              + validation.size());
    }
    this.options = options;
    this.training = training;
    this.validation = validation;
  }

  /**
   * The result of a training.
   *
   * @param potential with the weights of the best epoch
   * @param epochs all that were run
   * @param bestEpoch the number of the best one
   * @param featureSeconds the time that the descriptors of both sets took
   * @param steps of the optimiser
   */
  public record Result(
      NetworkPotential potential,
      List<Epoch> epochs,
      int bestEpoch,
      double featureSeconds,
      long steps) {}

  /** Hears how far a training has come, on the thread that runs it. */
  public interface Listener {
    /** The descriptors of this many systems are to be computed. */
    default void describing(int systems) {}

    /** Those of this many are. */
    default void described(int systems) {}

    /** Training starts, with at most this many epochs. */
    default void training(int epochs) {}

    /** An epoch is over. */
    void trained(Epoch epoch);
  }

  /**
   * Runs the training.
   *
   * @param listener hears of every phase and epoch
   * @throws IllegalStateException if the loss stops being finite
   */
  public Result run(Listener listener) {
    try (Workers workers = new Workers(options.threads())) {
      return run(listener, workers);
    }
  }

  private Result run(Listener listener, Workers workers) {
    TrainingOptions.Architecture form = options.architecture();
    TrainingOptions.Training how = options.training();
    NeighborDensity descriptor =
        new NeighborDensity(
            training.types(),
            form.cutoff(),
            form.radial(),
            form.angularRadial(),
            form.maxAngular());
    long start = java.lang.System.nanoTime();
    listener.describing(training.size() + validation.size());
    FeatureStore features =
        FeatureStore.of(
            descriptor, training.systems(), options.dtype(), workers, listener::described);
    FeatureStore validationFeatures =
        FeatureStore.of(
            descriptor,
            validation.systems(),
            options.dtype(),
            workers,
            count -> listener.described(training.size() + count));
    double featureSeconds = secondsSince(start);

    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(options.seed());
    NetworkPotential potential = initial(descriptor, features, random);
    ForceBatches batches = new ForceBatches(potential, training, features, how.gradients());
    Validation validate =
        new Validation(
            new ForceBatches(potential, validation, validationFeatures, ForceGradients.FORWARD),
            validation,
            new ForceLoss(how.energyWeight(), how.forceWeight()),
            workers);

    listener.training(how.numEpochs());
    start = java.lang.System.nanoTime();
    int batchSize = Math.min(how.batchSize(), training.size());
    int perEpoch = training.size() / batchSize;
    long total = (long) perEpoch * how.numEpochs();
    Schedule schedule =
        Schedule.cosine(how.learningRate(), 0, total).warmUp(Math.max(1, how.warmupSteps()));
    Optimizer optimizer =
        new AdamW(schedule, Adam.Options.DEFAULT.withWeightDecay(how.weightDecay()));
    RunningNormClipping clipping = new RunningNormClipping(how.clipFactor(), 0.98);
    Parameters weights = potential.weights();
    ExponentialMovingAverage average = ExponentialMovingAverage.of(how.averaging(), true, weights);
    List<Epoch> epochs = new ArrayList<>();
    Parameters best = weights;
    int bestEpoch = 0;
    double bestError = Double.POSITIVE_INFINITY;
    long steps = 0;
    for (int number = 1; number <= how.numEpochs(); number++) {
      int[] order = PermutationSampler.natural(training.size());
      PermutationSampler.shuffle(random, order);
      double rate = 0;
      double sum = 0;
      for (int b = 0; b < perEpoch; b++) {
        int[] batch = Arrays.copyOfRange(order, b * batchSize, (b + 1) * batchSize);
        Step step = step(batches, batch, weights, workers);
        sum += step.loss;
        GradientClipping.Clipped clipped = clipping.clip(step.gradients);
        if (!Double.isFinite(step.loss) || !clipped.isFinite()) {
          throw new IllegalStateException(
              "the loss became "
                  + step.loss
                  + " in epoch "
                  + number
                  + ", step "
                  + (steps + 1)
                  + ": a lower learning rate than "
                  + how.learningRate()
                  + " may help");
        }
        rate = optimizer.learningRate();
        weights = optimizer.step(weights, clipped.gradients());
        average = average.update(weights);
        steps++;
      }
      Epoch epoch =
          validate.measure(average.average(), number, sum / perEpoch, rate, secondsSince(start));
      epochs.add(epoch);
      listener.trained(epoch);
      if (epoch.forceError() < bestError) {
        bestError = epoch.forceError();
        best = average.average();
        bestEpoch = number;
      } else if (number - bestEpoch >= how.patience()) {
        break;
      }
    }
    return new Result(potential.withWeights(best), epochs, bestEpoch, featureSeconds, steps);
  }

  private record Step(double loss, Parameters gradients) {}

  private Step step(ForceBatches batches, int[] batch, Parameters weights, Workers workers) {
    TrainingOptions.Training how = options.training();
    ForceLoss loss = new ForceLoss(how.energyWeight(), how.forceWeight());
    List<int[]> parts = new ArrayList<>();
    for (int k = 0; k < PARTS; k++) {
      int from = k * batch.length / PARTS;
      int to = (k + 1) * batch.length / PARTS;
      if (to > from) {
        parts.add(Arrays.copyOfRange(batch, from, to));
      }
    }
    List<Step> found =
        workers.map(
            parts,
            part -> {
              Parameters variables = weights.variables();
              Tensor value = batches.loss(part, variables, loss);
              double share = (double) part.length / batch.length;
              return new Step(
                  share * value.item(), variables.gradient(value).map(g -> g.multiply(share)));
            });
    Step sum = found.getFirst();
    for (Step next : found.subList(1, found.size())) {
      sum = new Step(sum.loss + next.loss, sum.gradients.zip(next.gradients, Tensor::add));
    }
    return sum;
  }

  private NetworkPotential initial(
      NeighborDensity descriptor, FeatureStore features, UniformRandomProvider random) {
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
        CompositionEnergies.fit(descriptor.types(), training.systems(), training.energies());
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

  private static double secondsSince(long start) {
    return (java.lang.System.nanoTime() - start) / 1e9;
  }
}
