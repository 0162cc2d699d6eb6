package org.cotangent.atomistic.dynamics;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.io.Column;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What a run of dynamics leaves: {@code trajectory.xyz} with energies, forces and velocities,
 * {@code log.csv}, and {@code restart.xyz}, from which it goes on. A run that was interrupted at
 * any moment leaves, when it has gone on, the files of one that was not. Where the potential has
 * uncertainties, they are in the trajectory and the log, too.
 */
public final class RunFolder implements AutoCloseable {
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

  /** Those that follow where there are uncertainties. */
  private static final List<String> UNCERTAINTIES =
      List.of("energy_uncertainty [eV]", "largest_atomic_uncertainty [eV]");

  private final TrajectoryFiles files;
  private final double timeStep;

  private RunFolder(TrajectoryFiles files, double timeStep) {
    this.files = files;
    this.timeStep = timeStep;
  }

  /**
   * What a restart file holds.
   *
   * @param state where to go on
   * @param settings of the run, in words
   */
  public record Restart(MotionState state, String settings, long trajectoryBytes, long logBytes) {}

  /**
   * Reads the restart file of a folder.
   *
   * @throws IOException if there is none or it is not whole
   */
  public static Restart restart(Path folder) throws IOException {
    TrajectoryFiles.Restart found = TrajectoryFiles.restart(folder);
    Frame frame = found.frame();
    return new Restart(
        new MotionState(
            frame.system(),
            frame.forces(VELOCITIES).toDoubleArray(),
            (long) frame.energy("step"),
            frame.energy("heat")),
        found.settings(),
        found.trajectoryBytes(),
        found.logBytes());
  }

  /**
   * Opens the files of a run.
   *
   * @param folder is there
   * @param settings of the run, in words: a run goes on only with the same
   * @param timeStep in fs
   * @param uncertain whether the potential has uncertainties
   * @param from null for a new run
   */
  public static RunFolder open(
      Path folder, String settings, double timeStep, boolean uncertain, @Nullable Restart from)
      throws IOException {
    List<String> columns = new ArrayList<>(COLUMNS);
    if (uncertain) {
      columns.addAll(UNCERTAINTIES);
    }
    TrajectoryFiles.@Nullable Restart at =
        from == null
            ? null
            : new TrajectoryFiles.Restart(
                new Frame(from.state.system(), Map.of(), Map.of()),
                from.settings,
                from.trajectoryBytes,
                from.logBytes);
    return new RunFolder(TrajectoryFiles.open(folder, settings, columns, at), timeStep);
  }

  /** Appends the state of a run to the trajectory and the log. */
  public void record(MolecularDynamics run) throws IOException {
    double time = run.step() * timeStep / 1000;
    Map<String, @Nullable Object> info = new LinkedHashMap<>();
    info.put("energy", run.potentialEnergy());
    info.put("time_ps", time);
    info.put("temperature", run.temperature());
    Map<String, Column> arrays = new LinkedHashMap<>();
    arrays.put("forces", TrajectoryFiles.rows(run.forces()));
    arrays.put(VELOCITIES, TrajectoryFiles.rows(run.state().velocities()));
    List<Double> row = new ArrayList<>();
    row.addAll(
        List.of(
            (double) run.step(),
            time,
            run.potentialEnergy(),
            run.kineticEnergy(),
            run.temperature(),
            run.totalEnergy(),
            run.conservedEnergy()));
    MolecularDynamics.Uncertainty uncertainty = run.uncertainty();
    if (uncertainty != null) {
      info.put("energy_uncertainty", uncertainty.system());
      arrays.put(
          "energy_uncertainty",
          new Column.Numbers(Tensor.of(uncertainty.atoms(), uncertainty.atoms().length, 1)));
      row.add(uncertainty.system());
      row.add(uncertainty.largest());
    }
    files.record(
        new Frame(run.system(), info, arrays),
        row.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Writes the restart file; one that is there is replaced once it is whole. */
  public void save(MotionState state) throws IOException {
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("step", (double) state.step());
    numbers.put("heat", state.heat());
    files.save(
        state.system(), numbers, Map.of(VELOCITIES, TrajectoryFiles.rows(state.velocities())));
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
