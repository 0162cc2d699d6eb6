package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.options.OptionsFile;
import org.cotangent.atomistic.options.RunOptions;
import org.cotangent.atomistic.options.TrainableArchitecture;
import org.cotangent.atomistic.run.FinishedRun;
import org.cotangent.atomistic.run.RunData;
import org.cotangent.atomistic.run.RunFiles;
import org.cotangent.atomistic.run.TrainingRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a potential as an options file says. */
@Command(
    name = "train",
    description = "Train a potential on your own data, as an options file says.",
    footer = {
      "",
      "Begin with: cotangent train --example learned-basis > train.yaml",
      "docs/training.md goes through a training step by step."
    })
class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "OPTIONS.yaml",
      description = "The options; with --resume and --out, those in the folder are taken.")
  private @Nullable Path file;

  @Option(
      names = {"-r", "--override"},
      paramLabel = "OPTION=VALUE",
      description = "Another value of an option, as architecture.training.batch_size=8.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the results, new or empty; default: runs/NAME-TIME.")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      description = "Go on with the run in the folder, by default the last one of these options.")
  private boolean resume;

  @Option(names = "--check", description = "Only read the data and say what is in them.")
  private boolean check;

  @Option(
      names = "--accept-errors",
      description = "Train even if the checks of the labels find errors.")
  private boolean acceptErrors;

  @Option(
      names = "--example",
      paramLabel = "ARCHITECTURE",
      description = "Print an options file with all options, each described.")
  private @Nullable String example;

  @Option(names = "--schema", description = "Print the JSON Schema of options files.")
  private boolean schema;

  @SuppressWarnings("NullAway.Init")
  TrainCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter to = spec.commandLine().getOut();
    if (schema || example != null) {
      to.print(example == null ? OptionsFile.schema() : OptionsFile.example(architecture(example)));
      to.flush();
      return ExitCode.OK;
    }
    if (file == null && !(resume && out != null)) {
      throw new UserException(
          "which options? Name a file, or print one with --example learned-basis");
    }
    Path folder = resume ? begun() : null;
    Path source = file == null ? new RunFiles(Objects.requireNonNull(folder)).options() : file;
    RunOptions options = OptionsFile.read(source, overrides);
    requireSuitable(options, source);
    if (folder == null && !check) {
      Outputs.requireRoom(out, name()); // reading a large data set takes minutes
    }
    RunData data = read(options, folder);
    List<String> finished =
        folder == null || check ? null : FinishedRun.summary(new RunFiles(folder), options, data);
    if (finished != null) {
      TrainingSession.sayFinished(finished, Objects.requireNonNull(folder), to);
      return ExitCode.OK;
    }
    to.println("training set");
    to.print(data.statistics().text());
    data.sets().notes().forEach(note -> to.println("note    " + note));
    to.print(data.checks().text());
    to.flush();
    if (check) {
      return ExitCode.OK;
    }
    requireNoErrors(data);
    if (folder == null) {
      folder = Outputs.folder(out, name());
    }
    ModelMetadata metadata =
        ModelMetadata.of(
            title(folder), "Trained on %d frames.".formatted(data.statistics().frames()));
    TrainingRun run = new TrainingRun(options, data, folder, metadata);
    return TrainingSession.run(run, resume, folder, spec.commandLine());
  }

  /** Reads the data, which can take minutes; the folder is that of a run to go on with. */
  private RunData read(RunOptions options, @Nullable Path folder) throws IOException {
    String left =
        folder == null
            ? "stopped while the data were read: nothing is trained yet and no folder was made"
            : "stopped while the data were read: the run in " + folder + " is as it was";
    try (Interruption _ =
        new Interruption(spec.commandLine().getErr(), null, check ? null : left)) {
      return RunData.read(options);
    }
  }

  /** Fails where this command is not the one for these options. */
  void requireSuitable(RunOptions options, Path source) {}

  /** The folder's name without the time: a run that goes on knows no other. */
  private static String title(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? "potential" : name.toString().replaceFirst(Outputs.TIME + "$", "");
  }

  private String name() {
    return Objects.requireNonNull(file).getFileName().toString().replaceFirst("\\.ya?ml$", "");
  }

  /** Returns the folder of the run to go on with. */
  private Path begun() throws IOException {
    if (out != null) {
      if (!Files.isRegularFile(new RunFiles(out).options())) {
        throw new UserException(
            "there is no run in " + out + " to go on with: it has no options.yaml");
      }
      return out;
    }
    String pattern = Pattern.quote(name()) + Outputs.TIME;
    if (Files.isDirectory(Outputs.RUNS)) {
      try (Stream<Path> runs = Files.list(Outputs.RUNS)) {
        Path last =
            runs.filter(run -> run.getFileName().toString().matches(pattern))
                .filter(run -> Files.isRegularFile(new RunFiles(run).options()))
                .max(Comparator.naturalOrder())
                .orElse(null);
        if (last != null) {
          return last;
        }
      }
    }
    throw new UserException(
        "there is no run of "
            + file
            + " in "
            + Outputs.RUNS
            + " to go on with: name its folder with --out, or start without --resume");
  }

  private void requireNoErrors(RunData data) {
    if (data.checks().hasErrors() && !acceptErrors) {
      throw new UserException(
          "the labels have errors, the first is: "
              + data.checks().findings().getFirst().sentence()
              + " (--accept-errors trains on them all the same)");
    }
  }

  private static TrainableArchitecture architecture(String name) {
    TrainableArchitecture found = TrainableArchitecture.named(name);
    if (found == null) {
      throw new UserException(
          "there is no architecture '"
              + name
              + "'; there are "
              + String.join(", ", TrainableArchitecture.labels()));
    }
    return found;
  }
}
