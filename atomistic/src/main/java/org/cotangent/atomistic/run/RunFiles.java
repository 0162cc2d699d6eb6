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

  /** Returns the file from which the training goes on. */
  public Path checkpoint() {
    return folder.resolve("checkpoint");
  }

  /** Returns the table of epochs. */
  public Path log() {
    return folder.resolve("log.csv");
  }

  /** Returns the folder of TensorBoard's events. */
  public Path events() {
    return folder.resolve("tensorboard");
  }

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

  /** Returns the page on the run. */
  public Path report() {
    return folder.resolve("report.html");
  }
}
