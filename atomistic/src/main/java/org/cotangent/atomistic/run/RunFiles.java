package org.cotangent.atomistic.run;

import java.nio.file.Path;

/**
 * Where what a run leaves is.
 *
 * @param folder of the run
 */
public record RunFiles(Path folder) {
  /** Returns all options, in full: reading them gives the same run. */
  public Path options() {
    return folder.resolve("options.yaml");
  }

  /**
   * Returns where the training of a potential leaves its files.
   *
   * @param number of the potential in its committee, from 0
   * @param members of the committee; 1 where there is none
   */
  public MemberFiles member(int number, int members) {
    String suffix = members == 1 ? "" : "-" + (number + 1);
    Path events = folder.resolve("tensorboard");
    return new MemberFiles(
        folder.resolve("checkpoint" + suffix),
        folder.resolve("log" + suffix + ".csv"),
        members == 1 ? events : events.resolve("member" + suffix));
  }

  /**
   * The files of the training of one potential.
   *
   * @param checkpoint from which it goes on
   * @param log the table of epochs
   * @param events the folder of TensorBoard's events
   */
  public record MemberFiles(Path checkpoint, Path log, Path events) {}

  /** Returns the folder of the indices of frames in each set. */
  public Path splits() {
    return folder.resolve("splits");
  }

  /** Returns the trained model. */
  public Path model() {
    return folder.resolve("model.cot");
  }

  /** Returns the structures of the test set with references and predictions. */
  public Path predictions() {
    return folder.resolve("test-predictions.xyz");
  }

  /** Returns the folder of the figures for papers. */
  public Path plots() {
    return folder.resolve("plots");
  }

  /** Returns the page on the run. */
  public Path report() {
    return folder.resolve("report.html");
  }

  /** Returns what a run that came to its end printed there. */
  public Path summary() {
    return folder.resolve("summary.txt");
  }
}
