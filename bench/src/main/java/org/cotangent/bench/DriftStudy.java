package org.cotangent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cotangent.atomistic.data.EthanolData;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.dynamics.EnergyDrift;
import org.cotangent.atomistic.dynamics.MolecularDynamics;
import org.cotangent.atomistic.dynamics.MotionLimits;
import org.cotangent.atomistic.dynamics.MotionState;
import org.cotangent.atomistic.dynamics.Thermostat;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.potentials.Potential;
import org.cotangent.atomistic.training.PredictionErrors;
import org.cotangent.autodiff.DType;
import org.jspecify.annotations.Nullable;

/**
 * How well dynamics keep the total energy with each architecture: trained briefly on the ethanol
 * that comes with the library, then 10 ps at constant energy from one and the same state at 300 K,
 * with time steps of 0.5 fs and 0.25 fs. Velocity Verlet with a smooth potential does not drift,
 * and its energy fluctuates with the square of the time step: halving the step quarters it. Since
 * the motion is chaotic, fluctuations are compared in short runs, in pairs from the same states.
 */
final class DriftStudy implements Study {
  private static final double TEMPERATURE = 300;
  private static final double COARSE = 0.5;
  private static final double FINE = 0.25;

  /** Of the thermostat that brings the start to the temperature, in fs. */
  private static final double FRICTION_TIME = 100;

  private static final double SKIN = 1;

  /** So long runs of different time steps are about the same motion, in fs. */
  private static final double PAIRED = 200;

  /** The error of a drift is estimated from the means of so many parts of a run. */
  private static final int PARTS = 10;

  /** Curves are drawn by the lowest and the highest value of so many parts of a run. */
  private static final int DRAWN = 250;

  /**
   * What was found of a model.
   *
   * @param forceError mean absolute, of the test set, in meV/Å
   * @param coarse the run of the longer time step
   * @param fine that of half of it
   * @param fluctuations with both time steps, in meV per atom
   */
  private record Outcome(
      String name,
      double forceError,
      EnergyDrift coarse,
      EnergyDrift fine,
      double[] fluctuations) {}

  @Override
  public List<String> run(Setting setting) throws IOException, InterruptedException {
    double picoseconds = setting.quick() ? 1 : 10;
    String data = dataOptions(setting.folder());
    LabelledSystems test = EthanolData.read(3).systems();
    MotionState start = null;
    Table table =
        new Table(
            "model",
            "test meV/Å",
            "drift 0.5 fs",
            "±",
            "drift 0.25 fs",
            "±",
            "fluctuation 0.5 fs",
            "0.25 fs",
            "ratio");
    List<Outcome> outcomes = new ArrayList<>();
    for (TrainedModel model : TrainedModel.EACH) {
      if (model.train(setting, data) == null) {
        continue;
      }
      LearnedPotential potential = ModelFile.read(model.file(setting)).to(DType.FLOAT64);
      if (start == null) {
        start = equilibrated(potential, test.systems().getFirst(), setting.quick() ? 0.2 : 2);
      }
      Outcome found = measure(model.name(), potential, start, picoseconds, test, setting);
      if (found != null) {
        outcomes.add(found);
        table.add(cells(found));
        setting.write("drift.csv", table.csv());
        setting.write("drift.html", page(table, outcomes, picoseconds));
      }
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("Drifts in meV per atom and ps, fluctuations (rms) in meV per atom.");
    return lines;
  }

  /** Copies the trajectories that come with the library; returns what options files say of them. */
  static String dataOptions(Path folder) throws IOException {
    Path data = Files.createDirectories(folder.resolve("ethanol-pbe"));
    List<String> files = new ArrayList<>();
    for (int number = 1; number <= 5; number++) {
      files.add('"' + EthanolData.copy(number, data).toAbsolutePath().normalize().toString() + '"');
    }
    return """
        training_set: {systems: [%s, %s, %s]}
        validation_set: {systems: %s}
        test_set: {systems: %s}
        """
        .formatted(files.get(0), files.get(1), files.get(3), files.get(4), files.get(2));
  }

  /**
   * Returns a state after some time at the temperature, the first that has just its kinetic energy.
   */
  private static MotionState equilibrated(
      Potential potential, org.cotangent.atomistic.System from, double picoseconds) {
    MolecularDynamics run =
        new MolecularDynamics(
            potential,
            MotionState.thermal(from.to(DType.FLOAT64), TEMPERATURE, 1),
            COARSE,
            new Thermostat.Langevin(TEMPERATURE, FRICTION_TIME),
            1,
            SKIN,
            MotionLimits.NONE);
    while (run.step() * COARSE < 1000 * picoseconds
        || Math.abs(run.temperature() - TEMPERATURE) > 0.005 * TEMPERATURE) {
      run.advance();
    }
    MotionState state = run.state();
    return new MotionState(state.system(), state.velocities(), 0, 0);
  }

  /** Runs with both time steps; null if a run went wrong, which is told. */
  private static @Nullable Outcome measure(
      String name,
      LearnedPotential potential,
      MotionState start,
      double picoseconds,
      LabelledSystems test,
      Setting setting) {
    setting.tell("running dynamics of " + name);
    double error = 1000 * PredictionErrors.of(potential, test).forces().meanAbsolute();
    try {
      return new Outcome(
          name,
          error,
          drift(potential, start, COARSE, 1000 * picoseconds),
          drift(potential, start, FINE, 1000 * picoseconds),
          fluctuations(potential, start, 1000 * picoseconds));
    } catch (IllegalStateException stopped) {
      setting.tell(name + " is left out: " + stopped.getMessage());
      return null;
    }
  }

  /** Records the energy at the same times whatever the time step. */
  private static EnergyDrift drift(
      Potential potential, MotionState start, double timeStep, double femtoseconds) {
    return EnergyDrift.measure(
        new MolecularDynamics(potential, start, timeStep),
        (int) Math.round(femtoseconds / timeStep),
        (int) Math.round(COARSE / timeStep),
        timeStep);
  }

  /** Returns the root mean square fluctuations of short runs from the beginnings of all parts. */
  private static double[] fluctuations(
      Potential potential, MotionState start, double femtoseconds) {
    MolecularDynamics run = new MolecularDynamics(potential, start, COARSE);
    double[] squares = new double[2];
    for (int part = 0; part < PARTS; part++) {
      while (run.step() * COARSE < femtoseconds * part / PARTS) {
        run.advance();
      }
      MotionState from = run.state();
      double coarse = drift(potential, from, COARSE, PAIRED).fluctuation();
      double fine = drift(potential, from, FINE, PAIRED).fluctuation();
      squares[0] += coarse * coarse / PARTS;
      squares[1] += fine * fine / PARTS;
    }
    return new double[] {Math.sqrt(squares[0]), Math.sqrt(squares[1])};
  }

  /**
   * Returns the standard error of a drift: that of the line through the means of parts of the run,
   * which are long against the molecule's vibrations.
   */
  static double slopeError(EnergyDrift run) {
    double[] times = new double[PARTS];
    double[] energies = new double[PARTS];
    int length = run.times().length / PARTS;
    for (int part = 0; part < PARTS; part++) {
      for (int k = part * length; k < (part + 1) * length; k++) {
        times[part] += run.times()[k] / length;
        energies[part] += run.energies()[k] / length;
      }
    }
    EnergyDrift means = new EnergyDrift(times, energies);
    double spread = 0;
    double middle = (times[0] + times[PARTS - 1]) / 2;
    for (double time : times) {
      spread += (time - middle) * (time - middle);
    }
    return means.fluctuation() * Math.sqrt(PARTS / (PARTS - 2.0) / spread);
  }

  private static String[] cells(Outcome found) {
    return new String[] {
      found.name,
      Table.number("%.1f", found.forceError),
      scientific(found.coarse.slope()),
      scientific(slopeError(found.coarse)),
      scientific(found.fine.slope()),
      scientific(slopeError(found.fine)),
      Table.number("%.4f", found.fluctuations[0]),
      Table.number("%.4f", found.fluctuations[1]),
      Table.number("%.2f", found.fluctuations[0] / found.fluctuations[1])
    };
  }

  private static String scientific(double value) {
    return Table.number("%.1e", value);
  }

  private static String page(Table table, List<Outcome> outcomes, double picoseconds) {
    Page page =
        new Page("Energy conservation in dynamics")
            .paragraph(
                String.format(
                    Locale.ROOT,
                    "One ethanol molecule at constant energy (velocity Verlet, float64) for %.0f ps"
                        + " from one state at 300 K. Each model was trained briefly on 384"
                        + " configurations. Drift: slope of the least-squares line through the"
                        + " total energy per atom, in meV per atom and ps, with its standard error"
                        + " from the means of ten parts of the run. Fluctuation: root mean square"
                        + " distance from such a line in ten runs of 0.2 ps, in meV per atom, for"
                        + " both time steps from the same states along the way; halving the time"
                        + " step should quarter it (ratio 4).",
                    picoseconds))
            .table(table.rows());
    for (Outcome found : outcomes) {
      page.plot(
          Plot.linear(found.name, "time / ps", "total energy − start / (meV/atom)")
              .add("0.5 fs", extremes(found.coarse), true)
              .add("0.25 fs", extremes(found.fine), true));
    }
    return page.machine().html();
  }

  /** The lowest and the highest value of each part: what is drawn covers what all would cover. */
  private static List<double[]> extremes(EnergyDrift run) {
    double[] energies = run.energies();
    List<double[]> points = new ArrayList<>();
    for (int part = 0; part < DRAWN; part++) {
      int from = (int) ((long) part * energies.length / DRAWN);
      int to = (int) ((part + 1L) * energies.length / DRAWN);
      int low = from;
      int high = from;
      for (int k = from; k < to; k++) {
        low = energies[k] < energies[low] ? k : low;
        high = energies[k] > energies[high] ? k : high;
      }
      points.add(new double[] {run.times()[Math.min(low, high)], energies[Math.min(low, high)]});
      points.add(new double[] {run.times()[Math.max(low, high)], energies[Math.max(low, high)]});
    }
    return points;
  }
}
