package org.cotangent.atomistic.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cotangent.atomistic.dynamics.EnergyDrift;
import org.cotangent.atomistic.dynamics.MolecularDynamics;
import org.cotangent.atomistic.dynamics.MotionState;
import org.cotangent.atomistic.io.XyzWriter;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.report.CsvLog;
import org.cotangent.atomistic.report.PeakMemory;
import org.cotangent.atomistic.report.Progress;
import org.cotangent.autodiff.DType;

/**
 * Trains a potential for ethanol on the data that come with the library, tests it on a trajectory
 * that it has not seen, checks its forces, runs dynamics with it, and leaves everything in a run
 * folder.
 */
public final class Quickstart {
  private static final double TEMPERATURE = 300;
  private static final double TIME_STEP = 0.5;
  private static final int STEPS = 2000;
  private static final double DISPLACEMENT = 1e-4;

  private final TrainingOptions options;
  private final Path folder;

  /** Prepares a run; {@code folder} must be there and should be empty. */
  public Quickstart(TrainingOptions options, Path folder) {
    this.options = options;
    this.folder = folder;
  }

  /** Runs everything and writes all files but the report. */
  public RunOutcome run(Progress progress) throws IOException {
    long start = java.lang.System.nanoTime();
    List<RunOutcome.Phase> timings = new ArrayList<>();
    List<RunOutcome.Source> data = new ArrayList<>();
    LabelledSystems training = read(data, "training", 1, 2, 4);
    LabelledSystems validation = read(data, "validation", 5);
    LabelledSystems test = read(data, "test", 3);
    timings.add(new RunOutcome.Phase("reading data", secondsSince(start), data.size(), 0));
    Files.writeString(folder.resolve("options.yaml"), options.toYaml());

    long mark = java.lang.System.nanoTime();
    Trainer.Result result = train(training, validation, progress);
    LearnedPotential potential = result.potential();
    timings.add(
        new RunOutcome.Phase(
            "descriptors",
            result.featureSeconds(),
            training.size() + validation.size(),
            training.atoms() + validation.atoms()));
    timings.add(
        new RunOutcome.Phase(
            "training",
            secondsSince(mark) - result.featureSeconds(),
            result.steps(),
            (long) training.atoms() * result.epochs().size()));
    ModelFile.write(
        folder.resolve("model.cot"),
        potential,
        ModelMetadata.of("ethanol", "A potential for ethanol, trained on PBE/def2-SVP at 600 K."));

    mark = java.lang.System.nanoTime();
    Predictions predictions = Predictions.of(potential, test);
    PredictionErrors errors = new PredictionErrors(potential.constants());
    errors.add(predictions);
    PredictionErrors validated = PredictionErrors.of(potential, validation);
    XyzWriter.write(folder.resolve("test-predictions.xyz"), predictions.frames());
    timings.add(
        new RunOutcome.Phase(
            "predictions",
            secondsSince(mark),
            validation.size() + test.size(),
            validation.atoms() + test.atoms()));

    mark = java.lang.System.nanoTime();
    LearnedPotential precise = potential.to(DType.FLOAT64);
    ForceCheck check = ForceCheck.of(precise, test.systems().subList(0, 1), DISPLACEMENT);
    timings.add(new RunOutcome.Phase("force check", secondsSince(mark), check.components(), 0));

    mark = java.lang.System.nanoTime();
    MolecularDynamics dynamics =
        new MolecularDynamics(
            precise,
            MotionState.thermal(test.systems().getFirst(), TEMPERATURE, options.seed()),
            TIME_STEP);
    EnergyDrift drift = EnergyDrift.measure(dynamics, STEPS, 10, TIME_STEP);
    timings.add(
        new RunOutcome.Phase(
            "dynamics", secondsSince(mark), STEPS, (long) STEPS * dynamics.system().size()));
    return new RunOutcome(
        "Ethanol, PBE/def2-SVP",
        potential.description()
            + (result.gradients() == ForceGradients.FORWARD
                ? " Trained on energies and forces; forces by explicit gradients."
                : " Trained on energies and forces; forces by double backward."),
        potential.weights().count(),
        List.of(new RunOutcome.Course(result.epochs(), result.bestEpoch(), result.steps())),
        List.of(
            new RunOutcome.EvaluatedSet("validation", validated),
            new RunOutcome.EvaluatedSet("test", errors)),
        List.of(),
        new RunOutcome.Data(data, Map.of(), List.of()),
        new RunOutcome.Checks(
            check,
            new RunOutcome.Drift(
                drift, "1 ps at constant energy, 0.5 fs, started at 300 K, 9 atoms")),
        new RunOutcome.Cost(timings, secondsSince(start), PeakMemory.now()),
        options.toYaml());
  }

  private static LabelledSystems read(List<RunOutcome.Source> data, String role, int... numbers)
      throws IOException {
    List<LabelledSystems> sets = new ArrayList<>();
    for (int number : numbers) {
      EthanolData.Trajectory trajectory = EthanolData.read(number);
      data.add(
          new RunOutcome.Source(
              role,
              trajectory.file(),
              trajectory.systems().size(),
              trajectory.systems().atoms(),
              trajectory.sha256()));
      sets.add(trajectory.systems());
    }
    return LabelledSystems.concatenate(sets);
  }

  private Trainer.Result train(
      LabelledSystems training, LabelledSystems validation, Progress progress) throws IOException {
    try (CsvLog log = CsvLog.open(folder.resolve("log.csv"), Epoch.COLUMNS)) {
      return new Trainer(options, training, validation)
          .run(
              new Trainer.Listener() {
                @Override
                public void describing(int systems) {
                  progress.start("describing systems", systems);
                  progress.step(0, "");
                }

                @Override
                public void described(int systems) {
                  progress.step(systems, "");
                }

                @Override
                public void training(int epochs) {
                  progress.start("epochs", epochs);
                }

                @Override
                public void trained(Epoch epoch) {
                  append(log, epoch);
                  progress.step(epoch.number(), message(epoch));
                }
              });
    } finally {
      progress.close();
    }
  }

  private static void append(CsvLog log, Epoch epoch) {
    try {
      log.append(epoch.row());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String message(Epoch epoch) {
    return String.format(
        Locale.ROOT,
        "loss %.2e  forces %.1f meV/Å  energy %.1f meV",
        epoch.trainingLoss(),
        1000 * epoch.validation().forceMae(),
        1000 * epoch.validation().energyMae());
  }

  private static double secondsSince(long start) {
    return (java.lang.System.nanoTime() - start) / 1e9;
  }
}
