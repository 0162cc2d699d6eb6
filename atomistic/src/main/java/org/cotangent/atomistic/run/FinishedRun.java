package org.cotangent.atomistic.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.cotangent.atomistic.options.OptionsFile;
import org.cotangent.atomistic.options.RunOptions;
import org.cotangent.metatensor.internal.AtomicFile;
import org.jspecify.annotations.Nullable;

/**
 * The summary of a run that came to its end, as a file. It is the last file that a run writes:
 * where it is, nothing is left to do.
 */
public final class FinishedRun {
  private static final String DATA = "# of a run on data of SHA-256 ";

  private FinishedRun() {}

  /** Writes the summary of a run on these data. */
  static void write(RunFiles files, RunData data, List<String> summary) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(DATA + data.fingerprint());
    lines.addAll(summary);
    byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(files.summary(), out -> out.write(text));
  }

  /**
   * Returns the summary with which the run in a folder ended; null if it did not, or its model or
   * report is gone and can be made again.
   *
   * @throws IllegalArgumentException if it was a run with other options or data; the message says
   *     which
   */
  public static @Nullable List<String> summary(RunFiles files, RunOptions options, RunData data)
      throws IOException {
    if (!Files.exists(files.summary())
        || !Files.exists(files.model())
        || !Files.exists(files.report())) {
      return null;
    }
    RunOptions before = OptionsFile.read(files.options(), List.of());
    TrainingByEpochs.requireSame(options, before, files);
    List<String> lines = Files.readAllLines(files.summary());
    if (lines.isEmpty() || !lines.getFirst().startsWith(DATA)) {
      return null;
    }
    TrainingByEpochs.requireSame(data, lines.getFirst().substring(DATA.length()), files);
    return lines.subList(1, lines.size());
  }
}
