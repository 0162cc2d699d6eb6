package org.cotangent.atomistic.dynamics;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.Column;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.XyzWriter;
import org.jspecify.annotations.Nullable;

/**
 * What a relaxation leaves: {@code trajectory.xyz} with energies, forces and stress, {@code
 * log.csv}, {@code restart.xyz}, from which it goes on, and at the end {@code relaxed.xyz}. It goes
 * on from the positions and the cell; what the method had learned of the energy it learns again.
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

  private final Path folder;
  private final RunFiles files;

  private RelaxationFolder(Path folder, RunFiles files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * What a restart file holds.
   *
   * @param settings of the run, in words
   */
  public record Restart(
      System system, long step, String settings, long trajectoryBytes, long logBytes) {}

  /** Returns whether there is a restart file in a folder. */
  public static boolean hasRestart(Path folder) {
    return RunFiles.hasRestart(folder);
  }

  /**
   * Reads the restart file of a folder.
   *
   * @throws IOException if there is none or it is not whole
   */
  public static Restart restart(Path folder) throws IOException {
    RunFiles.Restart found = RunFiles.restart(folder);
    return new Restart(
        found.frame().system(),
        (long) found.frame().energy("step"),
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
    RunFiles.@Nullable Restart at =
        from == null
            ? null
            : new RunFiles.Restart(
                new Frame(from.system, Map.of(), Map.of()),
                from.settings,
                from.trajectoryBytes,
                from.logBytes);
    return new RelaxationFolder(folder, RunFiles.open(folder, settings, COLUMNS, at));
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

  /** Writes the restart file; one that is there is replaced once it is whole. */
  public void save(Relaxation run) throws IOException {
    files.save(run.system(), Map.of("step", (double) run.step()), Map.of());
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
    Map<String, Column> arrays = Map.of("forces", RunFiles.rows(run.forces()));
    return new Frame(run.system(), info, arrays);
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
