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
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.XyzReader;
import org.cotangent.atomistic.io.XyzWriter;
import org.cotangent.atomistic.learnedbasis.LearnedBasis;
import org.cotangent.atomistic.learnedbasis.SmallLearnedBasis;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.potentials.CommitteePotential;
import org.cotangent.atomistic.potentials.SmallNetworks;
import org.cotangent.atomistic.potentials.SmallPotential;
import org.cotangent.autodiff.DType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MdCommandTest {
  @TempDir private Path folder;
  private Path model;
  private Path structure;

  @BeforeEach
  void writeModelAndStructure() throws IOException {
    System water = SmallNetworks.water();
    model = folder.resolve("model.cot");
    structure = folder.resolve("a structure.xyz");
    LearnedBasis form = new LearnedBasis(List.of(1, 8), 3, 3, 2, 4, 1, List.of(4, 4));
    ModelFile.write(
        model,
        SmallLearnedBasis.of(form, List.of(water), DType.FLOAT32),
        ModelMetadata.of("water", "With random weights."));
    XyzWriter.write(structure, List.of(new Frame(water, Map.of(), Map.of())));
  }

  private Run md(Path out, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("md", model.toString(), structure.toString(), "--out", out.toString()));
    all.addAll(List.of("--time-step", "0.05", "--temperature", "20", "--every", "4"));
    all.addAll(List.of(more));
    return Run.of(all.toArray(String[]::new));
  }

  @Test
  void aRunLeavesItsTrajectoryAndLog() throws IOException {
    Path out = folder.resolve("run");
    Run run = md(out, "--steps", "10");
    assertEquals("", run.err());
    assertEquals(0, run.code());
    List<Frame> frames = XyzReader.readAll(out.resolve("trajectory.xyz"));
    assertEquals(4, frames.size()); // 0, 4, 8 and the last
    assertEquals(5e-4, frames.getLast().energy("time_ps"), 1e-18);
    assertEquals(5, Files.readAllLines(out.resolve("log.csv")).size());
    assertEquals(9, frames.getLast().forces("forces").size());
  }

  /** The run is cut off after eight of twelve steps, in the middle of writing. */
  @ParameterizedTest
  @ValueSource(strings = {"nve", "langevin", "rescaling"})
  void aRunThatWasInterruptedGoesOnToTheSameFiles(String thermostat) throws IOException {
    Path whole = folder.resolve("whole");
    Path cut = folder.resolve("cut");
    assertEquals(0, md(whole, "--steps", "12", "--thermostat", thermostat).code());
    assertEquals(0, md(cut, "--steps", "8", "--thermostat", thermostat).code());
    Files.writeString(
        cut.resolve("trajectory.xyz"), "3\nhalf a fra", java.nio.file.StandardOpenOption.APPEND);
    Files.writeString(cut.resolve("log.csv"), "10,0.", java.nio.file.StandardOpenOption.APPEND);
    Run rest = md(cut, "--steps", "12", "--thermostat", thermostat, "--resume");
    assertEquals("", rest.err());
    for (String name : List.of("trajectory.xyz", "log.csv", "restart.xyz")) {
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(name)), Files.readAllBytes(cut.resolve(name)), name);
    }
  }

  @Test
  void aFinishedRunSaysThatItIs() {
    Path out = folder.resolve("run");
    String printed = md(out, "--steps", "4").out();
    assertEquals(
        "the run in " + out + " is finished: it has its 4 steps, for more there is --steps",
        md(out, "--steps", "4", "--resume").out().replace(printed, "").strip());
  }

  @Test
  void aRunDoesNotGoOnWithOtherOptions() {
    Path out = folder.resolve("run");
    assertEquals(0, md(out, "--steps", "4").code());
    Run other = md(out, "--steps", "8", "--seed", "2", "--resume");
    assertEquals(ExitCode.USER_MISTAKE, other.code());
    assertTrue(other.err().contains("seed 1' and cannot go on with"), other.err());
  }

  @Test
  void aRunDoesNotGoOnWithAnotherModelOfTheSameName() throws IOException {
    Path out = folder.resolve("run");
    assertEquals(0, md(out, "--steps", "4").code());
    LearnedBasis form = new LearnedBasis(List.of(1, 8), 3.1, 3, 2, 4, 1, List.of(4, 4));
    ModelFile.write(
        model,
        SmallLearnedBasis.of(form, List.of(SmallNetworks.water()), DType.FLOAT32),
        ModelMetadata.of("water", "With random weights."));
    Run other = md(out, "--steps", "8", "--resume");
    assertEquals(ExitCode.USER_MISTAKE, other.code());
    assertTrue(other.err().contains("cannot go on with"), other.err());
  }

  @Test
  void mistakesAreNamedAndLeaveNothing() throws IOException {
    Path out = folder.resolve("run");
    Run none = md(out, "--resume");
    assertEquals(ExitCode.USER_MISTAKE, none.code(), none.err());
    assertTrue(none.err().contains("there is nothing to go on from"), none.err());
    Files.writeString(structure, "1\n\nXe 0 0 0\n");
    Run unknown = md(out);
    assertEquals(ExitCode.USER_MISTAKE, unknown.code());
    assertTrue(unknown.err().contains("Xe"), unknown.err());
    assertFalse(Files.exists(out));
  }

  private void writeCommittee() throws IOException {
    ModelFile.write(
        model,
        new CommitteePotential(
            List.of(SmallPotential.of(1, DType.FLOAT32), SmallPotential.of(2, DType.FLOAT32))),
        ModelMetadata.of("committee", "With random weights."));
  }

  @Test
  void uncertaintiesAreInTheLogAndTheTrajectory() throws IOException {
    writeCommittee();
    Path out = folder.resolve("run");
    Run run = md(out, "--steps", "4");
    assertEquals("", run.err());
    List<Frame> frames = XyzReader.readAll(out.resolve("trajectory.xyz"));
    double uncertainty = frames.getLast().energy("energy_uncertainty");
    assertTrue(uncertainty > 0);
    List<String> log = Files.readAllLines(out.resolve("log.csv"));
    assertTrue(
        log.getFirst().endsWith(",energy_uncertainty [eV],largest_atomic_uncertainty [eV]"),
        log.getFirst());
    assertEquals(uncertainty, Double.parseDouble(log.getLast().split(",")[7]));
  }

  @Test
  void aRunThatLeavesWhatTheModelKnowsKeepsItsLastGoodFrame() throws IOException {
    writeCommittee();
    Path free = folder.resolve("free");
    md(free, "--steps", "60");
    List<String> log = Files.readAllLines(free.resolve("log.csv"));
    double first = Double.parseDouble(log.get(1).split(",")[8]);
    double last = Double.parseDouble(log.getLast().split(",")[8]);
    assertTrue(last > first, first + " then " + last);
    Path out = folder.resolve("stopped");
    String threshold = Double.toString((first + last) / 2);
    Run run = md(out, "--steps", "60", "--uncertainty-threshold", threshold);
    assertEquals(ExitCode.FAILURE, run.code());
    assertTrue(run.err().contains("the model extrapolates"), run.err());
    assertTrue(run.err().contains("the last good step, "), run.err());
    Frame end = XyzReader.readAll(out.resolve("trajectory.xyz")).getLast();
    Frame restart = XyzReader.readAll(out.resolve("restart.xyz")).getFirst();
    assertArrayEquals(
        end.system().positions().toDoubleArray(), restart.system().positions().toDoubleArray());
    assertEquals(restart.energy("step") * 5e-5, end.energy("time_ps"), 1e-15);
    Run goingOn = md(out, "--steps", "60", "--resume");
    assertEquals("", goingOn.err());
  }

  @Test
  void aThresholdNeedsAModelWithUncertainties() {
    Run run = md(folder.resolve("run"), "--uncertainty-threshold", "0.1");
    assertEquals(ExitCode.USER_MISTAKE, run.code());
    assertTrue(run.err().contains("needs a model that has uncertainties"), run.err());
    assertFalse(Files.exists(folder.resolve("run")));
  }
}
