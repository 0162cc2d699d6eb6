package org.cotangent.atomistic.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.cotangent.atomistic.options.RandomOptions;
import org.cotangent.atomistic.options.TrainableArchitecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings with random valid options on data of any format, and what one does with their models.
 * {@code -Dfuzz.trainings=64} runs more of them; the number of a training is its seed.
 */
class TrainingFuzzTest {
  private static final int TRAININGS = Integer.getInteger("fuzz.trainings", 8);

  @TempDir private Path folder;

  @Test
  @Timeout(1200)
  void everyCombinationOfValidOptionsTrains() throws IOException {
    Path xyz = SmallRun.frames(folder, "data.xyz", 1, 14);
    Map<String, Path> data = AllFormats.write(xyz, folder);
    List<String> readers = List.copyOf(data.keySet());
    for (int k = 0; k < TRAININGS; k++) {
      Random random = new Random(k);
      RandomOptions drawn = RandomOptions.draw(random);
      String reader = one(random, readers);
      String set = trainingSet(random, reader, data.get(reader));
      String held = heldOut(random, reader, xyz);
      Path file =
          SmallRun.options(
              folder,
              "valid.yaml",
              "architecture: {name: %s}\ntraining_set: %s\nvalidation_set: %s\n%s"
                  .formatted(
                      drawn.architecture().label(),
                      set,
                      held,
                      random.nextBoolean() ? "test_set: {indices: [0]}\n" : ""));
      Path run = folder.resolve("run-" + k);
      List<Object> arguments = new ArrayList<>(List.of("train", file, "--accept-errors"));
      arguments.addAll(List.of("--out", run));
      drawn.overrides().forEach(override -> arguments.addAll(List.of("-r", override)));
      String what = "seed " + k + ": " + Files.readString(file) + drawn.overrides();
      assertGood(what, arguments.toArray());
      assertTrue(Files.exists(run.resolve("report.html")), what);
      use(random, what, drawn.architecture(), run, xyz, data.get(reader));
      try (Stream<Path> left = Files.walk(run)) {
        assertTrue(left.noneMatch(path -> path.toString().endsWith(".tmp")), what);
      }
    }
  }

  private static String one(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static String trainingSet(Random random, String reader, Path file) {
    String systems =
        switch (random.nextInt(4)) {
          case 0 -> file.toString();
          case 1 -> "{read_from: " + file + ", reader: " + reader + "}";
          case 2 -> "{read_from: [" + file + "], length_unit: " + "angstrom}";
          default -> "[" + file + "]";
        };
    String name = reader.equals("npz") && random.nextBoolean() ? "energies" : "energy";
    String targets =
        switch (random.nextInt(4)) {
          case 0 -> "";
          case 1 -> ", targets: {energy: {unit: kcal/mol}}";
          case 2 -> ", targets: {energy: {key: " + name + ", forces: false}}";
          default -> ", targets: {energy: {key: " + name + ", stress: false, virial: false}}";
        };
    String indices =
        random.nextInt(3) == 0 ? ", indices: [0, 1, 2, 3, 4, 5, 6, 7, 9, 11, 12, 13]" : "";
    return "{systems: " + systems + targets + indices + "}";
  }

  private static String heldOut(Random random, String reader, Path xyz) {
    return switch (random.nextInt(5)) {
      case 0 -> "0.3";
      case 1 -> "{indices: [1, 5]}";
      case 2 -> "{fraction: 0.3, block: 2}";
      // Of energies alone, other labels would be another task.
      case 3 -> reader.equals("disk") ? "0.2" : "{systems: " + xyz + ", targets: {}}";
      default -> "{fraction: 0.2}";
    };
  }

  /** Goes on with a run that has ended, or does with the model what models are for. */
  private void use(
      Random random, String what, TrainableArchitecture of, Path run, Path xyz, Path data)
      throws IOException {
    Path model = run.resolve("model.cot");
    Path out = folder.resolve("use");
    switch (random.nextInt(6)) {
      case 0 -> {
        Path again = folder.resolve("again");
        assertGood(what, "train", run.resolve("options.yaml"), "--accept-errors", "--out", again);
        SmallRun.assertSameModel(run, again);
        remove(again);
      }
      case 1 -> {
        byte[] before = Files.readAllBytes(model);
        assertGood(what, "train", "--resume", "--accept-errors", "--out", run);
        assertArrayEquals(before, Files.readAllBytes(model), what);
      }
      case 2 -> {
        Files.createDirectory(out);
        Path page = out.resolve("page.html");
        assertGood(what, "eval", model, data, "--out", out.resolve("a.xyz"), "--report", page);
      }
      case 3 -> assertRuns(what, "md", model, xyz, "--out", out, "--steps", 4, "--every", 2);
      case 4 -> assertRuns(what, "relax", model, xyz, "--out", out, "--steps", 2);
      default -> {
        Files.createDirectory(out);
        List<Object> arguments = new ArrayList<>(List.of("calibrate", model, "--training", data));
        arguments.addAll(List.of("--validation", xyz, "--out", out.resolve("llpr.cot")));
        Run calibrated = run(arguments.toArray());
        boolean none = of == TrainableArchitecture.LINEAR_ACE || calibrated.err().contains("last");
        assertTrue(none || calibrated.code() == 0, what + calibrated.err());
        assertTrue(calibrated.err().lines().count() <= 1, what + calibrated.err());
      }
    }
    remove(out);
  }

  private static Run run(Object... arguments) {
    return Run.of(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
  }

  private static void assertGood(String what, Object... arguments) {
    Run run = run(arguments);
    assertEquals("", run.err(), what);
    assertEquals(0, run.code(), what);
  }

  /** The potential knows next to nothing: it may throw the atoms about, and then says so. */
  private static void assertRuns(String what, Object... arguments) {
    Run run = run(arguments);
    assertTrue(run.code() == ExitCode.OK || run.code() == ExitCode.FAILURE, what + run.err());
    assertTrue(run.err().lines().count() <= 1, what + run.err());
    assertTrue(!run.err().contains("defect"), what + run.err());
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
