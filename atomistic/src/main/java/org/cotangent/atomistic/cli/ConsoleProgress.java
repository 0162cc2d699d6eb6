package org.cotangent.atomistic.cli;

import org.cotangent.atomistic.report.Progress;

/** Chooses how a command shows progress. */
public final class ConsoleProgress {
  private ConsoleProgress() {}

  /** Returns a bar on a terminal and plain lines elsewhere, both on the standard error. */
  public static Progress create() {
    return Main.onTerminal()
        ? new ProgressBarDisplay(System.err)
        : new ProgressLines(System.err, System::nanoTime);
  }
}
