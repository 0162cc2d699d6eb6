package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.engine.EngineModel;
import org.cotangent.atomistic.engine.EngineUnits;
import org.cotangent.atomistic.engine.lammps.LammpsException;
import org.cotangent.atomistic.engine.lammps.LammpsFiles;
import org.cotangent.atomistic.engine.lammps.LammpsRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Runs LAMMPS with a model. */
@Command(
    name = "lammps",
    description = {
      "Run LAMMPS in this process, with the forces of a model.",
      "They come in where its script has 'fix ID all external pf/callback 1 1'. What is not an option here is handed on to LAMMPS."
    })
final class LammpsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-in", "-i"},
      paramLabel = "SCRIPT",
      required = true,
      description = "LAMMPS' script.")
  private Path script;

  @Option(names = "--model", paramLabel = "MODEL", required = true, description = "The model file.")
  private Path model;

  @Option(
      names = "--types",
      paramLabel = "ELEMENTS",
      required = true,
      description = "The element of each of LAMMPS' atom types, such as \"C H O\".")
  private String types;

  @Option(
      names = "--liblammps",
      paramLabel = "PATH",
      description =
          "LAMMPS' shared library, or a Python environment with the packages lammps and mpich; default: looked for.")
  private @Nullable Path library;

  @Mixin private EngineArguments arguments;

  @Option(
      names = "--reduced",
      paramLabel = "SIGMA,EPSILON",
      split = ",",
      hideParamSyntax = true,
      description = "What lengths and energies of 'units lj' are, in Å and eV.")
  private double @Nullable [] reduced;

  @Unmatched private List<String> forLammps = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  LammpsCommand() {}

  @Override
  public Integer call() throws IOException {
    EngineModel engine = arguments.read(model, EngineUnits.ANGSTROM_EV, false);
    if (!script.toFile().canRead()) {
      throw new UserException("no such file: " + script);
    }
    try (LammpsRun run =
        new LammpsRun(
            LammpsFiles.find(library, java.lang.System.getenv()),
            engine,
            elements(),
            reducedUnits(),
            forLammps,
            this::fail)) {
      run.run(script);
      if (run.isFirst()) {
        print(run);
      }
    } catch (LammpsException failure) {
      throw new UserException(String.valueOf(failure.getMessage()), failure);
    }
    return ExitCode.OK;
  }

  private void fail(String sentence) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("error: " + sentence);
    err.flush();
  }

  private int[] elements() {
    return Arrays.stream(types.strip().split("[\\s,]+")).mapToInt(Elements::number).toArray();
  }

  private @Nullable EngineUnits reducedUnits() {
    if (reduced == null) {
      return null;
    }
    if (reduced.length != 2) {
      throw new UserException(
          "--reduced needs two numbers, SIGMA,EPSILON, it has " + reduced.length);
    }
    return new EngineUnits(reduced[0], reduced[1]);
  }

  private void print(LammpsRun run) {
    PrintWriter to = spec.commandLine().getOut();
    to.printf(
        Locale.ROOT,
        "%d configurations in %.3f s, of which the model took %.3f s%n",
        run.evaluations(),
        run.waitingSeconds(),
        run.computingSeconds());
    to.flush();
  }
}
