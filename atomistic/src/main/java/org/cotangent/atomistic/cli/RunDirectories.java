package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Folders for results. */
final class RunDirectories {
  private RunDirectories() {}

  /**
   * Creates a folder.
   *
   * @throws UserException if it is a file or not empty
   */
  static Path create(Path folder) throws IOException {
    if (Files.exists(folder)) {
      if (!Files.isDirectory(folder)) {
        throw new UserException(folder + " is a file: name a folder for the results");
      }
      try (Stream<Path> content = Files.list(folder)) {
        if (content.findAny().isPresent()) {
          throw new UserException(
              folder + " is not empty: name a new folder, so that nothing is overwritten");
        }
      }
    }
    return Files.createDirectories(folder);
  }
}
