package org.cotangent.atomistic.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.XyzReader;
import org.cotangent.atomistic.io.XyzWriter;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.potentials.CommitteePotential;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.potentials.SmallPotential;
import org.cotangent.autodiff.DType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelaxCommandTest {
  @TempDir private Path folder;
  private Path model;
  private Path structure;

  /** Of random weights that happen to have a minimum near the molecule. */
  @BeforeEach
  void writeModelAndStructure() throws IOException {
    model = folder.resolve("model.cot");
    structure = folder.resolve("structure.xyz");
    write(SmallPotential.of(13, DType.FLOAT32));
    write(SmallSystems.molecule());
  }

  private void write(LearnedPotential potential) throws IOException {
    ModelFile.write(model, potential, ModelMetadata.of("small", "With random weights."));
  }

  private void write(System system) throws IOException {
    XyzWriter.write(structure, List.of(new Frame(system, Map.of(), Map.of())));
  }

  private Run relax(Path out, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("relax", model.toString(), structure.toString(), "--out", out.toString()));
    all.addAll(List.of(more));
    return Run.of(all.toArray(String[]::new));
  }

  /** The longest force of the last frame of the trajectory, in eV/Å. */
  private static double force(Path out) throws IOException {
    Frame last = XyzReader.readAll(out.resolve("trajectory.xyz")).getLast();
    return last.forces("forces").norm(1).max().item();
  }

  @Test
  void aRelaxationLeavesItsStructureTrajectoryAndLog() throws IOException {
    Path out = folder.resolve("run");
    Run run = relax(out, "--fmax", "0.05");
    assertEquals("", run.err());
    assertEquals(0, run.code());
    Frame relaxed = XyzReader.readAll(out.resolve("relaxed.xyz")).getFirst();
    List<Frame> frames = XyzReader.readAll(out.resolve("trajectory.xyz"));
    assertTrue(force(out) <= 0.05);
    assertEquals(relaxed.energy("energy"), frames.getLast().energy("energy"));
    assertTrue(relaxed.energy("energy") < frames.getFirst().energy("energy"));
    assertEquals(frames.size() + 1, Files.readAllLines(out.resolve("log.csv")).size());
    assertTrue(run.out().contains("relaxed in " + (frames.size() - 1) + " steps"), run.out());
  }

  @Test
  void oneThatIsNotDoneInTimeSaysHowFarItCameAndGoesOn() throws IOException {
    Path out = folder.resolve("run");
    Run early = relax(out, "--fmax", "0.05", "--steps", "2");
    assertEquals(ExitCode.FAILURE, early.code());
    assertTrue(early.err().contains("not converged after 2 steps: the largest force is"));
    assertFalse(Files.exists(out.resolve("relaxed.xyz")));
    Files.writeString(
        out.resolve("trajectory.xyz"), "3\nhalf", java.nio.file.StandardOpenOption.APPEND);
    Run rest = relax(out, "--fmax", "0.05", "--resume");
    assertEquals("", rest.err());
    assertTrue(force(out) <= 0.05);
    assertEquals(
        "the run in " + out + " is finished: the structure is at a minimum",
        relax(out, "--fmax", "0.05", "--resume").out().replace(rest.out(), "").strip());
    List<Frame> frames = XyzReader.readAll(out.resolve("trajectory.xyz"));
    for (int n = 0; n < frames.size(); n++) {
      assertEquals(n, frames.get(n).energy("step"));
    }
    Run other = relax(out, "--fmax", "0.01", "--resume");
    assertEquals(ExitCode.USER_MISTAKE, other.code());
    assertTrue(other.err().contains("cannot go on with"), other.err());
  }

  @ParameterizedTest
  @CsvSource({"LBFGS, false", "FIRE, false", "LBFGS, true", "FIRE, true"})
  void oneThatIsStoppedAndGoesOnEndsInTheSameBits(String method, boolean cell) throws IOException {
    List<String> options = new ArrayList<>(List.of("--method", method, "--steps", "9"));
    if (cell) {
      write(SmallSystems.triclinic());
      options.addAll(List.of("--cell", "--pressure", "10"));
    }
    Path whole = folder.resolve("whole");
    Path parts = folder.resolve("parts");
    Run straight = relax(whole, options.toArray(String[]::new));
    for (int steps : new int[] {1, 4, 9}) {
      options.set(3, Integer.toString(steps));
      if (steps == 4) {
        options.add("--resume");
      }
      relax(parts, options.toArray(String[]::new));
    }
    assertEquals(ExitCode.FAILURE, straight.code(), straight.err()); // not converged
    assertTrue(straight.err().contains("after 9 steps"), straight.err());
    assertEquals(SmallRun.files(whole), SmallRun.files(parts));
    for (String name : List.of("trajectory.xyz", "log.csv", "restart.xyz", "optimizer-9.npz")) {
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(name)), Files.readAllBytes(parts.resolve(name)), name);
    }
  }

  @Test
  void aCellIsRelaxedUnderPressure() throws IOException {
    write(SmallSystems.triclinic());
    Path out = folder.resolve("run");
    Run run = relax(out, "--cell", "--pressure", "10", "--fmax", "1", "--smax", "60");
    assertEquals("", run.err());
    Frame relaxed = XyzReader.readAll(out.resolve("relaxed.xyz")).getFirst();
    @SuppressWarnings("unchecked")
    List<List<Double>> stress = (List<List<Double>>) relaxed.info().get("stress");
    assertEquals(-10 / 160.2176634, stress.get(0).get(0), 60 / 160.2176634);
  }

  @Test
  void atomsThatAModelPullsTogetherAreNamed() throws IOException {
    write(SmallPotential.of(5, DType.FLOAT32)); // its hydrogens attract each other
    Path out = folder.resolve("run");
    Run run = relax(out);
    assertEquals(ExitCode.FAILURE, run.code());
    assertTrue(run.err().contains("atoms 3 (H) and 4 (H) are 0."), run.err());
    assertTrue(run.err().contains("the last structure is the end of"), run.err());
    assertTrue(Files.exists(out.resolve("restart.xyz")));
  }

  @Test
  void theUncertaintyOfTheResultIsTold() throws IOException {
    LearnedPotential potential = SmallPotential.of(13, DType.FLOAT32);
    write(new CommitteePotential(List.of(potential, potential)));
    Run run = relax(folder.resolve("run"), "--fmax", "0.05");
    assertEquals("", run.err());
    assertTrue(run.out().contains("energy certain to 0.000000 eV"), run.out());
  }

  @Test
  void mistakesAreNamedAndLeaveNothing() throws IOException {
    Path out = folder.resolve("run");
    refuse(relax(out, "--pressure", "1"), "add --cell");
    refuse(relax(out, "--cell"), "periodic in three directions");
    refuse(relax(out, "--fmax", "0"), "limits above 0");
    refuse(relax(out, "--steps", "0"), "must be 1 or more");
    refuse(relax(out, "--resume"), "there is nothing to go on from");
    Files.writeString(structure, "1\n\nXe 0 0 0\n");
    refuse(relax(out), "Xe");
    assertFalse(Files.exists(out));
  }

  private static void refuse(Run run, String part) {
    assertEquals(ExitCode.USER_MISTAKE, run.code(), run.err());
    assertTrue(run.err().contains(part), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }
}
