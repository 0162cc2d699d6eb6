package org.cotangent.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * A measurement that is no call repeated by JMH: it goes through its own list, once, and leaves a
 * table of comma-separated values and a page with drawings.
 */
interface Study {
  /**
   * Where and how it runs.
   *
   * @param folder for its files
   * @param data folder of data sets that the library does not have
   * @param quick whether a first look is enough
   * @param progress gets a line for each measurement
   */
  record Setting(Path folder, Path data, boolean quick, PrintWriter progress) {
    void tell(String line) {
      progress.println(line);
      progress.flush();
    }
  }

  /** Runs it and returns the lines that the terminal shows. */
  List<String> run(Setting setting) throws IOException, InterruptedException;
}
