package org.cotangent.atomistic.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.cotangent.atomistic.report.Progress;

/**
 * Progress as plain lines, for logs and pipes: the first and the last step, every twentieth part of
 * the way, and at least one line in thirty seconds.
 */
final class ProgressLines implements Progress {
  private static final int PARTS = 20;
  private static final long LONGEST_SILENCE = Duration.ofSeconds(30).toNanos();

  private final PrintStream out;
  private final LongSupplier nanoTime;
  private String task = "steps";
  private long total = 1;
  private long first;
  private long startTime;
  private long lastTime;
  private long lastPart;
  private boolean quiet;

  /**
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  ProgressLines(PrintStream out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
  }

  @Override
  public void start(String task, long total, long completed) {
    this.task = task;
    this.total = total;
    first = completed;
    startTime = nanoTime.getAsLong();
    lastTime = startTime;
    lastPart = completed * PARTS / total;
    quiet = true;
  }

  @Override
  public void step(long completed, String message) {
    long now = nanoTime.getAsLong();
    long part = completed * PARTS / total;
    if (quiet || part > lastPart || completed == total || now - lastTime >= LONGEST_SILENCE) {
      quiet = false;
      lastPart = part;
      lastTime = now;
      out.println(line(completed, now - startTime, message));
      out.flush();
    }
  }

  private String line(long completed, long elapsed, String message) {
    String line =
        String.format(
            Locale.ROOT, "%s %d/%d  %s", task, completed, total, duration(elapsed / 1_000_000_000));
    line += left(elapsed, completed - first, total - completed);
    return message.isEmpty() ? line : line + "  " + message;
  }

  /**
   * Returns the time that the rest takes if it goes on as before, for example {@code ", 1:40
   * left"}; empty where nothing is done or left.
   */
  static String left(long elapsed, long completed, long rest) {
    return completed <= 0 || rest <= 0
        ? ""
        : ", " + duration(Math.round((double) elapsed / completed * rest / 1e9)) + " left";
  }

  private static String duration(long seconds) {
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  @Override
  public void close() {}
}
