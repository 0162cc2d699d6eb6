package org.cotangent.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of texts under a header, for the terminal, a page, or a file of comma-separated values. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... header) {
    rows.add(List.of(header));
  }

  void add(String... cells) {
    rows.add(List.of(cells));
  }

  /** Returns a number in a form such as {@code "%.2f"}, with a point whatever the language. */
  static String number(String form, double value) {
    return String.format(Locale.ROOT, form, value);
  }

  List<List<String>> rows() {
    return rows;
  }

  /** Returns comma-separated values; texts that hold a comma or a quote are quoted. */
  String csv() {
    StringBuilder to = new StringBuilder();
    for (List<String> row : rows) {
      for (int c = 0; c < row.size(); c++) {
        String text = row.get(c);
        boolean plain = text.indexOf(',') < 0 && text.indexOf('"') < 0;
        to.append(c == 0 ? "" : ",");
        to.append(plain ? text : '"' + text.replace("\"", "\"\"") + '"');
      }
      to.append('\n');
    }
    return to.toString();
  }

  /** Returns lines with aligned columns: names first, then numbers. */
  List<String> lines() {
    return aligned(rows, 1);
  }

  /** The first columns are names and start at the left, the others are numbers. */
  static List<String> aligned(List<List<String>> rows, int names) {
    int columns = rows.getFirst().size();
    int[] width = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        width[c] = Math.max(width[c], row.get(c).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String padding = " ".repeat(width[c] - row.get(c).length());
        line.append(c == 0 ? "" : "  ");
        line.append(c < names ? row.get(c) + padding : padding + row.get(c));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
