package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.cotangent.atomistic.report.HtmlReport;
import org.cotangent.atomistic.report.Progress;
import org.cotangent.atomistic.training.ForceGradients;
import org.cotangent.atomistic.training.Predictions;
import org.cotangent.atomistic.training.Quickstart;
import org.cotangent.atomistic.training.QuickstartReport;
import org.cotangent.atomistic.training.TrainingOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a potential on data that come with the library, and shows what it is worth. */
@Command(
    name = "quickstart",
    description = "Train a potential for ethanol on real DFT data, test it and use it.")
final class QuickstartCommand implements Callable<Integer> {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the results, new or empty; default: runs/quickstart-TIME.")
  private @Nullable Path out;

  @Option(
      names = "--gradients",
      description =
          "How the loss gets at the forces: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private ForceGradients gradients = ForceGradients.CHOSEN;

  @Option(names = "--epochs", description = "At most this many epochs; default: ${DEFAULT-VALUE}.")
  private int epochs = TrainingOptions.QUICKSTART.training().numEpochs();

  @Option(names = "--seed", description = "Of all random numbers; default: ${DEFAULT-VALUE}.")
  private long seed = TrainingOptions.QUICKSTART.seed();

  @Option(
      names = "--precision",
      description = "Bits of a number in training, 32 or 64; default: ${DEFAULT-VALUE}.")
  private int precision = TrainingOptions.QUICKSTART.basePrecision();

  @Option(
      names = "--threads",
      description = "How many work at once; the result does not depend on it. Default: all.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @SuppressWarnings("NullAway.Init")
  QuickstartCommand() {}

  @Override
  public Integer call() throws IOException {
    TrainingOptions options =
        TrainingOptions.QUICKSTART.with(seed, precision, threads, epochs, gradients);
    Path folder = prepare();
    Quickstart.Outcome outcome;
    try (Progress progress = ConsoleProgress.create()) {
      outcome = new Quickstart(options, folder).run(progress);
    }
    HtmlReport.write(
        QuickstartReport.of(outcome, Environment.probe().summary()), folder.resolve("report.html"));
    print(outcome, folder);
    return ExitCode.OK;
  }

  private Path prepare() throws IOException {
    return RunDirectories.create(
        out == null ? Path.of("runs", "quickstart-" + LocalDateTime.now().format(STAMP)) : out);
  }

  private void print(Quickstart.Outcome outcome, Path folder) {
    PrintWriter to = spec.commandLine().getOut();
    Predictions.Errors energies = outcome.test().energyErrors();
    Predictions.Errors forces = outcome.test().forceErrors();
    Predictions.Errors trivial = outcome.test().constantEnergyErrors(outcome.trivialEnergy());
    Predictions.Errors zero = outcome.test().zeroForceErrors();
    line(to, "");
    line(
        to,
        "Test on %d frames of a trajectory that was not seen   MAE     RMSE   trivial",
        outcome.test().data().size());
    line(
        to,
        "  forces  [meV/Å]                              %8.1f %8.1f  %8.1f  (zero forces)",
        1000 * forces.meanAbsolute(),
        1000 * forces.rootMeanSquare(),
        1000 * zero.meanAbsolute());
    line(
        to,
        "  energy  [meV per molecule]                   %8.1f %8.1f  %8.1f  (mean energy)",
        1000 * energies.meanAbsolute(),
        1000 * energies.rootMeanSquare(),
        1000 * trivial.meanAbsolute());
    line(
        to,
        "Forces against differences of the energy: %d components, largest error %.1e eV/Å",
        outcome.check().components(),
        outcome.check().largestError());
    line(
        to,
        "Dynamics of 1 ps at constant energy: drift %.3f meV per atom and ps",
        outcome.drift().slope());
    line(
        to,
        "Trained %d epochs, best was %d; everything took %.0f s",
        outcome.training().epochs().size(),
        outcome.training().bestEpoch(),
        outcome.seconds());
    line(to, "");
    line(to, "Look at     %s", folder.resolve("report.html"));
    for (String file : List.of("model.cot", "log.csv", "options.yaml", "test-predictions.xyz")) {
      line(to, "and         %s", folder.resolve(file));
    }
    to.flush();
  }

  private static void line(PrintWriter to, String format, Object... values) {
    to.println(String.format(Locale.ROOT, format, values));
  }
}
