package org.cotangent.atomistic.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.Peers;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.dynamics.MotionState;

/**
 * Runs of i-PI's own program.
 *
 * @param folder for its files
 */
record IpiProgram(Path folder) {
  /** Velocity Verlet with steps of 1 fs. */
  static final String NVE =
      """
      <motion mode='dynamics'>
        <dynamics mode='nve'><timestep units='femtosecond'> 1 </timestep></dynamics>
      </motion>
      """;

  static final String ENERGIES = "[ step, time, conserved, potential, kinetic_md, temperature ]";

  /** For atoms that are not periodic. */
  static final double[] NO_BOX = {100, 0, 0, 0, 100, 0, 0, 0, 100};

  /** Where atoms start as fast as at 60 K, with masses that i-PI knows. */
  private static final String THERMAL =
      "<velocities mode='thermal' units='kelvin'> 60 </velocities>";

  /** Returns the force field that comes through the socket of such a name. */
  static String socket(String suffix) {
    return "<ffsocket name='model' mode='unix' pbc='false'><address> %s </address><latency> 1e-4 </latency></ffsocket>"
        .formatted(Serving.socketName(suffix));
  }

  /** Runs i-PI to its end, with random velocities. */
  void run(
      System system,
      double[] cell,
      int beads,
      String forceField,
      String motion,
      String properties,
      int steps)
      throws Exception {
    run(system, cell, beads, THERMAL, forceField, motion, properties, steps);
  }

  /** Runs i-PI to its end, with our velocities and masses. */
  void run(MotionState start, String forceField, String motion, String properties, int steps)
      throws Exception {
    // bohr by atomic unit of time, which i-PI has as 1/41.341373 fs
    double unit = 1 / EngineUnits.IPI.length() / 41.341373;
    String movement =
        "<masses mode='manual' units='dalton'> %s </masses>\n<velocities mode='manual'> %s </velocities>"
            .formatted(
                Arrays.toString(
                    Arrays.stream(start.system().types()).mapToDouble(Elements::mass).toArray()),
                Arrays.toString(Arrays.stream(start.velocities()).map(v -> v * unit).toArray()));
    run(start.system(), NO_BOX, 1, movement, forceField, motion, properties, steps);
  }

  private void run(
      System system,
      double[] cell,
      int beads,
      String movement,
      String forceField,
      String motion,
      String properties,
      int steps)
      throws Exception {
    StringBuilder xyz = new StringBuilder(system.size() + "\n");
    xyz.append(
        "# CELL{H}: %s cell{angstrom} positions{angstrom}\n"
            .formatted(
                Arrays.stream(cell).mapToObj(Double::toString).collect(Collectors.joining(" "))));
    for (int k = 0; k < system.size(); k++) {
      xyz.append(Elements.symbol(system.type(k)));
      for (int d = 0; d < 3; d++) {
        xyz.append(' ').append(system.positions().at(3 * k + d));
      }
      xyz.append('\n');
    }
    Files.writeString(folder.resolve("init.xyz"), xyz);
    Files.writeString(
        folder.resolve("input.xml"),
        """
        <simulation verbosity='low'>
          <output prefix='run'>
            <properties filename='out' stride='1'> %s </properties>
          </output>
          <total_steps> %d </total_steps>
          <prng><seed> 1234 </seed></prng>
          %s
          <system>
            <initialize nbeads='%d'>
              <file mode='xyz'> init.xyz </file>
              %s
            </initialize>
            <forces><force forcefield='model'/></forces>
            <ensemble>
              <temperature units='kelvin'> 60 </temperature>
              <pressure units='bar'> 1 </pressure>
            </ensemble>
            %s
          </system>
        </simulation>
        """
            .formatted(properties, steps, forceField, beads, movement, motion));
    Path log = folder.resolve("i-pi.log");
    ProcessBuilder builder =
        // by name: its first line cannot name an interpreter in a path with a space
        new ProcessBuilder(
                Peers.program("python").toString(), Peers.program("i-pi").toString(), "input.xml")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.start();
    boolean ended = process.waitFor(200, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertTrue(ended, "i-PI takes too long");
    assertEquals(0, process.exitValue(), Files.readString(log));
  }

  /** Returns the rows of properties that were asked for. */
  List<double[]> properties() throws IOException {
    try (var lines = Files.lines(folder.resolve("run.out"))) {
      return lines
          .filter(line -> !line.startsWith("#"))
          .map(
              line ->
                  Arrays.stream(line.strip().split("\\s+"))
                      .mapToDouble(Double::parseDouble)
                      .toArray())
          .toList();
    }
  }

  /** Returns the numbers of the first element of a name in the file from which a run goes on. */
  double[] restart(String name) throws IOException {
    String restart = Files.readString(folder.resolve("RESTART"));
    Matcher element =
        Pattern.compile("<%s shape[^>]*>\\s*\\[([^]]*)]".formatted(name)).matcher(restart);
    assertTrue(element.find(), () -> "no " + name + " in " + restart);
    return Arrays.stream(element.group(1).strip().split("[,\\s]+"))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }
}
