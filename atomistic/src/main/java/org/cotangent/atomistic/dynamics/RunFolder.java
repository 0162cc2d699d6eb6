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
import org.cotangent.atomistic.io.Column;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.XyzReader;
import org.cotangent.atomistic.io.XyzWriter;
import org.cotangent.atomistic.report.CsvLog;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What a run leaves: {@code trajectory.xyz} with energies, forces and velocities, {@code log.csv},
 * and {@code restart.xyz}, from which it goes on. The restart file says how long the other two were
 * when it was written, and what came after is dropped, so that a run that was interrupted at any
 * moment leaves, when it has gone on, the files of one that was not.
 */
public final class RunFolder implements AutoCloseable {
  private static final String TRAJECTORY = "trajectory.xyz";
  private static final String LOG = "log.csv";
  private static final String RESTART = "restart.xyz";
  private static final String VELOCITIES = "velocities";

  /** The columns of the log. */
  private static final List<String> COLUMNS =
      List.of(
          "step",
          "time [ps]",
          "potential_energy [eV]",
          "kinetic_energy [eV]",
          "temperature [K]",
          "total_energy [eV]",
          "conserved_energy [eV]");

  private final Path folder;
  private final String settings;
  private final double timeStep;
  private final FileChannel trajectory;
  private final CsvLog log;

  private RunFolder(
      Path folder, String settings, double timeStep, FileChannel trajectory, CsvLog log) {
    this.folder = folder;
    this.settings = settings;
    this.timeStep = timeStep;
    this.trajectory = trajectory;
    this.log = log;
  }

  /**
   * What a restart file holds.
   *
   * @param state where to go on
   * @param settings of the run, in words
   */
  public record Restart(MotionState state, String settings, long trajectoryBytes, long logBytes) {}

  /** Returns whether there is a restart file in a folder. */
  public static boolean hasRestart(Path folder) {
    return Files.exists(folder.resolve(RESTART));
  }

  /**
   * Reads the restart file of a folder.
   *
   * @throws IOException if there is none or it is not whole
   */
  public static Restart restart(Path folder) throws IOException {
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
        new MotionState(
            frame.system(),
            frame.forces(VELOCITIES).toDoubleArray(),
            (long) frame.energy("step"),
            frame.energy("heat")),
        settings,
        (long) frame.energy("trajectory_bytes"),
        (long) frame.energy("log_bytes"));
  }

  /**
   * Opens the files of a run.
   *
   * @param folder is there
   * @param settings of the run, in words: a run goes on only with the same
   * @param timeStep in fs
   * @param from null for a new run
   */
  public static RunFolder open(
      Path folder, String settings, double timeStep, @Nullable Restart from) throws IOException {
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
      return new RunFolder(folder, settings, timeStep, trajectory, CsvLog.open(log, COLUMNS));
    } catch (IOException | RuntimeException e) {
      trajectory.close();
      throw e;
    }
  }

  /** Appends the state of a run to the trajectory and the log. */
  public void record(MolecularDynamics run) throws IOException {
    double time = run.step() * timeStep / 1000;
    Map<String, @Nullable Object> info = new LinkedHashMap<>();
    info.put("energy", run.potentialEnergy());
    info.put("time_ps", time);
    info.put("temperature", run.temperature());
    Map<String, Column> arrays = new LinkedHashMap<>();
    arrays.put("forces", rows(run.forces()));
    arrays.put(VELOCITIES, rows(run.state().velocities()));
    Writer out =
        new OutputStreamWriter(Channels.newOutputStream(trajectory), StandardCharsets.UTF_8);
    XyzWriter.write(new Frame(run.system(), info, arrays), out);
    out.flush(); // not closed: the channel stays open for the next frame
    log.append(
        run.step(),
        time,
        run.potentialEnergy(),
        run.kineticEnergy(),
        run.temperature(),
        run.totalEnergy(),
        run.conservedEnergy());
  }

  /** Writes the restart file; one that is there is replaced once it is whole. */
  public void save(MotionState state) throws IOException {
    Map<String, @Nullable Object> info = new LinkedHashMap<>();
    info.put("settings", settings);
    info.put("step", state.step());
    info.put("heat", state.heat());
    info.put("trajectory_bytes", trajectory.position());
    info.put("log_bytes", Files.size(folder.resolve(LOG)));
    XyzWriter.write(
        folder.resolve(RESTART),
        List.of(new Frame(state.system(), info, Map.of(VELOCITIES, rows(state.velocities())))));
  }

  private static Column rows(double[] values) {
    return new Column.Numbers(Tensor.of(values, values.length / 3, 3));
  }

  @Override
  public void close() throws IOException {
    try (log) {
      trajectory.close();
    }
  }
}
