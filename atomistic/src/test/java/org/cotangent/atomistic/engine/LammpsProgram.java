package org.cotangent.atomistic.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.JavaProgram;
import org.cotangent.atomistic.Peers;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.cli.Main;

/**
 * Runs of {@code cotangent lammps} in processes of their own, because MPI can be started once in
 * each.
 *
 * @param folder for its files
 * @param environment the Python environment that LAMMPS is in
 */
record LammpsProgram(Path folder, Path environment) {
  /** A run that has ended. */
  record Outcome(int code, String output) {}

  /** Skips the test where there is no LAMMPS. */
  static LammpsProgram in(Path folder) {
    return new LammpsProgram(folder, Peers.program("lmp").getParent().getParent());
  }

  /**
   * Runs a script.
   *
   * @param more options for LAMMPS
   */
  Outcome run(int processes, Path model, String types, String script, String... more)
      throws Exception {
    Path in = Files.writeString(folder.resolve("in.lammps"), script);
    List<String> command = new ArrayList<>();
    if (processes > 1) {
      command.addAll(List.of(Peers.program("mpiexec").toString(), "-n", String.valueOf(processes)));
    }
    command.addAll(
        JavaProgram.command(
            List.of(
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC"),
            Main.class,
            "lammps",
            "-in",
            in,
            "--model",
            model,
            "--types",
            types,
            "--liblammps",
            environment));
    command.addAll(Arrays.asList(more));
    return outcome(new ProcessBuilder(command), "output");
  }

  /** Runs a script in LAMMPS' own program, without us. */
  Outcome runAlone(String script) throws Exception {
    Path in = Files.writeString(folder.resolve("in.own"), script);
    ProcessBuilder builder =
        new ProcessBuilder(Peers.program("lmp").toString(), "-in", in.toString());
    builder.environment().put("LD_LIBRARY_PATH", environment.resolve("lib").toString());
    return outcome(builder, "own.log");
  }

  private Outcome outcome(ProcessBuilder builder, String name) throws Exception {
    Path log = folder.resolve(name);
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    String output = Files.readString(log);
    assertTrue(ended, () -> "LAMMPS takes too long: " + output);
    return new Outcome(process.exitValue(), output);
  }

  /**
   * Writes atoms in LAMMPS' own format, in a cell whose first vector is along x, the second in xy.
   */
  void writeData(String name, System system, int[] elements, double[] velocities)
      throws IOException {
    double[] cell = system.cell().toDoubleArray();
    double[] origin = new double[3];
    double[] length = new double[3];
    for (int d = 0; d < 3; d++) {
      origin[d] = system.pbc(d) ? 0 : -30;
      length[d] = system.pbc(d) ? cell[4 * d] : 60;
    }
    StringBuilder text = new StringBuilder("atoms\n\n%d atoms\n".formatted(system.size()));
    text.append("%d atom types\n".formatted(elements.length));
    for (int d = 0; d < 3; d++) {
      text.append(
          "%s %s %3$slo %3$shi\n".formatted(origin[d], origin[d] + length[d], "xyz".charAt(d)));
    }
    text.append("%s %s %s xy xz yz\n\nMasses\n\n".formatted(cell[3], cell[6], cell[7]));
    for (int k = 0; k < elements.length; k++) {
      text.append("%d %s\n".formatted(k + 1, Elements.mass(elements[k])));
    }
    text.append("\nAtoms # atomic\n\n");
    double[] x = system.positions().toDoubleArray();
    for (int i = 0; i < system.size(); i++) {
      int type = 1 + Arrays.stream(elements).boxed().toList().indexOf(system.type(i));
      text.append("%d %d %s %s %s\n".formatted(i + 1, type, x[3 * i], x[3 * i + 1], x[3 * i + 2]));
    }
    if (velocities.length > 0) {
      text.append("\nVelocities\n\n");
      for (int i = 0; i < system.size(); i++) {
        text.append(
            "%d %s %s %s\n"
                .formatted(
                    i + 1,
                    1000 * velocities[3 * i],
                    1000 * velocities[3 * i + 1],
                    1000 * velocities[3 * i + 2]));
      }
    }
    Files.writeString(folder.resolve(name), text);
  }

  /** Returns which directions are periodic, as LAMMPS' {@code boundary} has it. */
  static String boundary(System system) {
    return IntStream.range(0, 3)
        .mapToObj(d -> system.pbc(d) ? "p" : "f")
        .collect(Collectors.joining(" "));
  }

  /** Returns the rows of a {@code fix print} or dump, without what is not a number. */
  List<double[]> rows(String file) throws IOException {
    try (var lines = Files.lines(folder.resolve(file))) {
      return lines
          .filter(line -> line.matches("[-+0-9.eE \\t]+"))
          .map(
              line ->
                  Arrays.stream(line.strip().split("\\s+"))
                      .mapToDouble(Double::parseDouble)
                      .toArray())
          .toList();
    }
  }
}
