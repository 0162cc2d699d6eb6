package org.cotangent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.XyzWriter;

/**
 * Programs that move atoms, beside the Python of {@code COTANGENT_PEERS}, and their inputs: all
 * start from the same atoms in a cube, at 300 K, with steps of 0.1 fs at constant energy, because
 * forces of weights that nobody has trained are large.
 *
 * @param python the program
 * @param folder for inputs and what the programs say
 * @param atoms in a cube
 */
record EnginePrograms(Path python, Path folder, System atoms) {
  /** Whether a package can be imported. */
  boolean has(String module) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(python.toString(), "-c", "import " + module)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("engines-" + module + ".log").toFile())
              .start();
      return process.waitFor() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  /** Starts dynamics in ASE, which waits for a client. */
  Process ase(String socket, int steps) throws IOException {
    Path start = folder.resolve("engines.xyz");
    XyzWriter.write(start, List.of(new Frame(atoms, Map.of(), Map.of())));
    return start(
        "engines-ase.log",
        python.toString(),
        "-c",
        PythonPeer.source("ase_engine.py"),
        start.toString(),
        socket,
        "" + steps);
  }

  /**
   * Starts dynamics in i-PI, which waits for a client.
   *
   * @param where the elements that say where, in i-PI's input
   */
  Process ipi(String where, int steps) throws IOException {
    double edge = atoms.cell().at(0);
    StringBuilder xyz = new StringBuilder();
    xyz.append(
        "%d%n# CELL{H}: %s 0 0 0 %2$s 0 0 0 %2$s cell{angstrom} positions{angstrom}%n"
            .formatted(atoms.size(), edge));
    for (int k = 0; k < atoms.size(); k++) {
      xyz.append("%s %s%n".formatted(Elements.symbol(atoms.type(k)), place(k)));
    }
    Files.writeString(folder.resolve("init.xyz"), xyz);
    Path input =
        Files.writeString(
            folder.resolve("engines.xml"),
            """
            <simulation verbosity='quiet'>
              <output prefix='engines'>
                <properties filename='out' stride='100'> [ step, potential ] </properties>
              </output>
              <total_steps> %d </total_steps>
              <ffsocket name='model' %s </ffsocket>
              <system>
                <initialize nbeads='1'>
                  <file mode='xyz'> init.xyz </file>
                  <velocities mode='thermal' units='kelvin'> 300 </velocities>
                </initialize>
                <forces><force forcefield='model'/></forces>
                <motion mode='dynamics'>
                  <dynamics mode='nve'><timestep units='femtosecond'> 0.1 </timestep></dynamics>
                </motion>
                <ensemble><temperature units='kelvin'> 300 </temperature></ensemble>
              </system>
            </simulation>
            """
                .formatted(steps, where));
    return start(
        "engines-i-pi.log",
        python.toString(), // its first line cannot name one in a path with a space
        python.resolveSibling("i-pi").toString(),
        input.getFileName().toString());
  }

  private Process start(String log, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(log).toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    return builder.start();
  }

  /** Waits for a program's end. */
  static void end(Process process, String name) throws IOException, InterruptedException {
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    if (!ended || process.exitValue() != 0) {
      throw new IOException(name + " did not come to its end, see its log");
    }
  }

  /** Writes a script for LAMMPS, and the atoms that it reads; types are those of the elements. */
  Path lammps(int[] elements, int steps) throws IOException {
    double edge = atoms.cell().at(0);
    StringBuilder data = new StringBuilder();
    data.append("atoms%n%n%d atoms%n%d atom types%n".formatted(atoms.size(), elements.length));
    for (String d : List.of("x", "y", "z")) {
      data.append("0 %s %slo %2$shi%n".formatted(edge, d));
    }
    data.append("%nMasses%n%n".formatted());
    List<Integer> types = new ArrayList<>();
    for (int k = 0; k < elements.length; k++) {
      types.add(elements[k]);
      data.append("%d %s%n".formatted(k + 1, Elements.mass(elements[k])));
    }
    data.append("%nAtoms # atomic%n%n".formatted());
    for (int k = 0; k < atoms.size(); k++) {
      data.append("%d %d %s%n".formatted(k + 1, 1 + types.indexOf(atoms.type(k)), place(k)));
    }
    Path file = Files.writeString(folder.resolve("engines.data"), data);
    return Files.writeString(
        folder.resolve("engines.lammps"),
        """
        units metal
        boundary p p p
        read_data %s
        velocity all create 300 1234
        fix model all external pf/callback 1 1
        fix integrate all nve
        timestep 0.0001
        thermo 100
        run %d
        """
            .formatted(file.toAbsolutePath(), steps));
  }

  private String place(int k) {
    return String.format(
        Locale.ROOT,
        "%s %s %s",
        atoms.positions().at(3 * k),
        atoms.positions().at(3 * k + 1),
        atoms.positions().at(3 * k + 2));
  }
}
