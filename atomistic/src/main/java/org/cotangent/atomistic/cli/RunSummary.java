package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cotangent.atomistic.report.HtmlReport;
import org.cotangent.atomistic.report.ReportData;
import org.cotangent.atomistic.report.TerminalSummary;
import org.cotangent.atomistic.run.RunFiles;
import org.cotangent.atomistic.training.RunOutcome;
import org.cotangent.atomistic.training.TrainingReport;

/** What is shown at the end of a run: a page, and a few lines. */
final class RunSummary {
  private RunSummary() {}

  /** Writes the report and prints what came out. */
  static void write(RunOutcome outcome, Path folder, PrintWriter to) throws IOException {
    RunFiles files = new RunFiles(folder);
    ReportData report = TrainingReport.of(outcome, Environment.probe().summary());
    HtmlReport.write(report, files.report());
    List<String> shown = new ArrayList<>();
    for (Path file :
        List.of(files.report(), files.model(), files.predictions(), files.log(), files.options())) {
      if (Files.exists(file)) {
        shown.add(file.toString());
      }
    }
    to.println();
    TerminalSummary.of(report, shown).forEach(to::println);
    to.flush();
  }
}
