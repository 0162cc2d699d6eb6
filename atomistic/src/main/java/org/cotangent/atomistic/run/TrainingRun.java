package org.cotangent.atomistic.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.data.Finding;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.dynamics.EnergyDrift;
import org.cotangent.atomistic.dynamics.MolecularDynamics;
import org.cotangent.atomistic.dynamics.MotionState;
import org.cotangent.atomistic.io.XyzWriter;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.options.OptionsFile;
import org.cotangent.atomistic.options.RunOptions;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.report.PeakMemory;
import org.cotangent.atomistic.report.Progress;
import org.cotangent.atomistic.report.Section;
import org.cotangent.atomistic.training.DifferenceCheck;
import org.cotangent.atomistic.training.PredictionErrors;
import org.cotangent.atomistic.training.Predictions;
import org.cotangent.atomistic.training.RunOutcome;
import org.cotangent.autodiff.DType;
import org.cotangent.metatensor.internal.AtomicFile;
import org.jspecify.annotations.Nullable;

/**
 * Trains a potential, measures it on all sets, checks its forces, and leaves everything in a folder
 * ({@link RunFiles}).
 */
public final class TrainingRun {

  /** Short, because an activation such as relu has a kink that is better not stepped over. */
  private static final double DISPLACEMENT = 2e-5;

  private static final double STRAIN = 2e-5;
  private static final double TEMPERATURE = 300;
  private static final double TIME_STEP = 0.5;

  /** Of a larger training set so many frames, evenly spread, are measured after the training. */
  private static final int MEASURED = 1000;

  /** The forces on so many atoms are compared with differences of the energy. */
  private static final int CHECKED_ATOMS = 12;

  private final RunOptions options;
  private final RunData data;
  private final RunFiles files;
  private final ModelMetadata metadata;
  private final int dynamicsSteps;
  private final String yaml;
  private final long start = java.lang.System.nanoTime();
  private @Nullable Trained trained;
  private final List<RunOutcome.Phase> phases = new ArrayList<>();

  /**
   * Prepares a run.
   *
   * @param folder which is there
   * @param metadata goes into the model file; its name is the report's title
   * @param dynamicsSteps of 0.5 fs at constant energy with which the model is tried; 0 for none
   */
  public TrainingRun(
      RunOptions options, RunData data, Path folder, ModelMetadata metadata, int dynamicsSteps) {
    this.options = options;
    this.data = data;
    this.files = new RunFiles(folder);
    this.metadata = metadata;
    this.dynamicsSteps = dynamicsSteps;
    yaml = OptionsFile.write(options);
    List<LabelledSystems> sets =
        List.of(data.sets().training(), data.sets().validation(), data.sets().test());
    phases.add(
        new RunOutcome.Phase(
            "reading data",
            data.seconds(),
            sets.stream().mapToInt(LabelledSystems::size).sum(),
            sets.stream().mapToLong(LabelledSystems::atoms).sum()));
  }

  /** Prepares a run without dynamics. */
  public TrainingRun(RunOptions options, RunData data, Path folder, ModelMetadata metadata) {
    this(options, data, folder, metadata, 0);
  }

  /**
   * Trains the potential, and writes options, splits, log and checkpoint.
   *
   * @param resume whether to go on from the checkpoint in the folder, if there is one
   * @param stops asked after each step whether to stop there, with a checkpoint
   * @return false if it was stopped
   * @throws IllegalArgumentException if it cannot go on because options or data are others; the
   *     message says which
   */
  public boolean train(boolean resume, Progress progress, BooleanSupplier stops)
      throws IOException {
    if (resume && Files.exists(files.options())) {
      RunOptions before = OptionsFile.read(files.options(), List.of());
      TrainingByEpochs.requireSame(options, before, files);
    }
    AtomicFile.write(files.options(), out -> out.write(yaml.getBytes(StandardCharsets.UTF_8)));
    data.sets().split().write(files.splits());
    trained =
        options.isFitted()
            ? new TrainingByLeastSquares(options, data, files).run(progress)
            : new TrainingByEpochs(options, data, files).run(resume, progress, stops);
    phases.addAll(trained.phases());
    return !trained.stopped();
  }

  /**
   * Measures the trained potential on all sets and checks its forces; writes the model and the
   * predictions.
   */
  public RunOutcome measure(Progress progress) throws IOException {
    Trained done = Objects.requireNonNull(trained, "nothing has been trained yet");
    LearnedPotential potential = done.potential();
    ModelFile.write(files.model(), potential, metadata);
    List<RunOutcome.EvaluatedSet> sets = evaluate(potential, progress);
    LabelledSystems last = lastSet();
    return new RunOutcome(
        metadata.name(),
        potential.description(),
        potential.weights().count(),
        done.courses(),
        sets,
        done.members().stream().map(member -> PredictionErrors.of(member, last)).toList(),
        new RunOutcome.Data(data.sources(), facts(), findings()),
        checks(potential, last.systems()),
        new RunOutcome.Cost(phases, data.seconds() + secondsSince(start), PeakMemory.now()),
        yaml);
  }

  /**
   * Keeps what the run came to. With that it has ended: {@link FinishedRun}.
   *
   * @param summary as it is printed
   */
  public void finish(List<String> summary) throws IOException {
    FinishedRun.write(files, data, summary);
  }

  /** Returns the test set, or the validation set where there is none. */
  private LabelledSystems lastSet() {
    return data.sets().test().size() > 0 ? data.sets().test() : data.sets().validation();
  }

  private List<RunOutcome.EvaluatedSet> evaluate(LearnedPotential potential, Progress progress)
      throws IOException {
    LabelledSystems training = data.sets().training();
    LabelledSystems measured = training;
    String name = "training";
    if (training.size() > MEASURED) {
      int all = training.size();
      measured =
          training.select(
              IntStream.range(0, MEASURED).map(k -> (int) ((long) k * all / MEASURED)).toArray());
      name = "training (" + MEASURED + " of " + all + ")";
    }
    SequencedMap<String, LabelledSystems> sets = new LinkedHashMap<>();
    sets.put(name, measured);
    sets.put("validation", data.sets().validation());
    if (data.sets().test().size() > 0) {
      sets.put("test", data.sets().test());
    }
    int systems = sets.values().stream().mapToInt(LabelledSystems::size).sum();
    progress.start("predictions", systems);
    long mark = java.lang.System.nanoTime();
    List<RunOutcome.EvaluatedSet> evaluated = new ArrayList<>();
    int before = 0;
    for (Map.Entry<String, LabelledSystems> set : sets.entrySet()) {
      int first = before;
      PredictionErrors errors = new PredictionErrors(potential.constants());
      if (set.getKey().equals("test")) {
        XyzWriter.write(
            files.predictions(), new PredictedFrames(potential, set.getValue(), errors::add));
      } else {
        Predictions.inParts(
            potential,
            set.getValue(),
            (part, done) -> {
              errors.add(part);
              progress.step(first + done, "");
            });
      }
      before += set.getValue().size();
      progress.step(before, "");
      evaluated.add(new RunOutcome.EvaluatedSet(set.getKey(), errors));
    }
    progress.close();
    phases.add(
        new RunOutcome.Phase(
            "predictions",
            secondsSince(mark),
            systems,
            sets.values().stream().mapToLong(LabelledSystems::atoms).sum()));
    return evaluated;
  }

  private RunOutcome.Checks checks(LearnedPotential potential, List<System> systems) {
    System first = systems.getFirst();
    LearnedPotential precise = potential.to(DType.FLOAT64);
    long mark = java.lang.System.nanoTime();
    DifferenceCheck forces =
        DifferenceCheck.ofForces(precise, List.of(first), CHECKED_ATOMS, DISPLACEMENT);
    phases.add(new RunOutcome.Phase("force check", secondsSince(mark), forces.components(), 0));
    RunOutcome.Virial virial = virial(precise, systems);
    if (dynamicsSteps == 0) {
      return new RunOutcome.Checks(forces, virial, null);
    }
    mark = java.lang.System.nanoTime();
    MolecularDynamics dynamics =
        new MolecularDynamics(
            precise, MotionState.thermal(first, TEMPERATURE, options.seed()), TIME_STEP);
    EnergyDrift drift = EnergyDrift.measure(dynamics, dynamicsSteps, 10, TIME_STEP);
    phases.add(
        new RunOutcome.Phase(
            "dynamics", secondsSince(mark), dynamicsSteps, (long) dynamicsSteps * first.size()));
    return new RunOutcome.Checks(
        forces,
        virial,
        new RunOutcome.Drift(
            drift,
            String.format(
                Locale.ROOT,
                "%s ps at constant energy, %s fs, started at %.0f K, %d atoms",
                dynamicsSteps * TIME_STEP / 1000,
                TIME_STEP,
                TEMPERATURE,
                first.size())));
  }

  /** Checks that of the first periodic system; of molecules it follows from the forces. */
  private RunOutcome.@Nullable Virial virial(LearnedPotential precise, List<System> systems) {
    for (System system : systems) {
      if (system.pbc(0) || system.pbc(1) || system.pbc(2)) {
        long mark = java.lang.System.nanoTime();
        DifferenceCheck check = DifferenceCheck.ofVirial(precise, system, STRAIN);
        phases.add(new RunOutcome.Phase("virial check", secondsSince(mark), check.components(), 0));
        return new RunOutcome.Virial(check, system.size());
      }
    }
    return null;
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    data.statistics()
        .content()
        .forEach(
            (name, value) -> {
              if (value instanceof Map<?, ?> each) {
                each.forEach((symbol, text) -> facts.put(symbol.toString(), text.toString()));
              } else {
                facts.put(name, value.toString());
              }
            });
    return facts;
  }

  private List<Section.Finding> findings() {
    List<Section.Finding> findings = new ArrayList<>();
    data.sets()
        .notes()
        .forEach(note -> findings.add(new Section.Finding(Section.Severity.NOTE, note)));
    for (Finding finding : data.checks().findings()) {
      findings.add(
          new Section.Finding(
              finding.severity() == Finding.Severity.ERROR
                  ? Section.Severity.ERROR
                  : Section.Severity.WARNING,
              finding.sentence()));
    }
    return findings;
  }

  private static double secondsSince(long start) {
    return (java.lang.System.nanoTime() - start) / 1e9;
  }
}
