package org.cotangent.bench;

import java.util.List;

/**
 * A model that is trained for its accuracy.
 *
 * @param name of its files
 * @param command of the command line that trains it
 * @param options what its options file says besides the data
 * @param quick further arguments for a first look
 */
record TrainedModel(String name, String command, String options, List<String> quick) {
  private static final List<String> FEW_EPOCHS =
      List.of("-r", "architecture.training.num_epochs=2");

  /** From the quickest to the most accurate. */
  static final List<TrainedModel> ALL =
      List.of(
          new TrainedModel(
              "linear-ace",
              "fit",
              """
              threads: 2
              architecture: {name: linear-ace}
              """,
              List.of()),
          epochs("behler-parrinello", 1, "name: behler-parrinello", 300),
          epochs("soap-nn", 1, "name: soap-nn", 300),
          epochs("learned-basis-one-layer", 1, "name: learned-basis\n  model: {layers: 1}", 200),
          epochs("learned-basis-short", 1, "name: learned-basis", 60),
          epochs("learned-basis", 1, "name: learned-basis", 200),
          epochs("learned-basis-committee-2", 2, "name: learned-basis", 200),
          epochs("learned-basis-committee-6", 6, "name: learned-basis", 200));

  private static TrainedModel epochs(String name, int members, String architecture, int epochs) {
    String options =
        """
        threads: 2
        committee: %d
        architecture:
          %s
          training: {num_epochs: %d}
        """;
    return new TrainedModel(
        name, "train", options.formatted(members, architecture, epochs), FEW_EPOCHS);
  }
}
