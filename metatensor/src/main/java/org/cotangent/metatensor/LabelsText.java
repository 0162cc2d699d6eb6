package org.cotangent.metatensor;

/** {@link Labels} as text and as HTML. */
final class LabelsText {
  private static final int HTML_ROWS = 200;

  private LabelsText() {}

  /**
   * The layout is metatensor's, character by character: columns as wide as their longest text and
   * two spaces, texts centred with the odd space on the right, nothing after the last column, no
   * indent on the first line.
   */
  static String print(Labels labels, int maxEntries, int indent) {
    int size = labels.size();
    boolean all = maxEntries < 0 || size <= maxEntries;
    int shown = Math.max(2, maxEntries);
    int tail = all ? 0 : shown / 2;
    int head = all ? size : shown - tail; // a row may come twice if fewer than two are asked for
    int width = labels.width();
    int[] widths = new int[width];
    int total = 0;
    for (int k = 0; k < width; k++) {
      int longest = labels.names.get(k).length();
      for (int row = 0; row < head; row++) {
        longest = Math.max(longest, cell(labels, row, k).length());
      }
      for (int row = size - tail; row < size; row++) {
        longest = Math.max(longest, cell(labels, row, k).length());
      }
      widths[k] = longest + 2;
      total += widths[k];
    }

    StringBuilder text = new StringBuilder();
    for (int k = 0; k < width; k++) {
      centre(text, labels.names.get(k), widths[k], k == width - 1);
    }
    for (int row = 0; row < head; row++) {
      line(text, labels, row, widths, indent);
    }
    if (tail > 0) {
      int half = total / 2;
      text.append('\n').repeat(' ', indent + (half > 3 ? half - 3 : half) + 1).append("...");
    }
    for (int row = size - tail; row < size; row++) {
      line(text, labels, row, widths, indent);
    }
    return text.toString();
  }

  private static String cell(Labels labels, int row, int column) {
    return Integer.toString(labels.value(row, column));
  }

  private static void line(StringBuilder text, Labels labels, int row, int[] widths, int indent) {
    text.append('\n').repeat(' ', indent);
    for (int k = 0; k < widths.length; k++) {
      centre(text, cell(labels, row, k), widths[k], k == widths.length - 1);
    }
  }

  private static void centre(StringBuilder text, String word, int width, boolean last) {
    int extra = width - word.length();
    int before = extra / 2;
    text.repeat(' ', before).append(word).repeat(' ', last ? 0 : extra - before);
  }

  /** Names are identifiers and values numbers, so that nothing needs to be escaped. */
  static String html(Labels labels) {
    int shown = Math.min(labels.size(), HTML_ROWS);
    StringBuilder html = new StringBuilder();
    html.append("<div><p><b>Labels</b>, ").append(labels.size());
    html.append(labels.size() == 1 ? " entry" : " entries").append("</p>\n");
    html.append("<div style=\"max-height: 16em; overflow: auto\"><table>\n<thead><tr>");
    for (String name : labels.names) {
      html.append("<th style=\"position: sticky; top: 0\">").append(name).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (int row = 0; row < shown; row++) {
      html.append("<tr>");
      for (int k = 0; k < labels.width(); k++) {
        html.append("<td>").append(labels.value(row, k)).append("</td>");
      }
      html.append("</tr>\n");
    }
    html.append("</tbody>\n</table></div>");
    if (shown < labels.size()) {
      html.append("\n<p>").append(labels.size() - shown).append(" more entries</p>");
    }
    return html.append("</div>").toString();
  }
}
