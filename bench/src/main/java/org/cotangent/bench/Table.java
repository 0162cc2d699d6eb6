package org.cotangent.bench;

import java.util.ArrayList;
import java.util.List;

/** Rows of texts under a header, for the terminal, a page, or a file of comma-separated values. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... header) {
    rows.add(List.of(header));
  }

  void add(String... cells) {
    rows.add(List.of(cells));
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
    return ResultTable.aligned(rows, 1);
  }
}
