package org.cotangent.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results of one suite as text: a row for each call, and how it compares. */
final class ResultTable {
  private ResultTable() {}

  /**
   * Returns the lines of the table. Ratios are times divided by the time of the row that is
   * compared with, so below 1 is faster.
   *
   * @param measurements of the suite, and of peers for the same calls
   */
  static List<String> lines(Suite suite, List<Measurement> measurements) {
    List<Measurement> own =
        measurements.stream().filter(row -> row.by().equals(Measurement.COTANGENT)).toList();
    if (own.isEmpty()) {
      return List.of();
    }
    List<String> peers =
        measurements.stream()
            .map(Measurement::by)
            .filter(by -> !by.equals(Measurement.COTANGENT))
            .distinct()
            .toList();
    List<List<String>> rows = new ArrayList<>();
    rows.add(header(suite, own.getFirst(), measurements, peers));
    for (Measurement row : own) {
      rows.add(cells(suite, row, measurements, peers));
    }
    return Table.aligned(rows, own.getFirst().attributes().size());
  }

  private static List<String> header(
      Suite suite, Measurement first, List<Measurement> all, List<String> peers) {
    List<String> header = new ArrayList<>(first.attributes().keySet());
    header.addAll(List.of("time", "± error", "B/op"));
    Suite.Comparison comparison = suite.comparison();
    if (comparison != null) {
      header.add("/ " + comparison.reference());
    }
    for (String peer : peers) {
      header.add(peer);
      header.add("/ " + peer);
      if (tellsBytes(all, peer)) {
        header.add("B/op");
      }
    }
    return header;
  }

  private static List<String> cells(
      Suite suite, Measurement row, List<Measurement> all, List<String> peers) {
    List<String> cells = new ArrayList<>(row.attributes().values());
    cells.add(time(row.nanoseconds()));
    cells.add(
        Double.isNaN(row.error())
            ? ""
            : String.format(Locale.ROOT, "%.0f %%", 100 * row.error() / row.nanoseconds()));
    cells.add(bytes(row));
    Suite.Comparison comparison = suite.comparison();
    if (comparison != null) {
      boolean judged = comparison.measured().equals(row.attributes().get(comparison.attribute()));
      Measurement reference =
          judged
              ? find(
                  all,
                  Measurement.COTANGENT,
                  row.attributesWith(comparison.attribute(), comparison.reference()))
              : null;
      cells.add(ratio(row, reference));
    }
    for (String peer : peers) {
      Measurement theirs = find(all, peer, row.attributes());
      cells.add(theirs == null ? "" : time(theirs.nanoseconds()));
      cells.add(ratio(row, theirs));
      if (tellsBytes(all, peer)) {
        cells.add(theirs == null ? "" : bytes(theirs));
      }
    }
    return cells;
  }

  private static @Nullable Measurement find(
      List<Measurement> all, String by, Map<String, String> attributes) {
    for (Measurement row : all) {
      if (row.by().equals(by) && row.attributes().equals(attributes)) {
        return row;
      }
    }
    return null;
  }

  private static boolean tellsBytes(List<Measurement> all, String by) {
    return all.stream().anyMatch(row -> row.by().equals(by) && !Double.isNaN(row.bytes()));
  }

  private static String bytes(Measurement row) {
    return Double.isNaN(row.bytes()) ? "" : String.format(Locale.ROOT, "%,.0f", row.bytes());
  }

  private static String ratio(Measurement row, @Nullable Measurement reference) {
    if (reference == null) {
      return "";
    }
    double ratio = row.nanoseconds() / reference.nanoseconds();
    return String.format(Locale.ROOT, ratio < 0.1 ? "%.4f" : "%.2f", ratio);
  }

  private static String time(double nanoseconds) {
    if (nanoseconds < 1e3) {
      return String.format(Locale.ROOT, "%.1f ns", nanoseconds);
    }
    if (nanoseconds < 1e6) {
      return String.format(Locale.ROOT, "%.2f µs", nanoseconds / 1e3);
    }
    return String.format(Locale.ROOT, "%.2f ms", nanoseconds / 1e6);
  }
}
