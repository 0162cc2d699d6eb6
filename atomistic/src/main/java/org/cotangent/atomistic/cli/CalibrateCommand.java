package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.cotangent.atomistic.data.DataReader;
import org.cotangent.atomistic.data.DataSource;
import org.cotangent.atomistic.data.LabelledData;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.data.SystemFiles;
import org.cotangent.atomistic.data.TargetKeys;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.potentials.LastLayerPotential;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.potentials.LlprCalibration;
import org.cotangent.atomistic.potentials.RepulsionPotential;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives a trained model uncertainties. */
@Command(
    name = "calibrate",
    description =
        "Give a trained model uncertainties, from the last layer's features of its training set and"
            + " its errors on a validation set (LLPR).")
final class CalibrateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = "The trained model.")
  private Path model;

  @Option(
      names = "--training",
      paramLabel = "FILE",
      required = true,
      arity = "1..*",
      description = "The structures that it was trained on.")
  private List<String> training;

  @Option(
      names = "--validation",
      paramLabel = "FILE",
      required = true,
      arity = "1..*",
      description = "Structures with energies that it was not trained on.")
  private List<String> validation;

  @Mixin private EnergyOptions energies;

  @Option(
      names = "--members",
      description = "Of an ensemble of energies to draw, 0 for none; default: ${DEFAULT-VALUE}.")
  private int members;

  @Option(names = "--seed", description = "Of the ensemble; default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "FILE.cot",
      required = true,
      description = "The model with uncertainties, a new file.")
  private Path out;

  @SuppressWarnings("NullAway.Init")
  CalibrateCommand() {}

  @Override
  public Integer call() throws IOException {
    Outputs.requireNew(out, "--out");
    if (!(ModelFile.read(model) instanceof LastLayerPotential potential)
        || (potential instanceof RepulsionPotential(LearnedPotential rest)
            && !(rest instanceof LastLayerPotential))) {
      throw new UserException(
          model
              + " has no last layer that uncertainties follow from, or has uncertainties already");
    }
    PrintWriter to = spec.commandLine().getOut();
    LabelledSystems known = read(training, to);
    LabelledSystems other = read(validation, to);
    LlprCalibration found =
        LlprCalibration.of(
            potential, known.systems(), other.systems(), other.energies(), members, seed);
    ModelFile.write(out, found.potential(), ModelFile.readMetadata(model));
    double[] sigma = found.potential().uncertainties(other.systems()).systems().toDoubleArray();
    double[] sorted = sigma.clone();
    Arrays.sort(sorted);
    to.printf(
        Locale.ROOT,
        "calibrated on %d systems, with the features of %d%n",
        other.size(),
        known.size());
    to.printf(
        Locale.ROOT,
        "uncertainties of the validation energies: %.3g to %.3g eV, half of them below %.3g eV%n",
        sorted[0],
        sorted[sorted.length - 1],
        sorted[sorted.length / 2]);
    to.println("Look at     " + out);
    to.flush();
    return ExitCode.OK;
  }

  private LabelledSystems read(List<String> files, PrintWriter to) throws IOException {
    LabelledData data =
        new DataReader(Path.of(""))
            .read(new DataSource(SystemFiles.of(files), new TargetKeys(energies.target()), null));
    data.notes().forEach(note -> to.println("note    " + note));
    return data.systems();
  }
}
