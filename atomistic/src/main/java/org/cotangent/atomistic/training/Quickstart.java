package org.cotangent.atomistic.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cotangent.atomistic.dynamics.EnergyDrift;
import org.cotangent.atomistic.dynamics.MolecularDynamics;
import org.cotangent.atomistic.dynamics.MotionState;
import org.cotangent.atomistic.io.XyzWriter;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.report.CsvLog;
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

  /**
   * What came out.
   *
   * @param training the course of the training
   * @param test predictions for the test set
   * @param trivialEnergy the mean energy of the training set, which a trivial model predicts, in eV
   * @param check of the forces against finite differences of the energy
   * @param drift of a run of 1 ps at constant energy
   * @param timings where the time went, phase by phase
   * @param seconds that everything took
   * @param data what was read, and for what
   */
  public record Outcome(
      TrainingOptions options,
      Trainer.Result training,
      Predictions test,
      double trivialEnergy,
      ForceCheck check,
      EnergyDrift drift,
      List<Phase> timings,
      double seconds,
      List<Source> data) {}

  /**
   * Where time went.
   *
   * @param name what was done
   * @param seconds it took
   * @param count how often it was done
   */
  public record Phase(String name, double seconds, long count) {}

  /**
   * A trajectory that was read.
   *
   * @param role what it was used for
   */
  public record Source(String role, EthanolData.Trajectory trajectory) {}

  /** Runs everything and writes all files but the report. */
  public Outcome run(Progress progress) throws IOException {
    long start = java.lang.System.nanoTime();
    List<Phase> timings = new ArrayList<>();
    List<Source> data = new ArrayList<>();
    LabelledSystems training = read(data, "training", 1, 2, 4);
    LabelledSystems validation = read(data, "validation", 5);
    LabelledSystems test = read(data, "test", 3);
    timings.add(new Phase("reading data", secondsSince(start), data.size()));
    Files.writeString(folder.resolve("options.yaml"), options.toYaml());

    long mark = java.lang.System.nanoTime();
    Trainer.Result result = train(training, validation, progress);
    LearnedPotential potential = result.potential();
    timings.add(
        new Phase("descriptors", result.featureSeconds(), training.size() + validation.size()));
    timings.add(
        new Phase("training", secondsSince(mark) - result.featureSeconds(), result.steps()));
    ModelFile.write(
        folder.resolve("model.cot"),
        potential,
        ModelMetadata.of("ethanol", "A potential for ethanol, trained on PBE/def2-SVP at 600 K."));

    mark = java.lang.System.nanoTime();
    Predictions predictions = Predictions.of(potential, test);
    XyzWriter.write(folder.resolve("test-predictions.xyz"), predictions.frames());
    timings.add(new Phase("test predictions", secondsSince(mark), test.size()));

    mark = java.lang.System.nanoTime();
    LearnedPotential precise = potential.to(DType.FLOAT64);
    ForceCheck check = ForceCheck.of(precise, test.systems().subList(0, 1), DISPLACEMENT);
    timings.add(new Phase("force check", secondsSince(mark), check.components()));

    mark = java.lang.System.nanoTime();
    MolecularDynamics dynamics =
        new MolecularDynamics(
            precise,
            MotionState.thermal(test.systems().getFirst(), TEMPERATURE, options.seed()),
            TIME_STEP);
    EnergyDrift drift = EnergyDrift.measure(dynamics, STEPS, 10, TIME_STEP);
    timings.add(new Phase("dynamics", secondsSince(mark), STEPS));
    double trivial = java.util.Arrays.stream(training.energies()).average().orElse(0);
    return new Outcome(
        options, result, predictions, trivial, check, drift, timings, secondsSince(start), data);
  }

  private static LabelledSystems read(List<Source> data, String role, int... numbers)
      throws IOException {
    List<LabelledSystems> sets = new ArrayList<>();
    for (int number : numbers) {
      EthanolData.Trajectory trajectory = EthanolData.read(number);
      data.add(new Source(role, trajectory));
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
