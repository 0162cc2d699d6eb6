package org.cotangent.atomistic.leastsquares;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.cotangent.atomistic.RefusedSystemException;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.linearace.AceBasis;
import org.cotangent.atomistic.linearace.LinearAce;
import org.cotangent.atomistic.linearace.LinearAcePotential;
import org.cotangent.atomistic.linearace.SiteValues;
import org.cotangent.atomistic.potentials.CompositionEnergies;
import org.cotangent.autodiff.linalg.NormalEquations;
import org.jspecify.annotations.Nullable;

/**
 * Fits a {@link LinearAce} by {@link LeastSquares}: energies less the elements' constants, forces
 * and virials are linear in its coefficients. The rows of systems are computed in batches and only
 * the normal equations are kept, so memory does not grow with the data. The result is the same, bit
 * for bit, whatever the number of threads.
 */
public final class LinearFit {
  /** Rows that are added to the normal equations at once: enough for fast matrix products. */
  private static final int BATCH = 768;

  private LinearFit() {}

  /** Hears how a fit goes on. */
  public interface Listener {
    /** The basis is made: how many functions of each correlation order, from 0 on. */
    default void basis(int[] sizes) {}

    /** The rows of so many training systems were added. */
    default void added(int systems) {}

    /** A ridge was tried. */
    default void tried(Trial trial) {}
  }

  /**
   * What became of one ridge.
   *
   * @param ridge the factor of the prior
   * @param trainingLoss the sum of weighted squared errors, without the prior; NaN where the
   *     equations with this ridge could not be solved
   * @param validation errors on the validation set; null where that is empty or nothing was solved
   */
  public record Trial(double ridge, double trainingLoss, @Nullable FitErrors validation) {}

  /**
   * A fit.
   *
   * @param potential in float64
   * @param functions the number of coefficients
   * @param rows the number of equations
   * @param trials one for each ridge, in their order
   * @param ridge the one that was taken
   * @param rowSeconds the time that computing rows took
   * @param productSeconds the time that their products took
   * @param solveSeconds the time that solving and validating took
   * @param bytes the memory of equations and rows
   */
  public record Result(
      LinearAcePotential potential,
      int functions,
      long rows,
      List<Trial> trials,
      double ridge,
      double rowSeconds,
      double productSeconds,
      double solveSeconds,
      long bytes) {}

  /**
   * Fits.
   *
   * @param validation decides between ridges; may be empty if there is only one
   * @param threads 1 or more
   * @throws IllegalArgumentException if there is nothing to fit, several ridges but no validation
   *     set, no ridge large enough, or not enough memory; or if a system is refused, by its name
   */
  public static Result run(
      LinearAce form,
      LeastSquares how,
      LabelledSystems training,
      LabelledSystems validation,
      int threads,
      Listener listener) {
    if (validation.size() == 0 && how.ridges().size() > 1) {
      throw new IllegalArgumentException(
          "%d ridges were given but no validation set to choose by: give one ridge or a validation set"
              .formatted(how.ridges().size()));
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("cotangent-fit-", 0).factory());
    try {
      return new Run(form, how, training, validation, pool, listener).result();
    } finally {
      pool.shutdownNow();
    }
  }

  /** One fit, with its threads. */
  private static final class Run {
    private final LeastSquares how;
    private final ExecutorService pool;
    private final Listener listener;
    private final AceBasis basis;
    private final SortedMap<Integer, Double> constants;
    private final DesignRows training;
    private final DesignRows validation;
    private final ThreadLocal<SiteValues> scratch;
    private final int batch;
    private final long bytes;
    private double rowSeconds;
    private double productSeconds;

    Run(
        LinearAce form,
        LeastSquares how,
        LabelledSystems trained,
        LabelledSystems validated,
        ExecutorService pool,
        Listener listener) {
      this.how = how;
      this.pool = pool;
      this.listener = listener;
      basis = basis(form, types(trained, validated), trained);
      listener.basis(basis.sizes());
      constants = constants(basis.types(), trained);
      training = new DesignRows(basis, how, trained, constants);
      validation = new DesignRows(basis, how, validated, constants);
      scratch = ThreadLocal.withInitial(() -> new SiteValues(basis));
      int largest = IntStream.range(0, trained.size()).map(training::rows).max().orElse(0);
      if (largest == 0) {
        throw new IllegalArgumentException(
            "none of the %d training systems has a label that is given weight"
                .formatted(trained.size()));
      }
      batch = Math.max(BATCH, largest);
      bytes = NormalEquations.bytes(basis.size()) + 8L * basis.size() * batch;
      requireMemory();
    }

    private static AceBasis basis(LinearAce form, List<Integer> types, LabelledSystems trained) {
      try {
        return AceBasis.of(form, types, trained.systems());
      } catch (RefusedSystemException refusal) {
        throw refusal.named(trained.names().get(refusal.system()));
      }
    }

    private void requireMemory() {
      long most = Runtime.getRuntime().maxMemory();
      if (bytes > 0.9 * most || 1L * basis.size() * batch > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "%d functions need %.1f GB of memory, Java may use %.1f GB: lower max_degree, or give Java more with -Xmx"
                .formatted(basis.size(), bytes / 1e9, most / 1e9));
      }
    }

    private static List<Integer> types(LabelledSystems one, LabelledSystems other) {
      return IntStream.concat(
              one.types().stream().mapToInt(t -> t), other.types().stream().mapToInt(t -> t))
          .sorted()
          .distinct()
          .boxed()
          .toList();
    }

    /** From the energies that are known. */
    private static SortedMap<Integer, Double> constants(
        List<Integer> types, LabelledSystems systems) {
      LabelledSystems known =
          systems.select(IntStream.range(0, systems.size()).filter(systems::hasEnergy).toArray());
      if (known.size() > 0) {
        return CompositionEnergies.byType(types, known.systems(), known.energies());
      }
      SortedMap<Integer, Double> none = new TreeMap<>();
      types.forEach(type -> none.put(type, 0.0));
      return none;
    }

    Result result() {
      NormalEquations equations = accumulated();
      long before = java.lang.System.nanoTime();
      double[] roughness = basis.roughness(how.smoothness());
      List<Trial> trials = new ArrayList<>();
      double[] best = null;
      Trial taken = null;
      for (double ridge : how.ridges()) {
        double[] penalty = new double[roughness.length];
        for (int k = 0; k < penalty.length; k++) {
          penalty[k] = ridge * roughness[k] * roughness[k];
        }
        double[] found = equations.solve(penalty, pool);
        Trial trial =
            found == null
                ? new Trial(ridge, Double.NaN, null)
                : new Trial(ridge, equations.residual(found, penalty), errors(found));
        trials.add(trial);
        listener.tried(trial);
        if (found != null && (taken == null || loss(trial) < loss(taken))) {
          best = found;
          taken = trial;
        }
      }
      if (best == null || taken == null) {
        throw new IllegalArgumentException(
            "none of the ridges %s is large enough for %d functions to be told apart: give larger ones"
                .formatted(how.ridges(), basis.size()));
      }
      return new Result(
          new LinearAcePotential(basis, LinearAcePotential.weights(best), constants),
          basis.size(),
          equations.rows(),
          List.copyOf(trials),
          taken.ridge(),
          rowSeconds,
          productSeconds,
          since(before),
          bytes);
    }

    private static double loss(Trial trial) {
      return trial.validation() == null ? trial.trainingLoss() : trial.validation().loss();
    }

    private static double since(long nanos) {
      return (java.lang.System.nanoTime() - nanos) * 1e-9;
    }

    private NormalEquations accumulated() {
      NormalEquations equations = new NormalEquations(basis.size());
      double[] columns = new double[basis.size() * batch];
      double[] targets = new double[batch];
      int next = 0;
      while (next < training.systems()) {
        long before = java.lang.System.nanoTime();
        List<Future<?>> filled = new ArrayList<>();
        int count = 0;
        while (next < training.systems() && count + training.rows(next) <= batch) {
          int system = next;
          int row = count;
          filled.add(
              pool.submit(
                  () -> training.fill(system, columns, batch, row, targets, scratch.get())));
          count += training.rows(next++);
        }
        filled.forEach(LinearFit::await);
        rowSeconds += since(before);
        before = java.lang.System.nanoTime();
        equations.add(columns, batch, count, targets, pool);
        productSeconds += since(before);
        listener.added(next);
      }
      return equations;
    }

    /** Returns the errors of coefficients on the validation set; null if that is empty. */
    private @Nullable FitErrors errors(double[] coefficients) {
      List<Future<FitErrors>> parts = new ArrayList<>();
      for (int s = 0; s < validation.systems(); s++) {
        int system = s;
        parts.add(pool.submit(() -> validation.errors(system, coefficients, scratch.get())));
      }
      FitErrors sum = null;
      for (Future<FitErrors> part : parts) {
        FitErrors one = await(part);
        sum = sum == null ? one : sum.plus(one);
      }
      return sum;
    }
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException known) {
        throw known;
      }
      if (failure.getCause() instanceof Error known) {
        throw known;
      }
      throw new IllegalStateException("a fit failed", failure.getCause());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in a fit", stop);
    }
  }
}
