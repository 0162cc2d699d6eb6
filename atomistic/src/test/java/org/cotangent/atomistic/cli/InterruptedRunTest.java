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
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cotangent.atomistic.JavaProgram;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.potentials.RepulsionPotential;
import org.cotangent.atomistic.potentials.SmallPotential;
import org.cotangent.autodiff.DType;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commands in processes of their own that are killed at random moments, run out of disk, or meet in
 * one folder. {@code -Dtraining.kills=20} kills them more often.
 */
class InterruptedRunTest {
  private static final int KILLS = Integer.getInteger("training.kills", 2);
  private static final long SEED = 20261121;

  @TempDir private Path folder;

  /** With the kernels of the process that compares. */
  private static List<String> java(Object... arguments) {
    return JavaProgram.command(
        List.of("-XX:TieredStopAtLevel=1", "--add-modules", "jdk.incubator.vector"),
        Main.class,
        arguments);
  }

  private Process start(List<String> command) throws IOException {
    return JavaProgram.start(command, folder.resolve("printed.txt"));
  }

  private static byte[] bytes(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }

  /** Waits until a run has left something new to go on from, or has ended. */
  private static void awaitProgress(Process process, Path file) throws Exception {
    byte[] before = bytes(file);
    while (process.isAlive() && java.util.Arrays.equals(before, bytes(file))) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private Object[] arguments(String command, Path out) throws IOException {
    if (command.equals("train")) {
      return new Object[] {
        "train",
        SmallRun.options(folder),
        "--out",
        out,
        "-r",
        "architecture.training.num_epochs=" + 8 * KILLS
      };
    }
    Path model = folder.resolve("model.cot");
    // without the repulsion of nuclei, atoms of an untrained potential fall into one another
    ModelFile.write(
        model,
        new RepulsionPotential(SmallPotential.of(13, DType.FLOAT32)),
        ModelMetadata.of("small", "."));
    Path start = SmallRun.frames(folder, "start.xyz", 1, 1);
    return command.equals("md")
        ? new Object[] {
          "md",
          model,
          start,
          "--out",
          out,
          "--steps",
          150 * KILLS,
          "--every",
          2,
          "--time-step",
          0.02,
          "--thermostat",
          "LANGEVIN"
        }
        : new Object[] {
          "relax",
          model,
          start,
          "--out",
          out,
          "--steps",
          60 * KILLS,
          "--fmax",
          1e-12,
          "--method",
          "FIRE"
        };
  }

  private static Path goesOnFrom(String command, Path run) {
    return run.resolve(command.equals("train") ? "checkpoint" : "restart.xyz");
  }

  private static Object[] with(Object[] arguments, Object last) {
    return Stream.concat(Stream.of(arguments), Stream.of(last)).toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "md", "relax"})
  void oneThatIsKilledAtAnyMomentLeavesTheFilesOfOneThatWasNot(String command) throws Exception {
    Path killed = Files.createDirectories(folder.resolve("a/run"));
    Path whole = folder.resolve("b/run");
    Object[] arguments = arguments(command, killed);
    Path goesOnFrom = goesOnFrom(command, killed);
    Random random = new Random(SEED);
    int kills = 0;
    for (int k = 0; k < KILLS; k++) {
      Process process = start(java(k == 0 ? arguments : with(arguments, "--resume")));
      awaitProgress(process, goesOnFrom);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(60));
      kills += process.isAlive() ? 1 : 0;
      process.destroyForcibly().waitFor();
    }
    assertEquals(KILLS, kills, () -> "it ended before it was killed: " + printed());
    Run.of(strings(with(arguments, "--resume")));
    Run.of(strings(arguments(command, whole)));
    assertEquals(SmallRun.files(whole), SmallRun.files(killed));
    for (String file :
        List.of(
            "model.cot", "options.yaml", "trajectory.xyz", "restart.xyz", "test-predictions.xyz")) {
      assertArrayEquals(bytes(whole.resolve(file)), bytes(killed.resolve(file)), file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "md", "relax"})
  void oneThatIsToldToStopLeavesTheFolderToTheNext(String command) throws Exception {
    JavaProgram.assumeInterruptible();
    Path stopped = folder.resolve("a/run");
    Path whole = folder.resolve("b/run");
    Object[] arguments = arguments(command, stopped);
    Process process = start(java(arguments));
    Path goesOnFrom = goesOnFrom(command, stopped);
    awaitProgress(process, goesOnFrom);
    awaitProgress(process, goesOnFrom); // the first may be of before the first step
    JavaProgram.interrupt(process);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it went on");
    assertEquals(130, process.exitValue(), () -> printed());
    assertTrue(printed().contains("--resume"), () -> printed());
    assertFalse(Files.exists(stopped.resolve(".running")));
    Run.of(strings(with(arguments, "--resume")));
    Run.of(strings(arguments(command, whole)));
    assertArrayEquals(
        bytes(whole.resolve("trajectory.xyz")), bytes(stopped.resolve("trajectory.xyz")));
    assertArrayEquals(bytes(whole.resolve("model.cot")), bytes(stopped.resolve("model.cot")));
  }

  /** Interpreted, so that there is time to interrupt it between two files. */
  @ParameterizedTest
  @CsvSource({
    "log.csv, 'stopped before the first step, nothing is trained yet; begin again with: '",
    "model.cot, 'stopped after the last step; measure the model with: '"
  })
  void oneThatIsToldToStopWhereItMakesNoStepsSaysWhatItLeaves(String file, String sentence)
      throws Exception {
    JavaProgram.assumeInterruptible();
    Path stopped = folder.resolve("a/run");
    Path whole = folder.resolve("b/run");
    Object[] arguments = arguments("train", stopped);
    List<String> command = java(arguments);
    command.set(1, "-Xint");
    Process process = start(command);
    awaitProgress(process, stopped.resolve(file));
    JavaProgram.interrupt(process);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it went on");
    assertEquals(130, process.exitValue(), () -> printed());
    assertTrue(
        printed().contains(sentence + "cotangent train --resume --out " + stopped),
        () -> printed());
    assertFalse(Files.exists(stopped.resolve(".running")));
    Run.of(strings("train", "--resume", "--out", stopped));
    Run.of(strings(arguments("train", whole)));
    assertArrayEquals(bytes(whole.resolve("model.cot")), bytes(stopped.resolve("model.cot")));
  }

  private static String[] strings(Object... arguments) {
    return Stream.of(arguments).map(Object::toString).toArray(String[]::new);
  }

  private String printed() {
    try {
      return Files.readString(folder.resolve("printed.txt"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** A limit on the size of files stands for the disk's: writing beyond it fails as there. */
  @ParameterizedTest
  @ValueSource(strings = {"train", "md", "relax"})
  void whatDoesNotFitOnTheDiskIsSaidInOneSentence(String command) throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no shell");
    Path run = folder.resolve("run");
    List<String> limited =
        new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -f 8 && exec \"$@\"", "sh"));
    limited.addAll(java(arguments(command, run)));
    limited.add(6, "-XX:-UsePerfData"); // which is a file, too
    Process process =
        new ProcessBuilder(limited)
            .redirectError(ProcessBuilder.Redirect.PIPE)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    String error =
        new String(
            process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it went on");
    assertEquals(ExitCode.FAILURE, process.exitValue(), error);
    List<String> sentences = error.lines().filter(line -> line.startsWith("error: ")).toList();
    assertEquals(1, sentences.size(), error);
    assertFalse(error.matches("(?s).*(Exception|defect|\tat ).*"), error);
    assertTrue(SmallRun.files(run).stream().noneMatch(name -> name.endsWith(".tmp")));
  }

  @Test
  void aSecondRunInTheSameFolderIsRefused() throws Exception {
    Path run = folder.resolve("run");
    Object[] arguments = arguments("train", run);
    arguments = with(with(arguments, "-r"), "architecture.training.num_epochs=100000");
    Process first = start(java(arguments));
    try {
      awaitProgress(first, run.resolve("checkpoint"));
      SmallRun.refused("another run is at work in " + run, with(arguments, "--resume"));
      SmallRun.refused("is not empty", arguments);
      assertTrue(first.isAlive());
    } finally {
      first.destroyForcibly().waitFor();
    }
  }
}
