package org.cotangent.atomistic.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cotangent.atomistic.report.Section.SetError;

/**
 * A report in a few lines of plain text, for the end of a run: at most 24 lines of 80 characters,
 * so that it fits the smallest screen.
 */
public final class TerminalSummary {
  private static final int WIDTH = 80;
  private static final int MOST_SETS = 3;
  private static final int LABEL = 23;
  private static final int NUMBER = 8;
  private static final int FACT = 17;

  private final ReportData data;
  private final List<String> lines = new ArrayList<>();

  private TerminalSummary(ReportData data) {
    this.data = data;
  }

  /** Returns the lines. */
  public static List<String> of(ReportData data) {
    TerminalSummary summary = new TerminalSummary(data);
    summary.errors();
    summary.checks();
    summary.cost();
    return List.copyOf(summary.lines);
  }

  /**
   * Returns the lines, and those that name files.
   *
   * @param files what was written, the most interesting first
   */
  public static List<String> of(ReportData data, List<String> files) {
    List<String> lines = new ArrayList<>(of(data));
    lines.addAll(files(files));
    return lines;
  }

  /**
   * Returns the lines that name files.
   *
   * @param files what was written, the most interesting first
   */
  public static List<String> files(List<String> files) {
    List<String> lines = new ArrayList<>();
    for (String file : files) {
      // A path is not cut: it is there to be copied.
      lines.add((lines.isEmpty() ? "Look at          " : "and              ") + file);
    }
    if (!lines.isEmpty()) {
      lines.addFirst("");
    }
    return lines;
  }

  private void line(String format, Object... values) {
    String line = String.format(Locale.ROOT, format, values).stripTrailing();
    lines.add(line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…");
  }

  // Errors: a row for a quantity, two columns for a set

  private void errors() {
    List<SetError> rows =
        data.first(Section.Errors.class).map(Section.Errors::rows).orElse(List.of());
    if (rows.isEmpty()) {
      return;
    }
    Set<String> names = new LinkedHashSet<>();
    Map<String, List<SetError>> quantities = new LinkedHashMap<>();
    for (SetError row : rows) {
      names.add(row.set());
      quantities.computeIfAbsent(row.quantity(), quantity -> new ArrayList<>()).add(row);
    }
    List<String> sets = new ArrayList<>(names);
    sets = sets.subList(Math.max(0, sets.size() - MOST_SETS), sets.size());
    StringBuilder first = new StringBuilder(pad("Errors", LABEL));
    StringBuilder second = new StringBuilder(pad("", LABEL));
    for (String set : sets) {
      first.append(right(shortened(set), 2 * NUMBER));
      second.append(right("MAE", NUMBER)).append(right("RMSE", NUMBER));
    }
    line("%s%s", first, right("trivial", NUMBER + 1));
    line("%s%s", second, right("MAE", NUMBER + 1));
    for (List<SetError> quantity : quantities.values()) {
      row(quantity, sets);
    }
  }

  private void row(List<SetError> quantity, List<String> sets) {
    SetError last = quantity.getLast();
    StringBuilder row =
        new StringBuilder(pad(shortened(last.quantity()), LABEL - 9) + pad(" " + last.unit(), 9));
    for (String set : sets) {
      SetError found =
          quantity.stream().filter(error -> error.set().equals(set)).findFirst().orElse(null);
      row.append(right(found == null ? "–" : number(found.meanAbsolute()), NUMBER));
      row.append(right(found == null ? "–" : number(found.rootMeanSquare()), NUMBER));
    }
    line("%s%s", row, right(number(last.baseline()), NUMBER + 1));
  }

  private static String shortened(String name) {
    return name.replaceAll(" per atom| component| \\(.*\\)", "");
  }

  // Physics, uncertainty, labels

  private void checks() {
    lines.add("");
    data.first(Section.DerivativeChecks.class)
        .ifPresent(checks -> checks.rows().forEach(this::check));
    data.first(Section.EnergyDrift.class)
        .ifPresent(
            drift ->
                line(
                    "Constant energy  drift %s meV per atom and ps",
                    number(DriftPlot.of(drift).drift())));
    data.first(Section.Calibration.class)
        .ifPresent(
            found ->
                line(
                    "Uncertainty      %.0f %% of errors are within it (68 %% if normal)",
                    100 * found.within()));
    long findings =
        data.first(Section.Statistics.class)
            .map(
                found ->
                    found.findings().stream()
                        .filter(finding -> finding.severity() != Section.Severity.NOTE)
                        .count())
            .orElse(0L);
    if (findings > 0) {
      line("Labels           %d to look at, they are in the report", findings);
    }
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
  }

  private void check(Section.DerivativeCheck check) {
    line(
        "%s  %s: off by %.1e at most, allowed %.0e",
        check.error() <= check.tolerance() ? "Derivatives   ok" : "Derivatives  BAD",
        check.derivative(),
        check.error(),
        check.tolerance());
  }

  // Cost

  private void cost() {
    data.first(Section.Summary.class).ifPresent(this::cost);
  }

  private void cost(Section.Summary summary) {
    List<String> parts = new ArrayList<>();
    parts.add(duration(summary.seconds()));
    if (summary.epochs() > 0) {
      parts.add(summary.epochs() + (summary.epochs() == 1 ? " epoch" : " epochs"));
    }
    data.all(Section.Curves.class).stream()
        .map(Section.Curves::marked)
        .filter(best -> best != null)
        .findFirst()
        .ifPresent(best -> parts.add("best was " + best));
    parts.add(summary.parameters() + " parameters");
    PeakMemory memory = summary.memory();
    if (memory != null) {
      parts.add(String.format(Locale.ROOT, "%.0f MiB", memory.bytes() / 0x1p20));
    }
    StringBuilder row = new StringBuilder(pad("Took", FACT)).append(parts.removeFirst());
    for (String part : parts) {
      row.append(',');
      if (row.length() + 1 + part.length() >= WIDTH) { // room for another comma
        line("%s", row);
        row = new StringBuilder(pad("", FACT - 1));
      }
      row.append(' ').append(part);
    }
    line("%s", row);
  }

  /** Returns three significant digits. */
  private static String number(double value) {
    double size = Math.abs(value);
    if (size == 0 || (size >= 1e-3 && size < 1e6)) {
      int decimals = size == 0 ? 0 : (int) Math.clamp(2 - Math.floor(Math.log10(size)), 0, 5);
      return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.1e", value);
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return whole < 60
        ? whole + " s"
        : whole < 3600
            ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
            : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text : text + " ".repeat(width - text.length());
  }

  private static String right(String text, int width) {
    return text.length() >= width ? text : " ".repeat(width - text.length()) + text;
  }
}
