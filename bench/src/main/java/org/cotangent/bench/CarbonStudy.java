package org.cotangent.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cotangent.atomistic.data.DataReader;
import org.cotangent.atomistic.data.DataSource;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.dynamics.Relaxation;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.potentials.EnergyDerivatives;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.report.ErrorTotals;
import org.cotangent.atomistic.training.PredictionErrors;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;

/**
 * Trains models on distorted graphite with energies, forces and virials (100 cells of four atoms,
 * CASTEP with LDA, from metatrain's test resources), and relaxes cells with them. Ten times, each
 * time with another tenth to test, the next one to validate and the other eighty to train on: no
 * frame is tested by a model that it had a part in choosing.
 */
final class CarbonStudy implements Study {
  private static final String FILE = "carbon_reduced_100.xyz";
  private static final int TENTHS = 10;
  private static final double GIGAPASCAL = 160.2176634;

  /** The limits of the command line, in eV/Å and eV/Å³. */
  private static final Relaxation.Settings RELAXATION =
      new Relaxation.Settings(Relaxation.Method.LBFGS, true, 0, 0.01, 0.05 / GIGAPASCAL);

  private static final int MOST_STEPS = 500;
  private static final double STRAIN = 1e-4;

  /** Entries of a reference virial below this are too small for their sign to tell much, in eV. */
  private static final double LARGE = 1;

  /** Mean absolute errors: per atom in meV, in meV/Å, per atom in meV. */
  private record Errors(double energy, double forces, double virial) {
    static Errors mean(List<Errors> all) {
      return new Errors(
          all.stream().mapToDouble(Errors::energy).average().orElseThrow(),
          all.stream().mapToDouble(Errors::forces).average().orElseThrow(),
          all.stream().mapToDouble(Errors::virial).average().orElseThrow());
    }
  }

  private final Table errorTable =
      new Table(
          "model",
          "wall time s",
          "energy meV/atom",
          "below trivial",
          "forces meV/Å",
          "below trivial",
          "virial meV/atom",
          "below trivial");
  private final Table relaxationTable =
      new Table(
          "model",
          "converged",
          "mean steps",
          "force eV/Å",
          "stress GPa",
          "energies within meV/atom",
          "volume Å³/atom",
          "signs of virials",
          "−dE/dε off by eV");

  @Override
  public List<String> run(Setting setting) throws IOException, InterruptedException {
    Path file = setting.data("COTANGENT_CARBON", "carbon").resolve(FILE).toAbsolutePath();
    Study.require(file, "it is among the resources of metatrain's tests");
    LabelledSystems all = new DataReader(Path.of("")).read(DataSource.of(file)).systems();
    int rotations = setting.quick() ? 1 : TENTHS;
    Errors trivial = trivial(all, rotations);
    addErrors("trivial", Double.NaN, trivial, trivial);
    for (TrainedModel model : TrainedModel.CRYSTALS) {
      measure(model, setting, file, all, rotations, trivial);
      setting.write("carbon.csv", errorTable.csv());
      setting.write("carbon-relaxed.csv", relaxationTable.csv());
      setting.write("carbon.html", page(rotations));
    }
    List<String> lines = new ArrayList<>(errorTable.lines());
    lines.add("");
    lines.addAll(relaxationTable.lines());
    return lines;
  }

  private void measure(
      TrainedModel model,
      Setting setting,
      Path file,
      LabelledSystems all,
      int rotations,
      Errors trivial)
      throws IOException, InterruptedException {
    List<Errors> errors = new ArrayList<>();
    Relaxed relaxed = new Relaxed();
    Signs signs = new Signs();
    double seconds = 0;
    for (int tenth = 0; tenth < rotations; tenth++) {
      TrainedModel rotated = model.named(model.name() + "-" + tenth);
      CommandLineRun run = rotated.train(setting, dataOptions(file, all.size(), tenth));
      if (run == null) {
        return;
      }
      seconds += run.seconds() / rotations;
      LabelledSystems test = all.select(frames(all.size(), inTest(tenth)));
      LearnedPotential potential = ModelFile.read(rotated.file(setting)).to(DType.FLOAT64);
      PredictionErrors found = PredictionErrors.of(potential, test);
      errors.add(
          new Errors(
              milli(found.energiesPerAtom()),
              milli(found.forces()),
              milli(found.virialsPerAtom())));
      signs.add(potential, test);
      relaxed.add(potential, test);
    }
    addErrors(model.name(), seconds, Errors.mean(errors), trivial);
    List<String> cells = new ArrayList<>(List.of(model.name()));
    cells.addAll(relaxed.cells());
    cells.addAll(signs.cells());
    relaxationTable.add(cells.toArray(String[]::new));
  }

  // ---------------------------------------------------------------------------- the data

  private static IntPredicate inTest(int tenth) {
    return k -> k % TENTHS == tenth;
  }

  private static IntPredicate inValidation(int tenth) {
    return k -> k % TENTHS == (tenth + 1) % TENTHS;
  }

  private static int[] frames(int count, IntPredicate chosen) {
    return IntStream.range(0, count).filter(chosen).toArray();
  }

  /** What the options files say of the data. */
  static String dataOptions(Path file, int frames, int tenth) {
    return """
        training_set: {systems: "%s"}
        validation_set: {indices: [%s]}
        test_set: {indices: [%s]}
        """
        .formatted(
            file.normalize(),
            listed(frames(frames, inValidation(tenth))),
            listed(frames(frames, inTest(tenth))));
  }

  private static String listed(int[] numbers) {
    return IntStream.of(numbers).mapToObj(Integer::toString).collect(Collectors.joining(", "));
  }

  private static double milli(ErrorTotals errors) {
    return 1000 * errors.meanAbsolute();
  }

  /** Errors of the mean energy and the mean virial of the training set, and of zero forces. */
  private static Errors trivial(LabelledSystems all, int rotations) {
    List<Errors> found = new ArrayList<>();
    for (int tenth = 0; tenth < rotations; tenth++) {
      IntPredicate held = inTest(tenth).or(inValidation(tenth));
      LabelledSystems training = all.select(frames(all.size(), held.negate()));
      LabelledSystems test = all.select(frames(all.size(), inTest(tenth)));
      double[] mean = new double[10];
      for (int s = 0; s < training.size(); s++) {
        double[] labels = labelsPerAtom(training, s);
        for (int k = 0; k < mean.length; k++) {
          mean[k] += labels[k] / training.size();
        }
      }
      ErrorTotals energies = new ErrorTotals();
      ErrorTotals forces = new ErrorTotals();
      ErrorTotals virials = new ErrorTotals();
      for (int s = 0; s < test.size(); s++) {
        double[] labels = labelsPerAtom(test, s);
        energies.add(mean[0] - labels[0]);
        for (int k = 1; k < mean.length; k++) {
          virials.add(mean[k] - labels[k]);
        }
        for (double force : test.forces().get(s).toDoubleArray()) {
          forces.add(force);
        }
      }
      found.add(new Errors(milli(energies), milli(forces), milli(virials)));
    }
    return Errors.mean(found);
  }

  /** The energy and the nine entries of the virial. */
  private static double[] labelsPerAtom(LabelledSystems data, int s) {
    double[] labels = new double[10];
    labels[0] = data.energies()[s] / data.systems().get(s).size();
    for (int k = 0; k < 9; k++) {
      labels[k + 1] = data.virials().get(s).at(k) / data.systems().get(s).size();
    }
    return labels;
  }

  // ---------------------------------------------------------------------------- relaxed cells

  /** Relaxations of atoms and cells, from all frames of test sets. */
  private static final class Relaxed {
    private int runs;
    private int converged;
    private long steps;
    private double force;
    private double stress;
    private final List<Double> energies = new ArrayList<>();
    private final List<Double> volumes = new ArrayList<>();

    void add(LearnedPotential potential, LabelledSystems test) {
      for (org.cotangent.atomistic.System start : test.systems()) {
        Relaxation run = new Relaxation(potential, start, RELAXATION);
        try {
          while (!run.converged() && run.step() < MOST_STEPS) {
            run.advance();
          }
        } catch (IllegalStateException ranAway) {
          // counted as not converged
        }
        runs++;
        if (run.converged()) {
          converged++;
          steps += run.step();
          force = Math.max(force, run.largestForce());
          stress = Math.max(stress, GIGAPASCAL * run.largestStress());
          energies.add(1000 * run.energy() / start.size());
          volumes.add(run.system().volume() / start.size());
        }
      }
    }

    private static double least(List<Double> values) {
      return values.stream().mapToDouble(v -> v).min().orElse(Double.NaN);
    }

    private static double most(List<Double> values) {
      return values.stream().mapToDouble(v -> v).max().orElse(Double.NaN);
    }

    List<String> cells() {
      return List.of(
          converged + " of " + runs,
          Table.number("%.0f", steps / (double) converged),
          Table.number("%.4f", force),
          Table.number("%.3f", stress),
          Table.number("%.1f", most(energies) - least(energies)),
          Table.number("%.3f", least(volumes)) + "–" + Table.number("%.3f", most(volumes)));
    }
  }

  /** Whether minus the slope of a model's energy by strain has the signs of reference virials. */
  private static final class Signs {
    private int compared;
    private int equal;
    private double largest;

    void add(LearnedPotential potential, LabelledSystems test) {
      for (int s = 0; s < test.size(); s++) {
        org.cotangent.atomistic.System system = test.systems().get(s).to(DType.FLOAT64);
        Tensor own = EnergyDerivatives.of(potential, List.of(system)).strainGradients().getFirst();
        for (int axis = 0; axis < 3; axis++) {
          double above = energy(potential, system, axis, STRAIN);
          double below = energy(potential, system, axis, -STRAIN);
          double slope = -(above - below) / (2 * STRAIN);
          largest = Math.max(largest, Math.abs(slope + own.at(4 * axis)));
          double reference = test.virials().get(s).at(4 * axis);
          if (Math.abs(reference) > LARGE) {
            compared++;
            equal += reference * slope > 0 ? 1 : 0;
          }
        }
      }
    }

    /** The energy of a system that is stretched along an axis, atoms and cell. */
    private static double energy(
        LearnedPotential potential, org.cotangent.atomistic.System system, int axis, double by) {
      org.cotangent.atomistic.System stretched =
          new org.cotangent.atomistic.System(
              system.types(),
              stretched(system.positions(), axis, by),
              stretched(system.cell(), axis, by),
              system.pbc());
      return potential.evaluate(List.of(stretched)).energies().at(0);
    }

    private static Tensor stretched(Tensor rows, int axis, double by) {
      double[] values = rows.toDoubleArray();
      for (int k = axis; k < values.length; k += 3) {
        values[k] *= 1 + by;
      }
      return Tensor.of(values, values.length / 3, 3);
    }

    List<String> cells() {
      return List.of(equal + " of " + compared, Table.number("%.1e", largest));
    }
  }

  // ---------------------------------------------------------------------------- what is shown

  private void addErrors(String name, double seconds, Errors found, Errors trivial) {
    errorTable.add(
        name,
        Double.isNaN(seconds) ? "" : Table.number("%.1f", seconds),
        Table.number("%.3g", found.energy),
        Table.number("%.0f", trivial.energy / found.energy),
        Table.number("%.3g", found.forces),
        Table.number("%.0f", trivial.forces / found.forces),
        Table.number("%.3g", found.virial),
        Table.number("%.0f", trivial.virial / found.virial));
  }

  private String page(int rotations) {
    return new Page("Energies, forces and virials of distorted graphite")
        .paragraph(
            "100 cells of four carbon atoms, CASTEP with LDA. Mean absolute errors on a tenth that"
                + " had no part in training or choosing, over "
                + rotations
                + " of ten such tenths; the next tenth validates, the other 80 cells are trained"
                + " on. Trivial: the mean energy and the mean virial of the training set, and"
                + " zero forces. Wall times are those of one training, the whole process.")
        .table(errorTable.rows())
        .paragraph(
            "Each test cell was then relaxed with its model, atoms and cell at zero pressure, until"
                + " no force is longer than 0.01 eV/Å and no entry of the stress larger than 0.05"
                + " GPa. Force and stress are the largest that are left. Virials: how many large"
                + " diagonal entries (above 1 eV) of the references have the sign of −dE/dε, by"
                + " differences of the model's energy under a strain of 0.0001, and how far these"
                + " differences are from the model's virial.")
        .table(relaxationTable.rows())
        .machine()
        .html();
  }
}
