package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.cotangent.atomistic.dynamics.MolecularDynamics;
import org.cotangent.atomistic.dynamics.MotionLimits;
import org.cotangent.atomistic.dynamics.MotionState;
import org.cotangent.atomistic.dynamics.RunFolder;
import org.cotangent.atomistic.dynamics.Thermostat;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.potentials.UncertainPotential;
import org.cotangent.atomistic.report.Progress;
import org.cotangent.autodiff.DType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs molecular dynamics with a model. */
@Command(
    name = "md",
    description = "Run molecular dynamics with a model, from the last frame of a structure file.")
final class MdCommand implements Callable<Integer> {
  /** What keeps the temperature. */
  enum Ensemble {
    /** Nothing: constant energy. */
    NVE,
    /** Friction and noise. */
    LANGEVIN,
    /** Random rescaling of velocities. */
    RESCALING
  }

  @Spec private CommandSpec spec;

  @Mixin private ResumableRun files;

  @Option(names = "--steps", description = "How many in all; default: ${DEFAULT-VALUE}.")
  private long steps = 2000;

  @Option(
      names = "--time-step",
      paramLabel = "FS",
      description = "In fs; default: ${DEFAULT-VALUE}.")
  private double timeStep = 0.5;

  @Option(
      names = "--temperature",
      paramLabel = "K",
      description = "Of the velocities at the start and the thermostat; default: ${DEFAULT-VALUE}.")
  private double temperature = 300;

  @Option(
      names = "--thermostat",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Ensemble thermostat = Ensemble.NVE;

  @Option(
      names = "--thermostat-time",
      paramLabel = "FS",
      description = "Of the thermostat, in fs; default: ${DEFAULT-VALUE}.")
  private double thermostatTime = 100;

  @Option(
      names = "--every",
      paramLabel = "STEPS",
      description = "Steps between two frames; default: ${DEFAULT-VALUE}.")
  private int every = 20;

  @Mixin private SkinOption skin;

  @Option(
      names = "--uncertainty-threshold",
      paramLabel = "EV",
      description =
          "Stop where the energy of an atom is less certain than this, in eV; needs a model that"
              + " has uncertainties. Default: do not stop.")
  private @Nullable Double uncertaintyThreshold;

  @Option(
      names = "--max-temperature",
      paramLabel = "K",
      description = "Stop above this; default: ${DEFAULT-VALUE}.")
  private double maxTemperature = 10_000;

  @Option(
      names = "--min-distance",
      paramLabel = "Å",
      description = "Stop where two atoms are closer than this; default: ${DEFAULT-VALUE}.")
  private double minDistance = 0.3;

  @Option(names = "--seed", description = "Of all random numbers; default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @SuppressWarnings("NullAway.Init")
  MdCommand() {}

  @Override
  public Integer call() throws IOException {
    ResumableRun.requirePositive(steps, every);
    LearnedPotential potential = files.potential();
    String settings = settings();
    RunFolder.@Nullable Restart from = files.restart(RunFolder::restart);
    if (from != null) {
      files.requireSame(settings, from.settings());
    }
    boolean uncertain = potential instanceof UncertainPotential;
    if (uncertaintyThreshold != null && !uncertain) {
      throw new UserException(
          "--uncertainty-threshold needs a model that has uncertainties, such as a committee, and "
              + files.model()
              + " has none");
    }
    MotionLimits limits =
        new MotionLimits(
            maxTemperature,
            minDistance,
            uncertaintyThreshold == null ? Double.POSITIVE_INFINITY : uncertaintyThreshold);
    MotionState start =
        from == null
            ? MotionState.thermal(files.start().to(DType.FLOAT64), temperature, seed)
            : from.state();
    MolecularDynamics run =
        new MolecularDynamics(potential, start, timeStep, thermostat(), seed, skin.value(), limits);
    try (FolderLock lock = files.lock();
        Interruption interruption = new Interruption(spec.commandLine().getErr(), lock, null);
        RunFolder folder = RunFolder.open(files.out(), settings, timeStep, uncertain, from);
        Progress progress = ConsoleProgress.create()) {
      if (from == null) {
        folder.record(run);
      }
      if (!advance(run, folder, progress, interruption)) {
        files.sayStopped(spec.commandLine(), run.step());
        return ExitCode.INTERRUPTED;
      }
    }
    if (from != null && run.step() == from.state().step()) {
      files.sayFinished(
          spec.commandLine(), "it has its " + run.step() + " steps, for more there is --steps");
    }
    PrintWriter to = spec.commandLine().getOut();
    to.printf(
        Locale.ROOT,
        "%d steps, %.3f ps; energy %.6f eV, temperature %.0f K, conserved energy %.6f eV%n",
        run.step(),
        run.step() * timeStep / 1000,
        run.potentialEnergy(),
        run.temperature(),
        run.conservedEnergy());
    to.println("Look at     " + files.out().resolve("trajectory.xyz"));
    to.println("and         " + files.out().resolve("log.csv"));
    to.flush();
    return ExitCode.OK;
  }

  /** Returns whether it came to the end, and was not told to stop. */
  private boolean advance(
      MolecularDynamics run, RunFolder folder, Progress progress, BooleanSupplier stop)
      throws IOException {
    progress.start("steps", steps);
    long recorded = run.step();
    while (run.step() < steps) {
      if (stop.getAsBoolean()) {
        folder.save(run.state());
        return false;
      }
      try {
        run.advance();
      } catch (IllegalStateException stopped) {
        if (run.step() > recorded) {
          folder.record(run);
        }
        folder.save(run.state());
        throw new IllegalStateException(
            "%s (the last good step, %d, is the end of %s)"
                .formatted(stopped.getMessage(), run.step(), files.out().resolve("trajectory.xyz")),
            stopped);
      }
      boolean last = run.step() == steps;
      if (run.step() % every == 0 || last) {
        recorded = run.step();
        folder.record(run);
        folder.save(run.state());
        progress.step(
            run.step(),
            String.format(
                Locale.ROOT, "%.3f eV  %.0f K", run.potentialEnergy(), run.temperature()));
      }
    }
    return true;
  }

  private Thermostat thermostat() {
    return switch (thermostat) {
      case NVE -> new Thermostat.None();
      case LANGEVIN -> new Thermostat.Langevin(temperature, thermostatTime);
      case RESCALING -> new Thermostat.VelocityRescaling(temperature, thermostatTime);
    };
  }

  private String settings() throws IOException {
    return String.format(
        Locale.ROOT,
        "model %s, time step %s fs, %s%s, every %d, seed %d",
        files.fingerprint(),
        timeStep,
        thermostat.name().toLowerCase(Locale.ROOT),
        thermostat == Ensemble.NVE ? "" : " at " + temperature + " K in " + thermostatTime + " fs",
        every,
        seed);
  }
}
