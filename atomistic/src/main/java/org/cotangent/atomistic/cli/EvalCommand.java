package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.data.DataReader;
import org.cotangent.atomistic.data.DataSource;
import org.cotangent.atomistic.data.DerivativeTarget;
import org.cotangent.atomistic.data.EnergyTarget;
import org.cotangent.atomistic.data.LabelledData;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.data.SystemFiles;
import org.cotangent.atomistic.data.TargetKeys;
import org.cotangent.atomistic.io.XyzWriter;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.options.OptionsFile;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.report.HtmlReport;
import org.cotangent.atomistic.report.PeakMemory;
import org.cotangent.atomistic.report.Progress;
import org.cotangent.atomistic.report.ReportData;
import org.cotangent.atomistic.report.TerminalSummary;
import org.cotangent.atomistic.run.PredictedFrames;
import org.cotangent.atomistic.training.PredictionErrors;
import org.cotangent.atomistic.training.Predictions;
import org.cotangent.atomistic.training.RunOutcome;
import org.cotangent.atomistic.training.TrainingReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures a model on labelled structures. */
@Command(name = "eval", description = "Measure a model on labelled structures.")
final class EvalCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
  private Path model;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "DATA",
      description =
          "Files of structures, or a .yaml with entries as in training_set of an options file.")
  private List<String> data;

  @Mixin private EnergyOptions energies;

  @Option(names = "--forces-key", paramLabel = "KEY", description = "Name of the forces.")
  private @Nullable String forcesKey;

  @Option(names = "--virial-key", paramLabel = "KEY", description = "Name of the virial.")
  private @Nullable String virialKey;

  @Option(
      names = "--stress-key",
      paramLabel = "KEY",
      description = "Name of the stress, positive under tension.")
  private @Nullable String stressKey;

  @Option(names = "--length-unit", paramLabel = "UNIT", description = "Of positions and cells.")
  private @Nullable String lengthUnit;

  @Option(
      names = "--out",
      paramLabel = "FILE.xyz",
      description = "Writes the structures with references and predictions.")
  private @Nullable Path out;

  @Option(names = "--report", paramLabel = "FILE.html", description = "Writes a page with plots.")
  private @Nullable Path report;

  @SuppressWarnings("NullAway.Init")
  EvalCommand() {}

  @Override
  public Integer call() throws IOException {
    Outputs.requireNew(out, "--out");
    Outputs.requireNew(report, "--report");
    LearnedPotential potential = ModelFile.read(model);
    LabelledData read = new DataReader(Path.of("")).read(sources());
    PrintWriter to = spec.commandLine().getOut();
    read.notes().forEach(note -> to.println("note    " + note));
    to.flush();
    long start = java.lang.System.nanoTime();
    PredictionErrors errors = errors(potential, read.systems());
    double seconds = (java.lang.System.nanoTime() - start) / 1e9;
    ReportData page =
        TrainingReport.of(outcome(potential, errors, seconds), Environment.probe().summary());
    List<String> files = new ArrayList<>();
    if (report != null) {
      HtmlReport.write(page, report);
      files.add(report.toString());
    }
    if (out != null) {
      files.add(out.toString());
    }
    TerminalSummary.of(page, files).forEach(to::println);
    elements(errors, to);
    to.printf(
        Locale.ROOT,
        "%d systems, %d atoms in %.3g s: %.3g ms per atom%n",
        errors.systems(),
        errors.atoms(),
        seconds,
        1000 * seconds / Math.max(1, errors.atoms()));
    to.flush();
    return ExitCode.OK;
  }

  private List<DataSource> sources() throws IOException {
    if (data.getFirst().matches(".*\\.ya?ml")) {
      if (data.size() > 1) {
        throw new UserException(
            "name one .yaml with entries, or files of structures, not " + String.join(" ", data));
      }
      return OptionsFile.readData(Path.of(data.getFirst()));
    }
    if (virialKey != null && stressKey != null) {
      throw new UserException("name --virial-key or --stress-key, they are one label in two forms");
    }
    EnergyTarget energy =
        energies
            .target()
            .withForces(forcesKey == null ? null : DerivativeTarget.of(forcesKey, null));
    if (stressKey != null) {
      energy = energy.withStress(DerivativeTarget.of(stressKey, null));
    } else if (virialKey != null) {
      energy = energy.withVirial(DerivativeTarget.of(virialKey, null));
    }
    return List.of(
        new DataSource(new SystemFiles(data, null, lengthUnit), new TargetKeys(energy), null));
  }

  private PredictionErrors errors(LearnedPotential potential, LabelledSystems systems)
      throws IOException {
    PredictionErrors errors = new PredictionErrors(potential.constants());
    try (Progress progress = ConsoleProgress.create()) {
      progress.start("systems", Math.max(1, systems.size()));
      if (out == null) {
        Predictions.inParts(
            potential,
            systems,
            (part, done) -> {
              errors.add(part);
              progress.step(done, "");
            });
      } else {
        XyzWriter.write(
            out,
            new PredictedFrames(
                potential,
                systems,
                part -> {
                  errors.add(part);
                  progress.step(errors.systems(), "");
                }));
      }
    }
    return errors;
  }

  private RunOutcome outcome(LearnedPotential potential, PredictionErrors errors, double seconds) {
    return new RunOutcome(
        String.valueOf(model.getFileName()),
        potential.description(),
        potential.weights().count(),
        List.of(),
        List.of(new RunOutcome.EvaluatedSet("given data", errors)),
        List.of(),
        new RunOutcome.Data(List.of(), Map.of(), List.of()),
        RunOutcome.Checks.NONE,
        new RunOutcome.Cost(
            List.of(new RunOutcome.Phase("predictions", seconds, errors.systems(), errors.atoms())),
            seconds,
            PeakMemory.now()),
        null);
  }

  private static void elements(PredictionErrors errors, PrintWriter to) {
    if (errors.forcesByType().isEmpty()) {
      return;
    }
    to.println();
    to.printf(Locale.ROOT, "Forces by element %13s %8s %8s%n", "MAE", "RMSE", "atoms");
    errors
        .forcesByType()
        .forEach(
            (type, found) ->
                to.printf(
                    Locale.ROOT,
                    "  %-2s       [meV/Å] %12.1f %8.1f %8d%n",
                    Elements.symbol(type),
                    1000 * found.errors().meanAbsolute(),
                    1000 * found.errors().rootMeanSquare(),
                    found.atoms()));
    to.println();
  }
}
