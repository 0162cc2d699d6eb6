package org.cotangent.atomistic.dynamics;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.Column;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.XyzWriter;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.io.NumpyFiles;
import org.jspecify.annotations.Nullable;

/**
 * What a relaxation leaves: {@code trajectory.xyz} with energies, forces and stress, {@code
 * log.csv}, {@code restart.xyz} with {@code optimizer-*.npz}, from which it goes on to the same
 * bits as if it had not been stopped, and at the end {@code relaxed.xyz}.
 */
public final class RelaxationFolder implements AutoCloseable {
  /** The columns of the log. */
  private static final List<String> COLUMNS =
      List.of(
          "step",
          "energy [eV]",
          "enthalpy [eV]",
          "largest_force [eV/Å]",
          "largest_stress [eV/Å³]",
          "volume [Å³]");

  private static final String START_POSITIONS = "start_positions";
  private static final String START_CELL = "start_cell";

  private final Path folder;
  private final TrajectoryFiles files;

  private RelaxationFolder(Path folder, TrajectoryFiles files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * What a restart file holds.
   *
   * @param settings of the run, in words
   */
  public record Restart(
      Relaxation.State state, String settings, long trajectoryBytes, long logBytes) {}

  /**
   * Reads the restart file of a folder.
   *
   * @throws IOException if there is none or it is not whole
   */
  public static Restart restart(Path folder) throws IOException {
    TrajectoryFiles.Restart found = TrajectoryFiles.restart(folder);
    long step = (long) found.frame().energy("step");
    Path file = optimizer(folder, step);
    if (!Files.exists(file)) {
      throw new IOException(
          file + " is missing, which belongs to restart.xyz: start the run anew in another folder");
    }
    Map<String, Tensor> memory = new HashMap<>(NumpyFiles.readAll(file));
    System system = found.frame().system();
    Tensor positions = memory.remove(START_POSITIONS);
    Tensor cell = memory.remove(START_CELL);
    if (positions == null || cell == null) {
      throw new IOException(file + " does not hold the state of a relaxation");
    }
    return new Restart(
        new Relaxation.State(system.withPositions(positions).withCell(cell), step, memory),
        found.settings(),
        found.trajectoryBytes(),
        found.logBytes());
  }

  /**
   * Opens the files of a relaxation.
   *
   * @param folder is there
   * @param settings of the run, in words: a run goes on only with the same
   * @param from null for a new run
   */
  public static RelaxationFolder open(Path folder, String settings, @Nullable Restart from)
      throws IOException {
    TrajectoryFiles.@Nullable Restart at =
        from == null
            ? null
            : new TrajectoryFiles.Restart(
                new Frame(from.state.start(), Map.of(), Map.of()),
                from.settings,
                from.trajectoryBytes,
                from.logBytes);
    return new RelaxationFolder(folder, TrajectoryFiles.open(folder, settings, COLUMNS, at));
  }

  /** Appends the state of a relaxation to the trajectory and the log. */
  public void record(Relaxation run) throws IOException {
    boolean hasVolume = !run.stress().isEmpty();
    files.record(
        frame(run),
        run.step(),
        run.energy(),
        run.enthalpy(),
        run.largestForce(),
        run.largestStress(),
        hasVolume ? run.system().volume() : Double.NaN);
  }

  /** Writes what to go on from; what is there is replaced once it is whole. */
  public void save(Relaxation run) throws IOException {
    Relaxation.State state = run.state();
    Map<String, Tensor> arrays = new HashMap<>(state.memory());
    arrays.put(START_POSITIONS, state.start().positions());
    arrays.put(START_CELL, state.start().cell());
    Path file = optimizer(folder, run.step());
    NumpyFiles.writeAll(file, arrays);
    files.save(run.system(), Map.of("step", (double) run.step()), Map.of());
    // Only now: until here, restart.xyz was that of the step before.
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "optimizer-*.npz")) {
      for (Path other : all) {
        if (!other.equals(file)) {
          Files.deleteIfExists(other);
        }
      }
    }
  }

  private static Path optimizer(Path folder, long step) {
    return folder.resolve("optimizer-" + step + ".npz");
  }

  /** Writes the state as {@code relaxed.xyz}. */
  public void finish(Relaxation run) throws IOException {
    XyzWriter.write(folder.resolve("relaxed.xyz"), List.of(frame(run)));
  }

  private static Frame frame(Relaxation run) {
    Map<String, @Nullable Object> info = new LinkedHashMap<>();
    info.put("step", run.step());
    info.put("energy", run.energy());
    if (!run.stress().isEmpty()) {
      info.put("stress", run.stress());
    }
    Map<String, Column> arrays = Map.of("forces", TrajectoryFiles.rows(run.forces()));
    return new Frame(run.system(), info, arrays);
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
