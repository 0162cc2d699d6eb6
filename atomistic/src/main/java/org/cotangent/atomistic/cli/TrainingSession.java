package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cotangent.atomistic.report.Figures;
import org.cotangent.atomistic.report.HtmlReport;
import org.cotangent.atomistic.report.Progress;
import org.cotangent.atomistic.report.ReportData;
import org.cotangent.atomistic.report.TerminalSummary;
import org.cotangent.atomistic.run.RunFiles;
import org.cotangent.atomistic.run.TrainingRun;
import org.cotangent.atomistic.training.RunOutcome;
import org.cotangent.atomistic.training.TrainingReport;
import picocli.CommandLine;

/** A training as a person at the terminal sees it. */
final class TrainingSession {
  private TrainingSession() {}

  /**
   * Trains, measures and reports. Told to stop, it leaves a checkpoint and says how to go on.
   *
   * @return an {@link ExitCode}
   */
  static int run(TrainingRun run, boolean resume, Path folder, CommandLine line)
      throws IOException {
    try (FolderLock lock = FolderLock.of(folder);
        Interruption interruption = new Interruption(lock);
        Progress progress = ConsoleProgress.create()) {
      if (!run.train(resume, progress, interruption)) {
        line.getErr().println("stopped; go on with: cotangent train --resume --out " + folder);
        line.getErr().flush();
        return ExitCode.INTERRUPTED;
      }
      interruption.waitNoMore(); // the last checkpoint is there, and measuring can be repeated
      report(run.measure(progress), folder, line.getOut());
    }
    return ExitCode.OK;
  }

  /** Writes the report and prints what came out. */
  private static void report(RunOutcome outcome, Path folder, PrintWriter to) throws IOException {
    RunFiles files = new RunFiles(folder);
    ReportData report = TrainingReport.of(outcome, Environment.probe().summary());
    HtmlReport.write(report, files.report());
    try {
      Figures.write(report, files.plots());
    } catch (IOException e) { // the page has the same plots
      to.println("note    no figures: " + e.getMessage());
    }
    List<String> shown = new ArrayList<>();
    for (Path file :
        List.of(
            files.report(),
            files.model(),
            files.predictions(),
            files.member(0, 1).log(),
            files.options())) {
      if (Files.exists(file)) {
        shown.add(file.toString());
      }
    }
    to.println();
    TerminalSummary.of(report, shown).forEach(to::println);
    to.flush();
  }
}
