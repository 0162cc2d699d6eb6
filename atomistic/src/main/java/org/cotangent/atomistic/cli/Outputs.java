package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
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
   * @throws UserException as {@link #requireRoom}, or if it cannot be made
   */
  public static Path folder(@Nullable Path named, String name) throws IOException {
    return folder(chosen(named, name));
  }

  /**
   * Creates a folder.
   *
   * @throws UserException as {@link #requireRoom}, or if it cannot be made
   */
  static Path folder(Path folder) throws IOException {
    requireRoom(folder);
    try {
      return Files.createDirectories(folder);
    } catch (FileSystemException e) {
      throw new UserException(
          "the folder " + folder + " cannot be made: name another one for the results", e);
    }
  }

  /**
   * Fails if {@link #folder(Path, String)} will, as far as can be told before anything long begins.
   *
   * @throws UserException if it is not empty, it or one above it is a file, or nothing can be
   *     written there
   */
  static void requireRoom(@Nullable Path named, String name) throws IOException {
    requireRoom(chosen(named, name));
  }

  private static Path chosen(@Nullable Path named, String name) {
    return named == null ? RUNS.resolve(name + "-" + LocalDateTime.now().format(STAMP)) : named;
  }

  private static void requireRoom(Path folder) throws IOException {
    Path existing = folder.toAbsolutePath();
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing)) {
      throw new UserException(existing + " is a file: name a folder for the results");
    }
    if (!Files.isWritable(existing)) {
      throw new UserException(existing + " cannot be written: name another folder for the results");
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> content = Files.list(folder)) {
        if (content.findAny().isPresent()) {
          throw new UserException(
              folder + " is not empty: name a new folder, so that nothing is overwritten");
        }
      }
    }
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
