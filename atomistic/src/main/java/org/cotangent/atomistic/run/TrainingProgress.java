package org.cotangent.atomistic.run;

import java.util.Locale;
import org.cotangent.atomistic.report.Progress;
import org.cotangent.atomistic.training.Epoch;

/** Shows how far the potentials of a run have come, which may train on several threads. */
final class TrainingProgress {
  private final Progress progress;
  private final int total;
  private int done;
  private boolean training;

  /**
   * @param total epochs of all potentials together
   * @param done those that are over when the run begins
   */
  TrainingProgress(Progress progress, int total, int done) {
    this.progress = progress;
    this.total = total;
    this.done = done;
  }

  synchronized void describing(int systems) {
    if (!training) {
      progress.start("describing systems", Math.max(1, systems));
      progress.step(0, "");
    }
  }

  synchronized void described(int systems) {
    if (!training) {
      progress.step(systems, "");
    }
  }

  synchronized void training() {
    if (!training) {
      training = true;
      progress.start("epochs", total, done);
      progress.step(done, "");
    }
  }

  synchronized void trained(Epoch epoch) {
    done = Math.min(total, done + 1);
    progress.step(done, message(epoch));
  }

  private static String message(Epoch epoch) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "loss %.2e", epoch.trainingLoss()));
    append(text, "forces %.1f meV/Å", epoch.validation().forceMae());
    append(text, "energy %.1f meV/atom", epoch.validation().energyPerAtomMae());
    append(text, "virial %.1f meV/atom", epoch.validation().virialPerAtomMae());
    return text.toString();
  }

  private static void append(StringBuilder text, String format, double error) {
    if (!Double.isNaN(error)) {
      text.append("  ").append(String.format(Locale.ROOT, format, 1000 * error));
    }
  }
}
