package org.cotangent.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.cotangent.atomistic.cli.UserException;
import org.jspecify.annotations.Nullable;

/**
 * A measurement that is no call repeated by JMH: it goes through its own list, once, and leaves a
 * table of comma-separated values and a page with drawings.
 */
interface Study {
  /**
   * Where and how it runs.
   *
   * @param folder for its files
   * @param given folder of the data that a study needs and the library does not have; null where
   *     none was named
   * @param quick whether a first look is enough
   * @param progress gets a line for each measurement
   */
  record Setting(Path folder, @Nullable Path given, boolean quick, PrintWriter progress) {
    /**
     * Returns the folder of a study's data: the one that was named, else that of an environment
     * variable, else the one of a name beside the checkout.
     */
    Path data(String variable, String name) {
      if (given != null) {
        return given;
      }
      String named = System.getenv(variable);
      return named == null || named.isBlank()
          ? Path.of("..", "shared", "data", name)
          : Path.of(named);
    }

    /** Writes a file; a run that is cut short leaves whole ones. */
    void write(String name, String text) throws IOException {
      Path file = folder.resolve(name);
      Path part = folder.resolve(name + ".part");
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    void tell(String line) {
      progress.println(line);
      progress.flush();
    }
  }

  /** Throws where a file of data is not there; says where to get it. */
  static void require(Path file, String origin) {
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          "there is no " + file + ": name the folder that has it with --data (" + origin + ")");
    }
  }

  /** Runs it and returns the lines that the terminal shows. */
  List<String> run(Setting setting) throws IOException, InterruptedException;
}
