package org.cotangent.atomistic.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalSummaryTest {
  private static final List<String> FILES =
      List.of("runs/ethanol/report.html", "runs/ethanol/model.cot", "runs/ethanol/log.csv");

  @Test
  void errorsOfAllSetsStandBesideTheTrivialOne() {
    List<String> lines = TerminalSummary.of(SampleReport.complete(), FILES);
    assertEquals(
        List.of(
            "Errors                         training      validation            test  trivial",
            "                            MAE    RMSE     MAE    RMSE     MAE    RMSE      MAE",
            "Energy         meV/atom   0.696   0.904   0.844    1.10   0.870    1.13     24.1",
            "Force          meV/Å       19.7    26.5    23.9    32.1    24.6    33.1      981",
            "Virial         meV/atom    7.68    9.68    9.31    11.7    9.60    12.1      318"),
        lines.subList(0, 5));
  }

  @Test
  void itFitsASmallScreen() {
    List<String> lines = TerminalSummary.of(SampleReport.complete(), FILES);
    assertTrue(lines.size() <= 24, lines.size() + " lines");
    lines.forEach(line -> assertTrue(line.length() <= 80, line));
    assertEquals("Look at          runs/ethanol/report.html", lines.get(lines.size() - 3));
  }

  @Test
  void whatARunTookIsNeverCut() {
    Section.Summary summary =
        new Section.Summary(1_007, 1_500, 147_891_000, new PeakMemory(1L << 34, 1L << 34));
    assertEquals(
        List.of("Took             16 min 47 s, 1500 epochs, 147891000 parameters, 16384 MiB"),
        TerminalSummary.of(new ReportData("", "", "", List.of(summary)), List.of()));
    Section.Summary longer =
        new Section.Summary(1e5, 1_500_000, 147_891_000_000L, new PeakMemory(1L << 44, 1L << 44));
    assertEquals(
        List.of(
            "Took             27 h 46 min, 1500000 epochs, 147891000000 parameters,",
            "                 16777216 MiB"),
        TerminalSummary.of(new ReportData("", "", "", List.of(longer)), List.of()));
  }

  @Test
  void itIsPlainText() {
    TerminalSummary.of(SampleReport.complete(), FILES)
        .forEach(line -> assertFalse(line.contains("\u001b"), line));
  }

  @Test
  void aLongNameOfASetDoesNotMoveTheColumns() {
    Section.SetError error =
        new Section.SetError("training (1000 of 25000)", "Energy", "meV", 1, 1, 2, 3, 4, "mean");
    ReportData data = new ReportData("", "", "", List.of(new Section.Errors(List.of(error))));
    assertEquals(
        "Errors                         training  trivial",
        TerminalSummary.of(data, List.of()).getFirst());
  }

  @Test
  void whatDivergedIsCalledByItsName() {
    List<String> lines = new ArrayList<>(TerminalSummary.of(SampleReport.diverged(), List.of()));
    assertTrue(lines.get(2).matches("Force +meV/Å +– +– +981"), lines.get(2));
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("Derivatives  BAD")), "" + lines);
  }
}
