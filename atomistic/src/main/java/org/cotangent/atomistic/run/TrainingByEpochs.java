package org.cotangent.atomistic.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.options.OptionsFile;
import org.cotangent.atomistic.options.RunOptions;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.report.Progress;
import org.cotangent.atomistic.training.Checkpoint;
import org.cotangent.atomistic.training.CommitteeTraining;
import org.cotangent.atomistic.training.RunOutcome;
import org.cotangent.atomistic.training.Trainer;
import org.cotangent.atomistic.training.TrainingState;
import org.jspecify.annotations.Nullable;

/** Trains the potential of a run, or all members of its committee, epoch by epoch. */
final class TrainingByEpochs {
  private final RunOptions options;
  private final RunData data;
  private final RunFiles files;

  TrainingByEpochs(RunOptions options, RunData data, RunFiles files) {
    this.options = options;
    this.data = data;
    this.files = files;
  }

  /**
   * Runs the training.
   *
   * @param resume whether to go on from the checkpoints in the folder, where there are some
   */
  Trained run(boolean resume, Progress progress, BooleanSupplier stops) throws IOException {
    int members = options.committee();
    List<@Nullable TrainingState> from = new ArrayList<>();
    int done = 0;
    long steps = 0;
    for (int m = 0; m < members; m++) {
      TrainingState state = resume ? state(files.member(m, members).checkpoint()) : null;
      from.add(state);
      done += state == null ? 0 : state.epochs().size();
      steps += state == null ? 0 : state.steps();
    }
    long mark = java.lang.System.nanoTime();
    CommitteeTraining.Result result = train(from, progress, stops, done);
    return trained(result, (java.lang.System.nanoTime() - mark) / 1e9, done, steps);
  }

  private CommitteeTraining.Result train(
      List<@Nullable TrainingState> from, Progress progress, BooleanSupplier stops, int done)
      throws IOException {
    int members = from.size();
    String yaml = OptionsFile.write(options);
    int epochs = members * options.training().training().numEpochs();
    TrainingProgress shown = new TrainingProgress(progress, epochs, done);
    List<EpochTraining> listeners = new ArrayList<>();
    try {
      for (int m = 0; m < members; m++) {
        RunFiles.MemberFiles own = files.member(m, members);
        listeners.add(new EpochTraining(own, yaml, data.fingerprint(), from.get(m), shown, stops));
      }
      return new CommitteeTraining(
              options.training(), data.sets().training(), data.sets().validation())
          .run(from, listeners::get);
    } finally {
      for (EpochTraining listener : listeners) {
        listener.close();
      }
      progress.close();
    }
  }

  /** Returns the state in a checkpoint, or null if there is none yet. */
  private @Nullable TrainingState state(Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    Checkpoint checkpoint = Checkpoint.read(file);
    RunOptions before = OptionsFile.parse(file + " (options)", checkpoint.options(), List.of());
    requireSame(options, before, files);
    requireSame(data, checkpoint.data(), files);
    return checkpoint.state();
  }

  /**
   * Fails if a run cannot go on with these data.
   *
   * @param before the fingerprint of those that it began with
   * @throws IllegalArgumentException if they are others
   */
  static void requireSame(RunData data, String before, RunFiles files) {
    if (!before.equals(data.fingerprint())) {
      throw new IllegalArgumentException(
          "the run in " + files.folder() + " cannot go on: its data have changed since it began");
    }
  }

  /**
   * Fails if a run cannot go on with these options.
   *
   * @throws IllegalArgumentException if some differ that decide the result; the message says which
   */
  static void requireSame(RunOptions options, RunOptions before, RunFiles files) {
    List<String> differences = OptionsFile.differences(options, before);
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          "the run in "
              + files.folder()
              + " cannot go on with other options: "
              + String.join(", ", differences));
    }
  }

  private Trained trained(
      CommitteeTraining.Result result, double seconds, int epochsBefore, long stepsBefore) {
    LabelledSystems training = data.sets().training();
    LabelledSystems validation = data.sets().validation();
    List<Trainer.Result> members = result.members();
    double describing = members.getFirst().featureSeconds();
    long steps = members.stream().mapToLong(Trainer.Result::steps).sum();
    int epochs = members.stream().mapToInt(member -> member.epochs().size()).sum();
    List<LearnedPotential> potentials =
        members.size() == 1 ? List.of() : members.stream().map(Trainer.Result::potential).toList();
    return new Trained(
        result.potential(),
        potentials,
        members.stream()
            .map(m -> new RunOutcome.Course(m.epochs(), m.bestEpoch(), m.steps()))
            .toList(),
        List.of(
            new RunOutcome.Phase(
                "descriptors",
                describing,
                training.size() + validation.size(),
                training.atoms() + validation.atoms()),
            new RunOutcome.Phase(
                "training",
                seconds - describing,
                steps - stepsBefore,
                (long) training.atoms() * (epochs - epochsBefore))),
        members.stream().anyMatch(member -> member.ending() == Trainer.Ending.STOPPED));
  }
}
