package org.cotangent.atomistic.cli;

import org.cotangent.atomistic.report.Progress;

/** Chooses how a command shows progress. */
final class ConsoleProgress {
  private ConsoleProgress() {}

  /** Returns a bar on a terminal and plain lines elsewhere, both on the standard error. */
  static Progress create() {
    return Main.onTerminal()
        ? new ProgressBarDisplay(System.err)
        : new ProgressLines(System.err, System::nanoTime);
  }
}
