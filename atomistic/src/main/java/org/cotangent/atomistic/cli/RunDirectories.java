package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Folders for results. */
final class RunDirectories {
  private RunDirectories() {}

  /**
   * Checks that a folder can be created, as {@link #create} will, before anything long begins.
   *
   * @throws UserException if it is not empty, it or one above it is a file, or nothing can be
   *     written there
   */
  static void check(Path folder) throws IOException {
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
   * Creates a folder.
   *
   * @throws UserException as {@link #check}, or if it cannot be made
   */
  static Path create(Path folder) throws IOException {
    check(folder);
    try {
      return Files.createDirectories(folder);
    } catch (FileSystemException e) {
      throw new UserException(
          "the folder " + folder + " cannot be made: name another one for the results", e);
    }
  }
}
