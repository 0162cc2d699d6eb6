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
   * Trains, measures and reports. Told to stop, it says how to go on, from a checkpoint if there
   * were steps.
   *
   * @return an {@link ExitCode}
   */
  static int run(TrainingRun run, boolean resume, Path folder, CommandLine line)
      throws IOException {
    PrintWriter err = line.getErr();
    String resuming = "cotangent train --resume --out " + folder;
    String left =
        resume
            ? "stopped before the next step, the run is as it was; go on with: "
            : "stopped before the first step, nothing is trained yet; begin again with: ";
    try (FolderLock lock = FolderLock.of(folder);
        Interruption interruption = new Interruption(err, lock, left + resuming);
        Progress progress = ConsoleProgress.create()) {
      if (!run.train(resume, progress, interruption)) {
        err.println("stopped; go on with: " + resuming);
        err.flush();
        return ExitCode.INTERRUPTED;
      }
      // The last checkpoint is there, and measuring can be repeated.
      interruption.waitNoMore("stopped after the last step; measure the model with: " + resuming);
      report(run, run.measure(progress), new RunFiles(folder), line.getOut());
    }
    return ExitCode.OK;
  }

  /** Says that a run is finished, and prints what it ended with. */
  static void sayFinished(List<String> summary, Path folder, PrintWriter to) {
    to.println("the run in " + folder + " is finished, there is nothing left to do");
    to.println();
    summary.forEach(to::println);
    TerminalSummary.files(written(new RunFiles(folder))).forEach(to::println);
    to.flush();
  }

  /** Writes the report and prints what came out. */
  private static void report(TrainingRun run, RunOutcome outcome, RunFiles files, PrintWriter to)
      throws IOException {
    ReportData report = TrainingReport.of(outcome, Environment.probe().summary());
    HtmlReport.write(report, files.report());
    try {
      Figures.write(report, files.plots());
    } catch (IOException e) { // the page has the same plots
      to.println("note    no figures: " + e.getMessage());
    }
    List<String> summary = TerminalSummary.of(report);
    run.finish(summary);
    to.println();
    summary.forEach(to::println);
    TerminalSummary.files(written(files)).forEach(to::println);
    to.flush();
  }

  /** Returns the files worth a look, the most interesting first. */
  private static List<String> written(RunFiles files) {
    List<String> written = new ArrayList<>();
    for (Path file :
        List.of(
            files.report(),
            files.model(),
            files.predictions(),
            files.member(0, 1).log(),
            files.options())) {
      if (Files.exists(file)) {
        written.add(file.toString());
      }
    }
    return written;
  }
}
