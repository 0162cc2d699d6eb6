package org.cotangent.atomistic.dynamics;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.Column;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.XyzReader;
import org.cotangent.atomistic.io.XyzWriter;
import org.cotangent.atomistic.report.CsvLog;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The files of a run that may be interrupted at any moment: {@code trajectory.xyz}, {@code
 * log.csv}, and {@code restart.xyz}. The restart file says how long the other two were when it was
 * written, and what came after is dropped, so that a run which was interrupted leaves, when it has
 * gone on, the files of one that was not.
 */
final class TrajectoryFiles implements AutoCloseable {
  private static final String TRAJECTORY = "trajectory.xyz";
  private static final String LOG = "log.csv";
  private static final String RESTART = "restart.xyz";

  private final Path folder;
  private final String settings;
  private final FileChannel trajectory;
  private final CsvLog log;

  private TrajectoryFiles(Path folder, String settings, FileChannel trajectory, CsvLog log) {
    this.folder = folder;
    this.settings = settings;
    this.trajectory = trajectory;
    this.log = log;
  }

  /**
   * What a restart file holds.
   *
   * @param frame what was {@linkplain #save saved}
   * @param settings of the run, in words
   */
  record Restart(Frame frame, String settings, long trajectoryBytes, long logBytes) {}

  /**
   * Reads the restart file of a folder.
   *
   * @throws IOException if there is none or it is not whole
   */
  static Restart restart(Path folder) throws IOException {
    Path file = folder.resolve(RESTART);
    if (!Files.exists(file)) {
      throw new IOException(
          "there is nothing to go on from: "
              + file
              + " is missing; start the run without --resume");
    }
    Frame frame = XyzReader.readAll(file).getFirst();
    if (!(frame.info().get("settings") instanceof String settings)) {
      throw new IOException(file + " is not the restart file of a run: it has no settings");
    }
    return new Restart(
        frame, settings, (long) frame.energy("trajectory_bytes"), (long) frame.energy("log_bytes"));
  }

  /**
   * Opens the files of a run.
   *
   * @param folder is there
   * @param settings of the run, in words: a run goes on only with the same
   * @param columns of the log
   * @param from null for a new run
   */
  static TrajectoryFiles open(
      Path folder, String settings, List<String> columns, @Nullable Restart from)
      throws IOException {
    FileChannel trajectory =
        FileChannel.open(
            folder.resolve(TRAJECTORY), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      trajectory.truncate(from == null ? 0 : from.trajectoryBytes);
      trajectory.position(trajectory.size());
      Path log = folder.resolve(LOG);
      if (Files.exists(log)) {
        try (FileChannel rows = FileChannel.open(log, StandardOpenOption.WRITE)) {
          rows.truncate(from == null ? 0 : from.logBytes);
        }
      }
      return new TrajectoryFiles(folder, settings, trajectory, CsvLog.open(log, columns));
    } catch (IOException | RuntimeException e) {
      trajectory.close();
      throw e;
    }
  }

  /** Appends a frame to the trajectory and a row to the log. */
  void record(Frame frame, double... row) throws IOException {
    Writer out =
        new OutputStreamWriter(Channels.newOutputStream(trajectory), StandardCharsets.UTF_8);
    XyzWriter.write(frame, out);
    out.flush(); // not closed: the channel stays open for the next frame
    log.append(row);
  }

  /** Writes the restart file; one that is there is replaced once it is whole. */
  void save(System system, Map<String, Double> numbers, Map<String, Column> arrays)
      throws IOException {
    Map<String, @Nullable Object> info = new LinkedHashMap<>();
    info.put("settings", settings);
    info.putAll(numbers);
    info.put("trajectory_bytes", trajectory.position());
    info.put("log_bytes", Files.size(folder.resolve(LOG)));
    XyzWriter.write(folder.resolve(RESTART), List.of(new Frame(system, info, arrays)));
  }

  /** Returns a column of three numbers for each atom. */
  static Column rows(double[] values) {
    return new Column.Numbers(Tensor.of(values, values.length / 3, 3));
  }

  @Override
  public void close() throws IOException {
    try (log) {
      trajectory.close();
    }
  }
}
