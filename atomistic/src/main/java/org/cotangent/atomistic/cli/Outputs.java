package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where results go: to new files and folders, so that nothing is overwritten. */
public final class Outputs {
  /** The folder of the folders that nobody named. */
  static final Path RUNS = Path.of("runs");

  /** What follows the name of one of these, as a regular expression: the time of its start. */
  static final String TIME = "-\\d{8}-\\d{6}";

  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private Outputs() {}

  /**
   * Creates a folder: the one that was named, else {@code runs/NAME-TIME}.
   *
   * @throws UserException if it is not empty, or it or one above it is a file
   */
  public static Path folder(@Nullable Path named, String name) throws IOException {
    return folder(
        named == null ? RUNS.resolve(name + "-" + LocalDateTime.now().format(STAMP)) : named);
  }

  /**
   * Creates a folder.
   *
   * @throws UserException if it is not empty, or it or one above it is a file
   */
  static Path folder(Path folder) throws IOException {
    for (Path above = folder; above != null; above = above.getParent()) {
      if (Files.exists(above) && !Files.isDirectory(above)) {
        throw new UserException(above + " is a file: name a folder for the results");
      }
    }
    if (Files.exists(folder)) {
      try (Stream<Path> content = Files.list(folder)) {
        if (content.findAny().isPresent()) {
          throw new UserException(
              folder + " is not empty: name a new folder, so that nothing is overwritten");
        }
      }
    }
    return Files.createDirectories(folder);
  }

  /**
   * Fails if a file is there already.
   *
   * @param file none where it is null
   * @param option that named it
   */
  static void requireNew(@Nullable Path file, String option) {
    if (file != null && Files.exists(file)) {
      throw new UserException(
          option + ": " + file + " is there already, name another file or remove it first");
    }
  }
}
