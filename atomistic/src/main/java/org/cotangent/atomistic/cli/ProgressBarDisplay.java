package org.cotangent.atomistic.cli;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.cotangent.atomistic.report.Progress;
import org.jspecify.annotations.Nullable;

/** A bar with the time left and the latest message, redrawn in place on a terminal. */
final class ProgressBarDisplay implements Progress {
  private static final int REDRAW_MILLISECONDS = 200;

  private final PrintStream out;
  private @Nullable ProgressBar bar;

  ProgressBarDisplay(PrintStream out) {
    this.out = out;
  }

  @Override
  public void start(String task, long total, long completed) {
    close();
    boolean unicode = out.charset().newEncoder().canEncode('█');
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .startsFrom(completed, Duration.ZERO)
            .setRenderer(new ProgressBarLine(unicode))
            .setUpdateIntervalMillis(REDRAW_MILLISECONDS)
            .setConsumer(new ConsoleProgressBarConsumer(out))
            .build();
  }

  @Override
  public void step(long completed, String message) {
    if (bar == null) {
      throw new IllegalStateException("step " + completed + " came before the start");
    }
    bar.stepTo(completed);
    bar.setExtraMessage(message);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
