package org.cotangent.atomistic.engine.lammps;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.cotangent.atomistic.engine.EngineModel;
import org.cotangent.atomistic.engine.EngineUnits;
import org.jspecify.annotations.Nullable;

/**
 * A run of LAMMPS in this process, whose forces come from a model wherever the script says
 *
 * <pre>{@code fix ID all external pf/callback 1 1}</pre>
 *
 * <p>Energy and virial of the model count in LAMMPS' own ({@code fix_modify ID energy yes virial
 * yes}), unless the script changes that.
 */
public final class LammpsRun implements AutoCloseable {
  private static final Set<String> RUNS = Set.of("run", "minimize", "rerun", "neb", "prd", "tad");

  private final LammpsInstance lammps;
  private final EngineModel model;
  private final int[] elements;
  private final @Nullable EngineUnits reduced;
  private final Consumer<String> lastWords;
  private final List<ExternalForces> forces = new ArrayList<>();
  private List<String> fixes = List.of();

  /**
   * Starts LAMMPS.
   *
   * @param model in any units
   * @param elements the atomic number of each LAMMPS type, type 1 first
   * @param reduced what σ and ε are, for scripts with {@code units lj}; null if nobody said
   * @param arguments of LAMMPS' command line, without the script
   * @param lastWords hears why, when one of several processes fails: all are ended then, because
   *     the others would wait for it without end
   * @throws LammpsException if LAMMPS cannot be started
   * @throws IllegalArgumentException if the model does not know an element
   */
  public LammpsRun(
      LammpsFiles files,
      EngineModel model,
      int[] elements,
      @Nullable EngineUnits reduced,
      List<String> arguments,
      Consumer<String> lastWords) {
    this.lastWords = lastWords;
    model.checkTypes(elements);
    this.model = model;
    this.elements = elements.clone();
    this.reduced = reduced;
    List<String> all = new ArrayList<>(List.of("lammps"));
    all.addAll(arguments);
    lammps = new LammpsInstance(new LammpsLibrary(files), all);
  }

  /**
   * Runs a script.
   *
   * @throws LammpsException if LAMMPS or the model refuses; the message has the script's line or
   *     the step
   */
  public void run(Path script) throws IOException {
    try {
      new LammpsScript(lammps, this::before, this::after).run(script);
      lammps.flush();
      if (forces.isEmpty()) {
        throw withoutFix(script.toString());
      }
    } catch (RuntimeException | IOException failure) {
      endAll(failure);
      throw failure;
    }
  }

  private void endAll(Throwable failure) {
    MessagePassing processes = lammps.processes();
    if (processes != null) {
      lastWords.accept(String.valueOf(failure.getMessage()));
      try {
        // mpiexec throws away what it has not read yet when it ends the processes
        TimeUnit.SECONDS.sleep(1);
      } catch (InterruptedException hurry) {
        Thread.currentThread().interrupt();
      }
      processes.abort(2);
    }
  }

  private void before(LammpsScript.Command command) {
    if (RUNS.contains(command.name()) && forces.stream().noneMatch(this::isThere)) {
      throw withoutFix(command.toString());
    }
    if (isExternal(command)) {
      fixes = lammps.fixes();
      if (command.words().contains("pf/array")) {
        throw new LammpsException(
            "%s: forces of a model come through 'pf/callback 1 1', not 'pf/array'"
                .formatted(command));
      }
    }
  }

  private void after(LammpsScript.Command command) {
    if (isExternal(command)) {
      List<String> added = lammps.fixes();
      added.removeAll(fixes);
      added.forEach(fix -> attach(command, fix));
      if (added.isEmpty()) {
        // a fix of the same name was there: LAMMPS has put a new one in its place
        forces.stream().filter(this::isThere).forEach(this::connect);
      }
    }
    for (ExternalForces one : forces) {
      if (one.failure() != null) {
        throw new LammpsException(
            "%s: %s".formatted(command, one.failure().getMessage()), one.failure());
      }
    }
  }

  private static boolean isExternal(LammpsScript.Command command) {
    return command.name().equals("fix") && command.words().contains("external");
  }

  private void attach(LammpsScript.Command command, String fix) {
    int types = lammps.setting("ntypes");
    if (types != elements.length) {
      throw new LammpsException(
          "%s: the script has %d atom types, --types names %d elements: give one for each"
              .formatted(command, types, elements.length));
    }
    EngineUnits units = LammpsUnits.of(lammps.unitStyle(), reduced);
    ExternalForces one = new ExternalForces(lammps, fix, model.in(units), elements, this::endAll);
    connect(one);
    forces.add(one);
  }

  private void connect(ExternalForces one) {
    lammps.setCallback(one.fix(), one.stub());
    lammps.command("fix_modify %s energy yes virial yes".formatted(one.fix()));
  }

  /** Returns whether the script has not removed the fix again. */
  private boolean isThere(ExternalForces one) {
    return lammps.has("fix", one.fix());
  }

  private static LammpsException withoutFix(String where) {
    return new LammpsException(
        "%s: the script has no 'fix ID all external pf/callback 1 1', through which the model's forces come; add it before the first run"
            .formatted(where));
  }

  /** Returns whether this is the first of LAMMPS' processes, or the only one. */
  public boolean isFirst() {
    return lammps.setting("world_rank") == 0;
  }

  /** Returns how often forces were computed. */
  public long evaluations() {
    return forces.stream().mapToLong(ExternalForces::calls).sum();
  }

  /** Returns how long the model took for them, in seconds. */
  public double computingSeconds() {
    return forces.stream().mapToDouble(ExternalForces::computingSeconds).sum();
  }

  /** Returns how long LAMMPS waited for them, in seconds. */
  public double waitingSeconds() {
    return forces.stream().mapToDouble(ExternalForces::totalSeconds).sum();
  }

  @Override
  public void close() {
    lammps.close();
  }
}
