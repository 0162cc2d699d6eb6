package org.cotangent.atomistic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.XyzWriter;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.potentials.SmallPotential;
import org.cotangent.autodiff.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the commands in {@code docs/dynamics.md} run, one after the other, with fewer steps. */
class DynamicsPageTest {
  private static final LearnedPotential POTENTIAL = SmallPotential.of(13, DType.FLOAT32);
  private static final Path PAGE = Path.of("../docs/dynamics.md");

  @TempDir private Path folder;

  private void write(String name, int count, System still) throws IOException {
    Random random = new Random(count);
    List<Frame> frames = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      System moved =
          still.withPositions(
              still.positions().add(SmallSystems.noise(random, 0.03, still.size(), 3)));
      double energy = POTENTIAL.evaluate(List.of(moved)).energies().at(0);
      frames.add(
          new Frame(moved, Map.of("energy", energy + 0.01 * random.nextGaussian()), Map.of()));
    }
    XyzWriter.write(folder.resolve(name), frames);
  }

  /** Names files and folders in the test's folder, and asks for fewer steps. */
  private String[] arguments(String command) {
    String[] words = command.split("\\s+");
    for (int k = 1; k < words.length; k++) {
      if (words[k].matches(".*\\.(cot|xyz)") || words[k - 1].equals("--out")) {
        words[k] = folder.resolve(words[k]).toString();
      } else if (words[k - 1].equals("--steps")) {
        words[k] = Integer.toString(Integer.parseInt(words[k]) / 5000 + 20);
      }
    }
    return words;
  }

  @Test
  void itsCommandsRun() throws IOException {
    ModelFile.write(
        folder.resolve("model.cot"), POTENTIAL, ModelMetadata.of("small", "With random weights."));
    write("train.xyz", 20, SmallSystems.molecule());
    write("validation.xyz", 12, SmallSystems.molecule());
    List<String> commands =
        Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("./cotangent ")).toList();
    assertTrue(commands.size() >= 7, commands.toString());
    for (String command : commands) {
      boolean cell = command.contains("--cell");
      write("start.xyz", 1, cell ? SmallSystems.triclinic() : SmallSystems.molecule());
      Run run = Run.of(arguments(command.substring("./cotangent ".length())));
      // random weights need not have a minimum, and soon extrapolate: not the command's mistake
      boolean mayStop = command.matches(".*( relax |--uncertainty-threshold).*");
      boolean stopped = mayStop && run.code() == ExitCode.FAILURE;
      assertEquals(stopped ? ExitCode.FAILURE : 0, run.code(), command + ": " + run.err());
    }
  }
}
