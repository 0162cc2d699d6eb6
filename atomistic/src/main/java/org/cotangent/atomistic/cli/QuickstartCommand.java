package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cotangent.atomistic.data.DataSource;
import org.cotangent.atomistic.data.EthanolData;
import org.cotangent.atomistic.data.HeldOutSet;
import org.cotangent.atomistic.data.SystemFiles;
import org.cotangent.atomistic.data.TargetKeys;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.options.RunOptions;
import org.cotangent.atomistic.options.TrainableArchitecture;
import org.cotangent.atomistic.run.RunData;
import org.cotangent.atomistic.run.TrainingRun;
import org.cotangent.atomistic.training.ForceGradients;
import org.cotangent.atomistic.training.TrainingOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a potential on data that come with the library, and shows what it is worth. */
@Command(
    name = "quickstart",
    description = "Train a potential for ethanol on real DFT data, test it and use it.")
final class QuickstartCommand implements Callable<Integer> {

  private static final int[] TRAINING = {1, 2, 4};
  private static final int VALIDATION = 5;
  private static final int TEST = 3;

  /** 1 ps. */
  private static final int DYNAMICS_STEPS = 2000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the results, new or empty; default: runs/quickstart-TIME.")
  private @Nullable Path out;

  @Option(
      names = "--gradients",
      description =
          "How the loss gets at the forces: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private ForceGradients gradients = ForceGradients.CHOSEN;

  @Option(names = "--epochs", description = "At most this many epochs; default: ${DEFAULT-VALUE}.")
  private int epochs = TrainingOptions.QUICKSTART.training().numEpochs();

  @Option(names = "--seed", description = "Of all random numbers; default: ${DEFAULT-VALUE}.")
  private long seed = TrainingOptions.QUICKSTART.seed();

  @Option(
      names = "--precision",
      description = "Bits of a number in training, 32 or 64; default: ${DEFAULT-VALUE}.")
  private int precision = TrainingOptions.QUICKSTART.basePrecision();

  @Option(
      names = "--threads",
      description = "How many work at once; the result does not depend on it. Default: all.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @SuppressWarnings("NullAway.Init")
  QuickstartCommand() {}

  @Override
  public Integer call() throws IOException {
    RunOptions options =
        TrainableArchitecture.LEARNED_BASIS
            .defaults()
            .with(TrainingOptions.QUICKSTART.with(seed, precision, threads, epochs, gradients))
            .withThreads(threads);
    Path folder = Outputs.folder(out, "quickstart");
    // The data go into the folder, so that its options.yaml can be trained again, and changed.
    Path data = Files.createDirectory(folder.resolve("data"));
    List<String> training = new ArrayList<>();
    for (int number : TRAINING) {
      training.add(EthanolData.copy(number, data).toString());
    }
    HeldOutSet validation = HeldOutSet.file(EthanolData.copy(VALIDATION, data).toString());
    HeldOutSet test = HeldOutSet.file(EthanolData.copy(TEST, data).toString());
    options =
        options.withData(
            List.of(new DataSource(SystemFiles.of(training), TargetKeys.DEFAULT, null)),
            validation,
            test);
    ModelMetadata metadata =
        ModelMetadata.of(
            "Ethanol, PBE/def2-SVP", "A potential for ethanol, trained on PBE/def2-SVP at 600 K.");
    TrainingRun run =
        new TrainingRun(options, RunData.read(options), folder, metadata, DYNAMICS_STEPS);
    return TrainingSession.run(run, false, folder, spec.commandLine());
  }
}
