package org.cotangent.atomistic.cli;

import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/**
 * One line with a bar, the time left and the latest message. What was measured comes first: where
 * the line is too short, the bar shrinks, then the units go, then the bar.
 */
record ProgressBarLine(boolean unicode) implements ProgressBarRenderer {
  private static final int LONGEST_BAR = 30;
  private static final int SHORTEST_BAR = 6;
  private static final String EIGHTHS = "▏▎▍▌▋▊▉█";

  /** What follows a number in {@code "forces 17.4 meV/Å"}. */
  private static final String UNITS = "(?<=\\d) [^\\d\\s]\\S*";

  @Override
  public String render(ProgressState state, int width) {
    return line(
        state.getTaskName(),
        state.getCurrent(),
        state.getMax(),
        ProgressLines.left(
            state.getElapsedAfterStart().toNanos(),
            state.getCurrent() - state.getStart(),
            state.getMax() - state.getCurrent()),
        state.getExtraMessage(),
        width);
  }

  /** Returns the line; {@code left} is empty where the time left is not known. */
  String line(String task, long completed, long total, String left, String message, int width) {
    String end = " " + completed + "/" + total + left;
    String shown = message.isEmpty() ? "" : "  " + message;
    int free = width - task.length() - 1 - end.length() - shown.length();
    if (free < SHORTEST_BAR) {
      shown = shown.replaceAll(UNITS, "");
      free = width - task.length() - 1 - end.length() - shown.length();
    }
    String bar =
        free < SHORTEST_BAR ? "" : " " + bar(completed, total, Math.min(free, LONGEST_BAR));
    String line = task + bar + end + shown;
    return line.length() <= width ? line : line.substring(0, Math.max(0, width));
  }

  private String bar(long completed, long total, int length) {
    double share = total <= 0 ? 1 : Math.clamp((double) completed / total, 0, 1);
    if (!unicode) {
      int inside = length - 2;
      int filled = (int) (share * inside);
      return "[" + "=".repeat(filled) + " ".repeat(inside - filled) + "]";
    }
    int eighths = (int) (share * length * 8);
    StringBuilder bar = new StringBuilder("█".repeat(eighths / 8));
    if (eighths % 8 > 0) {
      bar.append(EIGHTHS.charAt(eighths % 8 - 1));
    }
    return bar + "░".repeat(length - bar.length());
  }
}
