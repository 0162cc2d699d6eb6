package org.cotangent.atomistic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cotangent.atomistic.data.EthanolData;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.autodiff.nn.Parameters;

/** Files for trainings that take a second: a few frames of ethanol, and a small potential. */
final class SmallRun {
  /** Without data. */
  static final String MODEL =
      """
      architecture:
        name: learned-basis
        model: {cutoff: 3, radial: 3, max_angular: 2, channels: 2, layers: 1, hidden: [4, 4]}
        training: {num_epochs: 3, batch_size: 4, checkpoint_seconds: 0}
      """;

  private SmallRun() {}

  /** Writes the first frames of a trajectory and returns the file. */
  static Path frames(Path folder, String name, int trajectory, int count) throws IOException {
    Path all = EthanolData.copy(trajectory, folder);
    List<String> lines = Files.readAllLines(all).subList(0, 11 * count);
    Files.delete(all);
    return Files.write(folder.resolve(name), lines);
  }

  /** Writes an options file. */
  static Path options(Path folder, String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** Writes the options of {@link #MODEL} with 16 frames, two of which validate and two test. */
  static Path options(Path folder) throws IOException {
    Path data = frames(folder, "data.xyz", 1, 16);
    return options(
        folder,
        "small.yaml",
        MODEL
            + "training_set: "
            + data
            + "\nvalidation_set: {indices: [3, 7]}\ntest_set: {indices: [0, 1]}\n");
  }

  /** Runs a command that must go well, and returns what it printed. */
  static String run(Object... arguments) {
    Run run = Run.of(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    assertEquals("", run.err());
    assertEquals(0, run.code());
    return run.out();
  }

  /** Runs a command that must be refused in one sentence. */
  static void refused(String part, Object... arguments) {
    Run run = Run.of(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    assertEquals(2, run.code(), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains(part), run.err());
    assertFalse(run.err().contains("defect"), run.err());
  }

  static Parameters weights(Path runFolder) throws IOException {
    return ModelFile.read(runFolder.resolve("model.cot")).weights();
  }

  /** Asserts that two models have the same weights to the last bit. */
  static void assertSameModel(Path expected, Path found) throws IOException {
    Parameters a = weights(expected);
    Parameters b = weights(found);
    assertEquals(a.names(), b.names());
    for (String name : a.names()) {
      org.junit.jupiter.api.Assertions.assertArrayEquals(
          a.get(name).toDoubleArray(), b.get(name).toDoubleArray(), 0, name);
    }
  }

  /** Returns the names of all files in a folder and below. */
  static List<String> files(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .forEach(names::add);
    }
    return names;
  }
}
