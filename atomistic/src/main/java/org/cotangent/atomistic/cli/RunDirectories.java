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
   * @throws UserException if it is not empty, or it or one above it is a file
   */
  static Path create(Path folder) throws IOException {
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
}
