package org.cotangent.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model that a study trains by the command line, in a process of its own.
 *
 * @param name of its files
 * @param command of the command line that trains it
 * @param options what its options file says besides the data
 * @param quick further arguments for a first look
 */
record TrainedModel(String name, String command, String options, List<String> quick) {
  private static final String ONE_LAYER = "name: learned-basis\n  model: {layers: 1}";

  /** For the study of accuracy, from the quickest to the most accurate. */
  static final List<TrainedModel> ACCURATE =
      List.of(
          fitted("linear-ace", "{name: linear-ace}"),
          trained("behler-parrinello", 1, "name: behler-parrinello", 300, 2),
          trained("soap-nn", 1, "name: soap-nn", 300, 2),
          trained("learned-basis-one-layer", 1, ONE_LAYER, 200, 2),
          trained("learned-basis-short", 1, "name: learned-basis", 60, 2),
          trained("learned-basis", 1, "name: learned-basis", 200, 2),
          trained("learned-basis-committee-2", 2, "name: learned-basis", 200, 2),
          trained("learned-basis-committee-6", 6, "name: learned-basis", 200, 2),
          trained("learned-basis-committee-12", 12, "name: learned-basis", 200, 2));

  /** One of each architecture, trained briefly. */
  static final List<TrainedModel> EACH =
      List.of(
          trained("learned-basis", 1, "name: learned-basis", 30, 10),
          trained("learned-basis-one-layer", 1, ONE_LAYER, 30, 10),
          trained("soap-nn", 1, "name: soap-nn", 40, 10),
          trained("behler-parrinello", 1, "name: behler-parrinello", 40, 10),
          trained("element-networks", 1, "name: element-networks", 40, 10),
          fitted("linear-ace", "{name: linear-ace}"));

  /** Those that are trained on crystals with virials. */
  static final List<TrainedModel> CRYSTALS =
      List.of(
          fitted("linear-ace", "{name: linear-ace}"),
          trained("learned-basis", 1, "name: learned-basis", 150, 20),
          trained("learned-basis-one-layer", 1, ONE_LAYER, 150, 20),
          trained("soap-nn", 1, "name: soap-nn", 200, 20));

  private static TrainedModel fitted(String name, String architecture) {
    return new TrainedModel(
        name, "fit", "threads: 2\narchitecture: %s\n".formatted(architecture), List.of());
  }

  private static TrainedModel trained(
      String name, int members, String architecture, int epochs, int few) {
    String options =
        """
        threads: 2
        committee: %d
        architecture:
          %s
          training: {num_epochs: %d}
        """;
    return new TrainedModel(
        name,
        "train",
        options.formatted(members, architecture, epochs),
        List.of("-r", "architecture.training.num_epochs=" + few));
  }

  /** Returns the same under another name. */
  TrainedModel named(String other) {
    return new TrainedModel(other, command, options, quick);
  }

  /**
   * Trains it; null if that failed, which is told.
   *
   * @param data what the options file says of the data
   */
  @Nullable CommandLineRun train(Study.Setting setting, String data)
      throws IOException, InterruptedException {
    Path log = setting.folder().resolve(name + ".log");
    setting.write(name + ".yaml", options + data);
    setting.tell("training " + name);
    List<String> arguments =
        new ArrayList<>(List.of(command, setting.folder().resolve(name + ".yaml").toString()));
    arguments.addAll(List.of("--out", run(setting).toString()));
    if (setting.quick()) {
      arguments.addAll(quick);
    }
    CommandLineRun run = CommandLineRun.of(arguments, log);
    if (run.exitCode() == 0) {
      return run;
    }
    if (ChildProcesses.areEnding()) {
      throw new InterruptedException();
    }
    setting.tell(name + " ended with code " + run.exitCode() + " and is left out, see " + log);
    return null;
  }

  private Path run(Study.Setting setting) {
    return setting.folder().resolve(name);
  }

  /** Returns the model file that {@link #train} leaves. */
  Path file(Study.Setting setting) {
    return run(setting).resolve("model.cot");
  }
}
