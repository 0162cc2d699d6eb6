package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.cotangent.atomistic.dynamics.Relaxation;
import org.cotangent.atomistic.dynamics.RelaxationFolder;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.potentials.UncertainPotential;
import org.cotangent.atomistic.report.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Relaxes a structure with a model. */
@Command(
    name = "relax",
    description =
        "Move the atoms of the last frame of a structure file, and its cell if wanted, to a minimum"
            + " of a model's energy.")
final class RelaxCommand implements Callable<Integer> {
  /** 1 eV/Å³ in GPa: 1.602176634e-19 J over 1e-30 m³. */
  private static final double GIGAPASCAL = 160.2176634;

  @Spec private CommandSpec spec;

  @Mixin private ResumableRun files;

  @Option(names = "--method", description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Relaxation.Method method = Relaxation.Method.LBFGS;

  @Option(names = "--cell", description = "Relax the cell, too.")
  private boolean cell;

  @Option(
      names = "--pressure",
      paramLabel = "GPA",
      description = "On the cell, in GPa; default: ${DEFAULT-VALUE}.")
  private double pressure;

  @Option(
      names = "--fmax",
      paramLabel = "EV/Å",
      description = "The longest force of a relaxed atom, in eV/Å; default: ${DEFAULT-VALUE}.")
  private double force = 0.01;

  @Option(
      names = "--smax",
      paramLabel = "GPA",
      description =
          "The largest entry of stress + pressure of a relaxed cell, in GPa; default:"
              + " ${DEFAULT-VALUE}.")
  private double stress = 0.05;

  @Option(names = "--steps", description = "How many at most; default: ${DEFAULT-VALUE}.")
  private long steps = 500;

  @Option(
      names = "--every",
      paramLabel = "STEPS",
      description = "Steps between two frames; default: ${DEFAULT-VALUE}.")
  private int every = 1;

  @SuppressWarnings("NullAway.Init")
  RelaxCommand() {}

  @Override
  public Integer call() throws IOException {
    ResumableRun.requirePositive(steps, every);
    if (pressure != 0 && !cell) {
      throw new UserException("--pressure acts on a cell that is relaxed: add --cell");
    }
    LearnedPotential potential = files.potential();
    Relaxation.Settings settings =
        new Relaxation.Settings(method, cell, pressure / GIGAPASCAL, force, stress / GIGAPASCAL);
    RelaxationFolder.@Nullable Restart from = files.restart(RelaxationFolder::restart);
    if (from != null) {
      files.requireSame(settings(), from.settings());
    }
    Relaxation run =
        from == null
            ? new Relaxation(potential, files.start(), settings)
            : new Relaxation(potential, from.state(), settings);
    try (FolderLock lock = files.lock();
        Interruption interruption = new Interruption(spec.commandLine().getErr(), lock, null);
        RelaxationFolder folder = RelaxationFolder.open(files.out(), settings(), from);
        Progress progress = ConsoleProgress.create()) {
      if (from == null) {
        folder.record(run);
        folder.save(run);
      }
      if (!advance(run, folder, progress, interruption)) {
        files.sayStopped(spec.commandLine(), run.step());
        return ExitCode.INTERRUPTED;
      }
      folder.finish(run);
    }
    if (from != null && run.step() == from.state().step()) {
      files.sayFinished(spec.commandLine(), "the structure is at a minimum");
    }
    report(run, potential);
    return ExitCode.OK;
  }

  /** Returns whether it came to the end, and was not told to stop. */
  private boolean advance(
      Relaxation run, RelaxationFolder folder, Progress progress, BooleanSupplier stop)
      throws IOException {
    progress.start("steps", steps);
    long recorded = run.step();
    while (!run.converged()) {
      if (stop.getAsBoolean()) {
        folder.save(run);
        return false;
      }
      String trouble = run.step() < steps ? null : "not converged after " + steps + " steps";
      try {
        if (trouble == null) {
          run.advance();
        }
      } catch (IllegalStateException stopped) {
        trouble = stopped.getMessage();
      }
      boolean last = run.converged() || trouble != null;
      if (run.step() > recorded && (run.step() % every == 0 || last)) {
        folder.record(run);
        folder.save(run);
        recorded = run.step();
      }
      if (trouble != null) {
        throw new IllegalStateException(
            "%s: the largest force is %.3g eV/Å%s; the last structure is the end of %s"
                .formatted(
                    trouble,
                    run.largestForce(),
                    cell ? ", the largest stress %.3g GPa".formatted(largestStress(run)) : "",
                    files.out().resolve("trajectory.xyz")));
      }
      progress.step(
          run.step(),
          String.format(Locale.ROOT, "%.4f eV  %.4f eV/Å", run.energy(), run.largestForce()));
    }
    return true;
  }

  private static double largestStress(Relaxation run) {
    return run.largestStress() * GIGAPASCAL;
  }

  private void report(Relaxation run, LearnedPotential potential) {
    PrintWriter to = spec.commandLine().getOut();
    to.printf(
        Locale.ROOT,
        "relaxed in %d steps; energy %.6f eV, largest force %.5f eV/Å%n",
        run.step(),
        run.energy(),
        run.largestForce());
    if (cell) {
      to.printf(
          Locale.ROOT,
          "largest stress %.5f GPa at %s GPa, volume %.5f Å³%n",
          largestStress(run),
          pressure,
          run.system().volume());
    }
    if (potential instanceof UncertainPotential uncertain) {
      to.printf(
          Locale.ROOT,
          "energy certain to %.6f eV%n",
          uncertain.uncertainties(List.of(run.system())).systems().at(0));
    }
    to.println("Look at     " + files.out().resolve("relaxed.xyz"));
    to.println("and         " + files.out().resolve("log.csv"));
    to.flush();
  }

  private String settings() throws IOException {
    return String.format(
        Locale.ROOT,
        "model %s, %s, %s, forces to %s eV/Å, every %d",
        files.fingerprint(),
        method.name().toLowerCase(Locale.ROOT),
        cell ? "cell at " + pressure + " GPa to " + stress + " GPa" : "cell kept",
        force,
        every);
  }
}
