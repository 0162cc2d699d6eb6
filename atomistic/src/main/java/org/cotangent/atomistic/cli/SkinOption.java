package org.cotangent.atomistic.cli;

import picocli.CommandLine.Option;

/** The option of commands in which atoms move a little at a time. */
final class SkinOption {
  @Option(
      names = "--skin",
      paramLabel = "Å",
      description =
          "How much farther than the cutoff neighbors are searched; default: ${DEFAULT-VALUE}.")
  private double skin = 1;

  /** Returns the skin in Å. */
  double value() {
    return skin;
  }
}
