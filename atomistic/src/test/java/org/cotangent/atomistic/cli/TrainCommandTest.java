package org.cotangent.atomistic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cotangent.atomistic.JavaProgram;
import org.cotangent.atomistic.io.FrameFiles;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.options.OptionsFile;
import org.cotangent.atomistic.options.RunOptions;
import org.cotangent.atomistic.potentials.CommitteePotential;
import org.cotangent.atomistic.report.Progress;
import org.cotangent.atomistic.run.RunData;
import org.cotangent.atomistic.run.TrainingRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTest {
  @TempDir private Path folder;

  @Test
  void aRunLeavesEverythingInItsFolder() throws IOException {
    Path options = SmallRun.options(folder);
    Path run = folder.resolve("run");
    String printed = SmallRun.run("train", options, "--out", run);
    assertTrue(printed.contains("frames            12"), printed);
    assertTrue(printed.contains("energy from 'energy' (eV)"), printed);
    assertTrue(printed.contains(run.resolve("report.html").toString()), printed);
    assertEquals(
        List.of(
            "checkpoint",
            "log.csv",
            "model.cot",
            "options.yaml",
            "plots/energy-per-atom-mae.png",
            "plots/force-component-mae.png",
            "plots/learning-rate.png",
            "plots/loss.png",
            "plots/parity-energy-per-atom.png",
            "plots/parity-force-component.png",
            "report.html",
            "splits/test.txt",
            "splits/training.txt",
            "splits/validation.txt",
            "summary.txt",
            "tensorboard/events.out.tfevents.0.cotangent",
            "test-predictions.xyz"),
        SmallRun.files(run));
    assertEquals(4, Files.readAllLines(run.resolve("log.csv")).size());
    assertEquals(
        "3\n7",
        Files.readString(run.resolve("splits/validation.txt")).replaceFirst("#.*\n", "").strip());
    assertEquals(2, FrameFiles.readAll(run.resolve("test-predictions.xyz")).size());
  }

  /** The frames of ethanol in a cell, and as molecules. */
  @Test
  void derivativesByPositionsAreCheckedAndByStrainWhereThereIsACell() throws IOException {
    Path options = SmallRun.options(folder);
    Path data = folder.resolve("data.xyz");
    String molecules = SmallRun.run("train", options, "--out", folder.resolve("molecules"));
    assertTrue(molecules.contains("Derivatives   ok  forces = −dE/dx"), molecules);
    assertFalse(molecules.contains("virial = "), molecules);
    String frames = Files.readString(data).replace("pbc=\"F F F\"", "");
    frames = frames.replace("Properties=", "Lattice=\"9 0 0 1 8 0 0 0 9\" Properties=");
    Files.writeString(data, frames);
    String crystals = SmallRun.run("train", options, "--out", folder.resolve("crystals"));
    assertTrue(crystals.contains("Derivatives   ok  forces = −dE/dx"), crystals);
    assertTrue(crystals.contains("Derivatives   ok  virial = −dE/dε"), crystals);
  }

  @Test
  void theOptionsInTheFolderGiveTheSameRun() throws IOException {
    Path options = SmallRun.options(folder);
    SmallRun.run("train", options, "--out", folder.resolve("first"), "-r", "seed=5");
    Path full = folder.resolve("first/options.yaml");
    SmallRun.run("train", full, "--out", folder.resolve("second"), "-r", "threads=1");
    SmallRun.assertSameModel(folder.resolve("first"), folder.resolve("second"));
  }

  @Test
  void aCommitteeIsTrainedAndExportedAsOneModel() throws IOException {
    Path run = folder.resolve("run");
    SmallRun.run("train", SmallRun.options(folder), "--out", run, "-r", "committee=2");
    assertInstanceOf(CommitteePotential.class, ModelFile.read(run.resolve("model.cot")));
    assertTrue(SmallRun.files(run).contains("log-2.csv"));
  }

  @Test
  void aRunThatWasStoppedGoesOnToTheSameBits() throws IOException {
    Path options = SmallRun.options(folder);
    Path whole = folder.resolve("whole");
    SmallRun.run("train", options, "--out", whole);

    Path run = Files.createDirectory(folder.resolve("run"));
    RunOptions read = OptionsFile.read(options, List.of());
    AtomicInteger steps = new AtomicInteger();
    TrainingRun training =
        new TrainingRun(read, RunData.read(read), run, ModelMetadata.of("test", ""));
    assertFalse(training.train(false, Progress.silent(), () -> steps.incrementAndGet() == 4));
    assertFalse(Files.exists(run.resolve("model.cot")));
    SmallRun.run("train", "--resume", "--out", run);
    SmallRun.assertSameModel(whole, run);
    assertEquals(columns(whole.resolve("log.csv"), 19), columns(run.resolve("log.csv"), 19));
  }

  /** Without time and memory. */
  private static List<String> columns(Path log, int count) throws IOException {
    return Files.readAllLines(log).stream()
        .map(line -> String.join(",", List.of(line.split(",", -1)).subList(0, count)))
        .toList();
  }

  @Test
  void aFinishedRunSaysWhatItEndedWithAndStaysAsItIs() throws IOException {
    Path run = folder.resolve("run");
    String printed = SmallRun.run("train", SmallRun.options(folder), "--out", run);
    Map<String, FileTime> before = times(run);
    String again = SmallRun.run("train", "--resume", "--out", run, "-r", "threads=1");
    String head = "the run in " + run + " is finished, there is nothing left to do";
    assertEquals(
        List.of(head, printed.substring(printed.indexOf("\nErrors")).strip()),
        List.of(again.lines().findFirst().orElseThrow(), again.substring(head.length()).strip()));
    assertEquals(before, times(run));
  }

  private static Map<String, FileTime> times(Path folder) throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    for (String file : SmallRun.files(folder)) {
      times.put(file, Files.getLastModifiedTime(folder.resolve(file)));
    }
    return times;
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.cot", "summary.txt"})
  void aFinishedRunThatLostAFileMakesItAgain(String file) throws IOException {
    Path run = folder.resolve("run");
    SmallRun.run("train", SmallRun.options(folder), "--out", run);
    Files.delete(run.resolve(file));
    SmallRun.run("train", "--resume", "--out", run);
    assertTrue(Files.exists(run.resolve(file)));
  }

  @Test
  void aRunDoesNotGoOnWithOtherOptionsOrData() throws IOException {
    Path options = SmallRun.options(folder);
    Path run = folder.resolve("run");
    SmallRun.run("train", options, "--out", run);
    SmallRun.refused(
        "cannot go on with other options: seed is 2 and was 1",
        "train",
        options,
        "--resume",
        "--out",
        run,
        "-r",
        "seed=2");
    SmallRun.frames(folder, "data.xyz", 2, 16);
    SmallRun.refused(
        "cannot go on: its data have changed since it began",
        "train",
        options,
        "--resume",
        "--out",
        run);
  }

  @Test
  void resumeNeedsARunThatHasBegun() throws IOException {
    Path options = SmallRun.options(folder);
    SmallRun.refused("there is no run in", "train", options, "--resume", "--out", folder);
    SmallRun.refused("there is no run of", "train", options, "--resume");
    SmallRun.refused("which options?", "train");
  }

  @Test
  void checkSaysWhatIsInTheDataAndTrainsNothing() throws IOException {
    Path run = folder.resolve("run");
    String printed = SmallRun.run("train", SmallRun.options(folder), "--check", "--out", run);
    assertTrue(printed.contains("energy per atom"), printed);
    assertFalse(Files.exists(run));
  }

  @Test
  void labelsWithErrorsAreTrainedOnOnlyIfAccepted() throws IOException {
    Path options = SmallRun.options(folder);
    Path data = folder.resolve("data.xyz");
    String[] lines = Files.readString(data).split("\n", -1);
    lines[11 * 5 + 3] = lines[11 * 5 + 2]; // two atoms of frame 5 at one place
    Files.writeString(data, String.join("\n", lines));
    SmallRun.refused("the labels have errors, the first is: ", "train", options);
  }

  @Test
  void mistakesAreRefusedBeforeAFolderIsMade() throws IOException {
    Path options = SmallRun.options(folder);
    Path run = folder.resolve("run");
    SmallRun.refused(
        "small.yaml:5: 'training_sets' is not an option; did you mean training_set?",
        "train",
        SmallRun.options(folder, "small.yaml", SmallRun.MODEL + "training_sets: x\n"),
        "--out",
        run);
    SmallRun.options(folder);
    SmallRun.refused(
        "-r architecture.training.batch_sise=3: 'batch_sise' is not an option of"
            + " architecture.training; did you mean batch_size?",
        "train",
        options,
        "--out",
        run,
        "-r",
        "architecture.training.batch_sise=3");
    SmallRun.refused("there is no file", "train", options, "--out", run, "-r", "training_set=no");
    SmallRun.refused("no such file", "train", folder.resolve("no.yaml"), "--out", run);
    SmallRun.refused("is a folder: name the options file", "train", folder, "--out", run);
    assertFalse(Files.exists(run));
  }

  @Test
  void aFileOfStructuresInPlaceOfOptionsIsNotQuotedInFull() throws IOException {
    Path data = SmallRun.frames(folder, "data.xyz", 1, 16);
    Run run = Run.of("train", data.toString());
    assertEquals(ExitCode.USER_MISTAKE, run.code());
    assertTrue(run.err().contains("data.xyz:1: an options file has a mapping"), run.err());
    assertTrue(run.err().length() < 300, run.err());
  }

  @Test
  void theFolderIsLookedAtBeforeTheData() throws IOException {
    Path options = SmallRun.options(folder);
    Files.createDirectories(folder.resolve("full/of/files"));
    for (String there : List.of("full", "small.yaml/run")) {
      Run run = Run.of("train", options.toString(), "--out", folder.resolve(there).toString());
      assertEquals(ExitCode.USER_MISTAKE, run.code());
      assertEquals("", run.out(), "nothing was read yet");
    }
  }

  @Test
  void anExampleSaysWhatItIsAndWhatMayBeChosen() {
    String text = SmallRun.run("train", "--example", "soap-nn");
    assertTrue(text.startsWith("# A network for each element on the SOAP power spectrum.\n"), text);
    assertTrue(text.contains("cotangent train options.yaml"), text);
    assertTrue(text.contains("It is one of silu, tanh, relu"), text);
    assertTrue(
        SmallRun.run("fit", "--example", "linear-ace").contains("cotangent fit options.yaml"));
  }

  @Test
  void schemaAndExamplesArePrinted() throws IOException {
    String schema = SmallRun.run("train", "--schema");
    assertEquals("object", new ObjectMapper().readTree(schema).get("type").textValue());
    Path example =
        SmallRun.options(
            folder, "train.yaml", SmallRun.run("train", "--example", "element-networks"));
    SmallRun.refused("there is no file train.xyz", "train", example);
    SmallRun.refused(
        "there is no architecture 'pet'; there are learned-basis", "train", "--example", "pet");
  }

  @Test
  @Timeout(120)
  void interruptedItLeavesACheckpointAndSaysHowToGoOn() throws Exception {
    JavaProgram.assumeInterruptible();
    Path options = SmallRun.options(folder);
    Path run = folder.resolve("run");
    Process process =
        JavaProgram.start(
            JavaProgram.command(
                List.of("-XX:TieredStopAtLevel=1"),
                Main.class,
                "train",
                options,
                "--out",
                run,
                "-r",
                "architecture.training.num_epochs=100000",
                "-r",
                "architecture.training.checkpoint_seconds=1000"),
            folder.resolve("printed.txt"));
    Path log = run.resolve("log.csv");
    while (process.isAlive() && (!Files.exists(log) || Files.size(log) < 2000)) {
      Thread.sleep(50);
    }
    assertFalse(Files.exists(run.resolve("checkpoint")), "written too early for this test");
    JavaProgram.interrupt(process);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it went on");
    String printed = Files.readString(folder.resolve("printed.txt"));
    assertEquals(130, process.exitValue(), printed);
    assertTrue(printed.contains("go on with: cotangent train --resume --out " + run), printed);
    assertTrue(Files.exists(run.resolve("checkpoint")));
    assertFalse(Files.exists(run.resolve("model.cot")));
  }
}
