package org.cotangent.atomistic.training;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.potentials.CommitteePotential;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.jspecify.annotations.Nullable;

/**
 * Trains as many potentials as the options' {@code committee} says and makes one of them. Members
 * differ in their seeds alone: the first has the options' seed, the others the numbers after it.
 * They are trained side by side, as many at once as there are threads; threads that are left over
 * are shared among them. The result does not depend on that.
 */
public final class CommitteeTraining {
  private final TrainingOptions options;
  private final List<Trainer> trainers;
  private final int atOnce;

  /**
   * Prepares the training.
   *
   * @throws IllegalArgumentException if a set is empty
   */
  public CommitteeTraining(
      TrainingOptions options, LabelledSystems training, LabelledSystems validation) {
    this.options = options;
    atOnce = Math.min(options.threads(), options.committee());
    trainers =
        IntStream.range(0, options.committee())
            .mapToObj(k -> new Trainer(options.member(k, atOnce), training, validation))
            .toList();
  }

  /**
   * The result of a training.
   *
   * @param potential a {@link CommitteePotential}, or the one potential where there is only one
   * @param members one for each member, in the order of their seeds
   */
  public record Result(LearnedPotential potential, List<Trainer.Result> members) {}

  /**
   * Runs the training from its beginning.
   *
   * @param listeners gives for each member, from 0, who hears how far it has come; those of
   *     different members hear on different threads
   * @throws IllegalStateException if the loss of a member stops being finite; the others stop then
   */
  public Result run(IntFunction<Trainer.Listener> listeners) {
    return run(Collections.nCopies(options.committee(), null), listeners);
  }

  /**
   * Runs the training, or what is left of it.
   *
   * @param from for each member what its {@link Trainer.Listener#reached} heard last in a training
   *     with the same options and data; null where it has not begun
   * @param listeners as in {@link #run(IntFunction)}
   * @throws IllegalArgumentException if there is not one state for each member
   * @throws IllegalStateException if the loss of a member stops being finite; the others stop then
   */
  public Result run(
      List<? extends @Nullable TrainingState> from, IntFunction<Trainer.Listener> listeners) {
    if (from.size() != options.committee()) {
      throw new IllegalArgumentException(
          "a committee of "
              + options.committee()
              + " can go on from as many states, got "
              + from.size());
    }
    AtomicBoolean failed = new AtomicBoolean();
    List<Integer> numbers = IntStream.range(0, options.committee()).boxed().toList();
    List<Trainer.Result> members;
    try (Workers workers = new Workers(atOnce)) {
      members =
          workers.map(
              numbers,
              k -> {
                try {
                  return trainers.get(k).run(from.get(k), listeners.apply(k), failed::get);
                } catch (RuntimeException | Error failure) {
                  failed.set(true);
                  throw failure;
                }
              });
    }
    List<LearnedPotential> potentials = members.stream().map(Trainer.Result::potential).toList();
    return new Result(
        potentials.size() == 1 ? potentials.getFirst() : new CommitteePotential(potentials),
        members);
  }
}
