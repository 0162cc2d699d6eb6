package org.cotangent.bench;

import java.util.List;
import java.util.TreeMap;

/** A page of drawings and tables in one file that needs nothing else. */
final class Page {
  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
      table { border-collapse: collapse; margin: 1rem 0 } td, th { padding: .2rem .5rem; text-align: right; vertical-align: bottom } td { white-space: nowrap } td.long { white-space: normal; min-width: 20rem } .text { text-align: left }
      .wide { overflow-x: auto } p { max-width: 60rem }
      th { border-bottom: 1px solid #999; font-weight: 600 } td:first-child, th:first-child { text-align: left }
      tr:nth-child(even) td { background: #f6f6f4 } svg { width: 100%; margin: 1rem 0; background: #fff }
      .grid { stroke: #e4e4e2 } .level { fill: none; stroke: #999; stroke-dasharray: 4 3 } .tick { font-size: 11px; fill: #555 } .name { font-size: 12px; font-weight: 600 }
      text { font: 12px system-ui, sans-serif; fill: #222 } .title { font-size: 14px; font-weight: 600 }
      .note { color: #555 }
      """;

  /** Longer texts are set in several lines. */
  private static final int LONG = 60;

  private final StringBuilder body = new StringBuilder();
  private final String title;

  Page(String title) {
    this.title = title;
    body.append("<h1>").append(escaped(title)).append("</h1>\n");
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;");
  }

  Page paragraph(String text) {
    body.append("<p>").append(escaped(text)).append("</p>\n");
    return this;
  }

  Page plot(Plot plot) {
    body.append(plot.svg()).append('\n');
    return this;
  }

  /** Adds a table; the first row is its header. */
  Page table(List<List<String>> rows) {
    body.append("<div class='wide'><table>\n");
    for (int r = 0; r < rows.size(); r++) {
      String cell = r == 0 ? "th" : "td";
      body.append("<tr>");
      for (int c = 0; c < rows.get(r).size(); c++) {
        String text = rows.get(r).get(c);
        String kind = (isText(rows, c) ? " text" : "") + (text.length() > LONG ? " long" : "");
        body.append('<').append(cell);
        if (!kind.isEmpty()) {
          body.append(" class='").append(kind.strip()).append('\'');
        }
        // A unit is not broken after its slash.
        body.append('>').append(escaped(text).replace("/", "/&#8288;"));
        body.append("</").append(cell).append('>');
      }
      body.append("</tr>\n");
    }
    body.append("</table></div>\n");
    return this;
  }

  /** Whether a column holds words: numbers stand right, with what belongs to them. */
  private static boolean isText(List<List<String>> rows, int column) {
    return rows.stream()
        .skip(1)
        .filter(row -> column < row.size())
        .map(row -> row.get(column))
        .anyMatch(text -> !text.isEmpty() && !text.matches("[-−–]|[-−]?\\d.*|NaN"));
  }

  /** Adds what one has to know about the machine. */
  Page machine() {
    body.append("<p class='note'>");
    new TreeMap<>(Machine.describe())
        .forEach((name, fact) -> body.append(escaped(name + ": " + fact)).append("<br>"));
    body.append("</p>\n");
    return this;
  }

  /** Returns the page. */
  String html() {
    return "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width, initial-scale=1'><title>"
        + escaped(title)
        + "</title><style>\n"
        + STYLE
        + "</style></head><body>\n"
        + body
        + "</body></html>\n";
  }
}
