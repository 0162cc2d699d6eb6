package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.cotangent.atomistic.report.HtmlReport;
import org.cotangent.atomistic.report.Progress;
import org.cotangent.atomistic.report.ReportData;
import org.cotangent.atomistic.report.TerminalSummary;
import org.cotangent.atomistic.training.ForceGradients;
import org.cotangent.atomistic.training.Quickstart;
import org.cotangent.atomistic.training.RunOutcome;
import org.cotangent.atomistic.training.TrainingOptions;
import org.cotangent.atomistic.training.TrainingReport;
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
    RunOutcome outcome;
    try (Progress progress = ConsoleProgress.create()) {
      outcome = new Quickstart(options, folder).run(progress);
    }
    ReportData report = TrainingReport.of(outcome, Environment.probe().summary());
    HtmlReport.write(report, folder.resolve("report.html"));
    List<String> files =
        Stream.of("report.html", "model.cot", "log.csv", "options.yaml", "test-predictions.xyz")
            .map(file -> folder.resolve(file).toString())
            .toList();
    PrintWriter to = spec.commandLine().getOut();
    to.println();
    TerminalSummary.of(report, files).forEach(to::println);
    to.flush();
    return ExitCode.OK;
  }

  private Path prepare() throws IOException {
    return RunDirectories.create(
        out == null ? Path.of("runs", "quickstart-" + LocalDateTime.now().format(STAMP)) : out);
  }
}
