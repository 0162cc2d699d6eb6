package org.cotangent.atomistic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.cotangent.atomistic.potentials.LlprPotential;
import org.cotangent.atomistic.potentials.SmallPotential;
import org.cotangent.autodiff.DType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrateCommandTest {
  private static final LearnedPotential POTENTIAL = SmallPotential.of(13, DType.FLOAT32);

  @TempDir private Path folder;
  private Path model;
  private Path training;
  private Path validation;

  @BeforeEach
  void writeModelAndData() throws IOException {
    model = folder.resolve("model.cot");
    ModelFile.write(model, POTENTIAL, ModelMetadata.of("small", "With random weights."));
    training = folder.resolve("training.xyz");
    validation = folder.resolve("validation.xyz");
    write(training, 20, 1);
    write(validation, 12, 2);
  }

  /** Shaken molecules with energies that are wrong by about 20 meV. */
  private static void write(Path file, int count, long seed) throws IOException {
    Random random = new Random(seed);
    List<Frame> frames = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      System still = SmallSystems.molecule();
      System moved =
          still.withPositions(
              still.positions().add(SmallSystems.noise(random, 0.1, still.size(), 3)));
      double energy = POTENTIAL.evaluate(List.of(moved)).energies().at(0);
      frames.add(
          new Frame(moved, Map.of("energy", energy + 0.02 * random.nextGaussian()), Map.of()));
    }
    XyzWriter.write(file, frames);
  }

  private Run calibrate(Path out, String... more) {
    List<String> all =
        new ArrayList<>(List.of("calibrate", model.toString(), "--training", training.toString()));
    all.addAll(List.of("--validation", validation.toString(), "--out", out.toString()));
    all.addAll(List.of(more));
    return Run.of(all.toArray(String[]::new));
  }

  @Test
  void aModelWithUncertaintiesIsWritten() throws IOException {
    Path out = folder.resolve("calibrated.cot");
    Run run = calibrate(out, "--members", "4");
    assertEquals("", run.err());
    assertTrue(run.out().contains("calibrated on 12 systems, with the features of 20"), run.out());
    LlprPotential written = (LlprPotential) ModelFile.read(out);
    assertEquals(4, written.ensemble().dim(1));
    double found = written.uncertainties(List.of(SmallSystems.molecule())).systems().at(0);
    assertEquals(0.02, found, 0.02);
    assertEquals("small", ModelFile.readMetadata(out).name());
  }

  @Test
  void mistakesAreNamedAndLeaveNothing() throws IOException {
    Path out = folder.resolve("calibrated.cot");
    write(validation, 5, 2);
    refuse(calibrate(out), "10 validation energies or more");
    assertFalse(Files.exists(out));
    write(validation, 12, 2);
    assertEquals(0, calibrate(out).code());
    refuse(calibrate(out), "is there already");
    model = out;
    refuse(calibrate(folder.resolve("again.cot")), "has uncertainties already");
  }

  private static void refuse(Run run, String part) {
    assertEquals(ExitCode.USER_MISTAKE, run.code(), run.err());
    assertTrue(run.err().contains(part), run.err());
  }
}
