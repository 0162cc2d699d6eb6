package org.cotangent.atomistic.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cotangent.atomistic.Peers;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.engine.ipi.Connection;
import org.cotangent.atomistic.engine.ipi.IpiAddress;
import org.cotangent.atomistic.engine.ipi.IpiClient;
import org.cotangent.atomistic.model.AtomisticModel;
import org.cotangent.atomistic.model.Model;
import org.cotangent.atomistic.model.ModelCapabilities;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.model.ModelOutput;
import org.cotangent.atomistic.model.OutputRows;
import org.cotangent.atomistic.model.SampleKind;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.potentials.EnergyDerivatives;
import org.cotangent.atomistic.potentials.LennardJones;
import org.cotangent.atomistic.potentials.PairPotential;
import org.cotangent.atomistic.potentials.PotentialModel;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** i-PI, with {@code cotangent serve} as its force field. */
@Timeout(300)
class IpiEngineTest {
  @TempDir Path folder;

  private static String name(String suffix) {
    return "cotangent-%d-%s".formatted(ProcessHandle.current().pid(), suffix);
  }

  @ParameterizedTest
  @CsvSource({"unix, True, 1", "inet, True, 1", "unix, False, 1", "unix, True, 4"})
  void seesTheSameEnergiesForcesAndVirials(String mode, String consolidated, int batch)
      throws Exception {
    Path model = EngineFiles.networks(folder);
    Map<String, List<System>> kinds = EngineStructures.byKind();
    List<Serving> servers = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    int port = 20000 + (int) (ProcessHandle.current().pid() % 20000);
    for (Map.Entry<String, List<System>> kind : kinds.entrySet()) {
      Path file = folder.resolve(kind.getKey() + ".json");
      List<Map<String, double[]>> content = new ArrayList<>();
      for (System system : kind.getValue()) {
        content.add(
            Map.of(
                "positions", system.positions().toDoubleArray(),
                "cell", system.cell().toDoubleArray()));
      }
      new ObjectMapper().writeValue(file.toFile(), content);
      files.add(file);
      Path template = folder.resolve(kind.getKey() + ".xyz");
      EngineStructures.write(template, kind.getValue().subList(0, 1));
      List<String> where =
          mode.equals("unix")
              ? List.of("--unix", name(kind.getKey()))
              : List.of("--host", "localhost", "--port", String.valueOf(port + files.size()));
      List<String> arguments =
          new ArrayList<>(List.of(model.toString(), "--template", "" + template));
      arguments.addAll(where);
      servers.add(new Serving(arguments.toArray(String[]::new)));
    }
    Path results = folder.resolve("results.json");
    List<Path> arguments =
        new ArrayList<>(List.of(results, Path.of(name("")), Path.of(mode), Path.of("" + port)));
    arguments.add(Path.of(consolidated));
    arguments.add(Path.of("" + batch));
    arguments.addAll(files);
    Peers.python(
        folder,
        "import sys, json, os, time, numpy as np; from ipi.engine.forcefields import FFSocket; from ipi.interfaces.sockets import InterfaceSocket; from ipi.engine.atoms import Atoms; from ipi.engine.cell import GenericCell; from ipi.utils.units import unit_to_internal",
        """
        out, name, mode, port, consolidated, batch = sys.argv[1:7]
        angstrom = unit_to_internal('length', 'angstrom', 1.0)
        ev = unit_to_internal('energy', 'electronvolt', 1.0)
        results = {}
        for number, file in enumerate(sys.argv[7:]):
            kind = os.path.basename(file)[:-5]
            interface = InterfaceSocket(
                address=name + kind if mode == 'unix' else 'localhost', port=int(port) + number + 1, mode=mode,
                consolidate_messages=consolidated == 'True', batch_size=int(batch), timeout=60)
            socket = FFSocket(name=kind, interface=interface, dopbc=False)
            socket.start()
            requests = []
            for one in json.load(open(file)):
                rows = np.reshape(one['cell'], (3, 3)) * angstrom
                class Cell: pass
                cell = Cell()
                cell.h = rows.T.copy()
                cell.ih = np.linalg.pinv(cell.h)
                atoms = Atoms(len(one['positions']) // 3)
                atoms.q[:] = np.array(one['positions']) * angstrom
                requests.append(socket.queue(atoms, cell, reqid=len(requests)))
            while any(r['status'] != 'Done' for r in requests):
                time.sleep(0.01)
            results[kind] = [{'energy': r['result'][0] / ev, 'forces': (np.array(r['result'][1]) * angstrom / ev).tolist(),
                              'virial': (np.array(r['result'][2]) / ev).ravel().tolist()} for r in requests]
            socket.stop()
        json.dump(results, open(out, 'w'))
        os._exit(0)
        """,
        arguments.toArray(Path[]::new));
    for (Serving server : servers) {
      server.output();
    }
    JsonNode found = new ObjectMapper().readTree(results.toFile());
    for (Map.Entry<String, List<System>> kind : kinds.entrySet()) {
      for (int k = 0; k < kind.getValue().size(); k++) {
        System system = kind.getValue().get(k);
        EnergyDerivatives expected = EnergyDerivatives.of(EngineFiles.NETWORKS, List.of(system));
        JsonNode one = found.get(kind.getKey()).get(k);
        String where = kind.getKey() + " " + k;
        double energy = expected.energies().at(0);
        assertEquals(energy, one.get("energy").asDouble(), 1e-9 * Math.abs(energy), where);
        assertClose(expected.forces(), one.get("forces"), where + ", forces");
        Tensor virial = expected.strainGradients().getFirst().negate();
        assertClose(virial, one.get("virial"), where + ", virial");
      }
    }
  }

  private static void assertClose(Tensor expected, JsonNode found, String where) {
    assertEquals(expected.size(), found.size(), where);
    double largest = 0;
    for (int k = 0; k < expected.size(); k++) {
      largest = Math.max(largest, Math.abs(expected.at(k)));
    }
    for (int k = 0; k < expected.size(); k++) {
      assertEquals(expected.at(k), found.get(k).asDouble(), 1e-9 * largest, where + " " + k);
    }
  }

  @Test
  void twoClientsServeFourBeads() throws Exception {
    Path model = EngineFiles.networks(folder);
    System start = SmallSystems.molecule();
    Path template = folder.resolve("start.xyz");
    EngineStructures.write(template, List.of(start));
    List<Serving> servers = new ArrayList<>();
    for (int k = 0; k < 2; k++) {
      servers.add(
          new Serving(
              model.toString(), "--template", template.toString(), "--unix", name("beads")));
    }
    run(
        start,
        new double[] {30, 0, 0, 0, 30, 0, 0, 0, 30},
        4,
        socket("beads"),
        """
        <motion mode='dynamics'>
          <dynamics mode='nve'><timestep units='femtosecond'> 0.25 </timestep></dynamics>
        </motion>
        """,
        "[ step, time, conserved, potential, kinetic_md ]",
        50);
    long[] served = new long[2];
    for (int k = 0; k < 2; k++) {
      String output = servers.get(k).output();
      served[k] = Long.parseLong(output.replaceAll("(?s).*?(\\d+) configurations.*", "$1"));
    }
    assertEquals(4 * 51, served[0] + served[1]);
    assertTrue(served[0] > 0 && served[1] > 0, "both were used: " + served[0] + ", " + served[1]);
    List<double[]> rows = properties();
    assertEquals(51, rows.size());
    double first = rows.getFirst()[2];
    for (double[] row : rows) {
      assertEquals(first, row[2], 2e-4, "the conserved energy at step " + row[0]);
    }
  }

  @Test
  void argonUnderPressureKeepsWhatItShould() throws Exception {
    Path model = EngineFiles.argon(folder);
    double[] positions = new double[3 * 32];
    int[] types = new int[32];
    java.util.Arrays.fill(types, 18);
    for (int k = 0; k < 32; k++) {
      int[] cell = {k >> 4 & 1, k >> 3 & 1, k >> 2 & 1};
      for (int d = 0; d < 3; d++) {
        boolean face = (k & 3) != 0 && (k & 3) != d + 1;
        positions[3 * k + d] = 5.4 * (cell[d] + (face ? 0.5 : 0));
      }
    }
    double[] box = {10.8, 0, 0, 0, 10.8, 0, 0, 0, 10.8};
    System crystal =
        new System(
            types,
            Tensor.of(positions, 32, 3),
            Tensor.of(box, 3, 3),
            new boolean[] {true, true, true});
    Path template = folder.resolve("argon.xyz");
    EngineStructures.write(template, List.of(crystal));
    Serving server =
        new Serving(model.toString(), "--template", template.toString(), "--unix", name("npt"));
    run(
        crystal,
        box,
        1,
        socket("npt"),
        """
        <motion mode='dynamics'>
          <dynamics mode='npt'>
            <timestep units='femtosecond'> 2 </timestep>
            <thermostat mode='langevin'> <tau units='femtosecond'> 100 </tau> </thermostat>
            <barostat mode='isotropic'>
              <tau units='femtosecond'> 200 </tau>
              <thermostat mode='langevin'> <tau units='femtosecond'> 100 </tau> </thermostat>
            </barostat>
          </dynamics>
        </motion>
        """,
        "[ step, time, conserved, potential, volume, pressure_md, kinetic_md ]",
        100);
    server.output();
    List<double[]> rows = properties();
    assertEquals(101, rows.size());
    double largest = 0;
    for (double[] row : rows) {
      assertEquals(rows.getFirst()[2], row[2], 2e-4, "the conserved energy at step " + row[0]);
      largest = Math.max(largest, Math.abs(row[4] / rows.getFirst()[4] - 1));
    }
    assertTrue(largest > 1e-3, "the volume changes, so the virial matters");
    double[] last = rows.getLast();
    double virial = last[5] - 2.0 / 3 * last[6] / last[4]; // what is not kinetic, Hartree/bohr³
    assertEquals(1, pressureOfLammps() / virial, 1e-6, "the pressure of the last configuration");
  }

  /** The pressure of atoms at rest by LAMMPS' own {@code lj/cut}, where i-PI ended. */
  private double pressureOfLammps() throws Exception {
    String restart = Files.readString(folder.resolve("RESTART"));
    double[] cell = numbers(restart, "cell");
    double[] places = numbers(restart, "q");
    double angstrom = EngineUnits.IPI.length();
    StringBuilder data = new StringBuilder("argon\n\n32 atoms\n1 atom types\n");
    for (int d = 0; d < 3; d++) {
      data.append("0 %s %2$slo %2$shi\n".formatted(cell[4 * d] * angstrom, "xyz".charAt(d)));
    }
    data.append("\nMasses\n\n1 39.9\n\nAtoms # atomic\n\n");
    for (int i = 0; i < 32; i++) {
      data.append("%d 1".formatted(i + 1));
      for (int d = 0; d < 3; d++) {
        data.append(' ').append(places[3 * i + d] * angstrom);
      }
      data.append('\n');
    }
    Files.writeString(folder.resolve("argon.data"), data);
    Files.writeString(
        folder.resolve("in.argon"),
        """
        units metal
        boundary p p p
        read_data argon.data
        pair_style lj/cut 8
        pair_coeff * * 0.0103 3.405
        variable p equal press
        run 0
        print "$(v_p:%.15g)" file pressure
        """);
    ProcessBuilder builder =
        new ProcessBuilder(Peers.program("lmp").toString(), "-in", "in.argon")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("lammps.log").toFile());
    Path venv = Peers.program("lmp").getParent().getParent();
    builder.environment().put("LD_LIBRARY_PATH", venv.resolve("lib").toString());
    builder.environment().put("OMP_NUM_THREADS", "1");
    assertEquals(0, builder.start().waitFor(), () -> read(folder.resolve("lammps.log")));
    double bar = Double.parseDouble(Files.readString(folder.resolve("pressure")).strip());
    double evPerCubicAngstrom = bar / 1.6021765e6; // LAMMPS' own factor
    return evPerCubicAngstrom / EngineUnits.IPI.energy() * Math.pow(angstrom, 3);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }

  /** Returns the numbers of the first element of a name in i-PI's restart file. */
  private static double[] numbers(String restart, String name) {
    Matcher element =
        Pattern.compile("<%s shape[^>]*>\\s*\\[([^]]*)]".formatted(name)).matcher(restart);
    assertTrue(element.find(), () -> "no " + name + " in " + restart);
    return java.util.Arrays.stream(element.group(1).strip().split("[,\\s]+"))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private static String socket(String suffix) {
    return "<ffsocket name='model' mode='unix' pbc='false'><address> %s </address><latency> 1e-4 </latency></ffsocket>"
        .formatted(name(suffix));
  }

  private static final String NVE =
      """
      <motion mode='dynamics'>
        <dynamics mode='nve'><timestep units='femtosecond'> 1 </timestep></dynamics>
      </motion>
      """;

  private static final String ENERGIES =
      "[ step, time, conserved, potential, kinetic_md, temperature ]";

  private static final double[] NO_BOX = {100, 0, 0, 0, 100, 0, 0, 0, 100};

  /** A spring from each atom to the origin, with which i-PI's own tests run: E = ½ k x². */
  private record Harmonic(double k) implements Model {
    @Override
    public Map<String, TensorMap> evaluate(
        List<System> systems, Map<String, ModelOutput> outputs, @Nullable Labels selected) {
      Tensor positions = Tensor.concatenate(0, systems.stream().map(System::positions).toList());
      Tensor atomic = positions.square().sum(1).multiply(k / 2);
      return Map.of(
          "energy", OutputRows.of(systems, SampleKind.ATOM, selected).map("energy", atomic));
    }
  }

  @Test
  void reproducesTheHarmonicDriverOfIpi() throws Exception {
    System atoms =
        System.molecule(
            new int[] {1, 8}, Tensor.of(new double[] {0.3, -0.2, 0.1, -0.4, 0.5, 0.2}, 2, 3));
    double k = 0.12356216778762334; // Hartree/bohr²
    Process driver =
        new ProcessBuilder(
                "sh",
                "-c",
                "while [ ! -S %s ]; do sleep 0.1; done; exec %s -m harmonic -u -a %s -o %s"
                    .formatted(
                        IpiAddress.PREFIX + name("theirs"),
                        Peers.program("i-pi-driver-py"),
                        name("theirs"),
                        k))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("driver.log").toFile())
            .start();
    List<double[]> theirs;
    try {
      run(atoms, NO_BOX, 1, socket("theirs"), NVE, ENERGIES, 100);
      theirs = properties();
    } finally {
      driver.destroyForcibly();
    }
    EngineUnits units = EngineUnits.IPI;
    SequencedMap<String, ModelOutput> outputs = new LinkedHashMap<>();
    outputs.put("energy", ModelOutput.of("eV", SampleKind.ATOM));
    AtomisticModel model =
        new AtomisticModel(
            new Harmonic(k * units.energy() / units.length() / units.length()),
            ModelMetadata.of("harmonic", ""),
            new ModelCapabilities(
                outputs, List.of(1, 8), 0, "angstrom", List.of("cpu"), DType.FLOAT64));
    IpiClient client =
        new IpiClient(new EngineModel(model, EngineOptions.of(units)), Configuration.of(atoms));
    IpiAddress address = new IpiAddress.Unix(Path.of(IpiAddress.PREFIX + name("ours")));
    CompletableFuture<Boolean> end =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return client.serve(new Connection(address, 60).open());
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    run(atoms, NO_BOX, 1, socket("ours"), NVE, ENERGIES, 100);
    assertTrue(end.get(30, TimeUnit.SECONDS));
    assertSameRuns(theirs, properties());
  }

  @Test
  void reproducesTheLennardJonesOfIpi() throws Exception {
    System cluster =
        System.molecule(
            new int[] {18, 18, 18, 18},
            Tensor.of(new double[] {0, 0, 0, 3.8, 0, 0, 1.9, 3.4, 0, 1.9, 1.1, 3.2}, 4, 3));
    // without a cutoff there; ours is so far away that it does not matter
    LennardJones interaction = LennardJones.shifted(0.0103, 3.405, 1000);
    run(
        cluster,
        NO_BOX,
        1,
        "<fflj name='model' pbc='false'><parameters>{eps: %s, sigma: %s}</parameters></fflj>"
            .formatted(
                interaction.epsilon() / EngineUnits.IPI.energy(),
                interaction.sigma() / EngineUnits.IPI.length()),
        NVE,
        ENERGIES,
        200);
    List<double[]> theirs = properties();
    Path model = folder.resolve("cluster.cot");
    ModelFile.write(
        model,
        PotentialModel.wrap(
            PairPotential.of(List.of(18), interaction), ModelMetadata.of("cluster", "")));
    Path template = folder.resolve("cluster.xyz");
    EngineStructures.write(template, List.of(cluster));
    Serving server =
        new Serving(model.toString(), "--template", template.toString(), "--unix", name("lj"));
    run(cluster, NO_BOX, 1, socket("lj"), NVE, ENERGIES, 200);
    server.output();
    assertSameRuns(theirs, properties());
  }

  private static void assertSameRuns(List<double[]> theirs, List<double[]> ours) {
    assertEquals(theirs.size(), ours.size());
    for (int row = 0; row < theirs.size(); row++) {
      for (int k = 0; k < theirs.get(row).length; k++) {
        double expected = theirs.get(row)[k];
        // as many digits as i-PI writes
        assertEquals(expected, ours.get(row)[k], 2e-8 * Math.abs(expected) + 1e-14, row + ", " + k);
      }
    }
  }

  /** Runs i-PI to its end. */
  private void run(
      System system,
      double[] cell,
      int beads,
      String forceField,
      String motion,
      String properties,
      int steps)
      throws Exception {
    StringBuilder xyz = new StringBuilder(system.size() + "\n");
    xyz.append(
        "# CELL{H}: %s cell{angstrom} positions{angstrom}\n"
            .formatted(
                java.util.Arrays.stream(cell)
                    .mapToObj(Double::toString)
                    .collect(java.util.stream.Collectors.joining(" "))));
    for (int k = 0; k < system.size(); k++) {
      xyz.append(org.cotangent.atomistic.Elements.symbol(system.type(k)));
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
              <velocities mode='thermal' units='kelvin'> 60 </velocities>
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
            .formatted(properties, steps, forceField, beads, motion));
    Path log = folder.resolve("i-pi.log");
    ProcessBuilder builder =
        new ProcessBuilder(Peers.program("i-pi").toString(), "input.xml")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.start();
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), "i-PI takes too long");
    assertEquals(0, process.exitValue(), Files.readString(log));
  }

  private List<double[]> properties() throws Exception {
    try (var lines = Files.lines(folder.resolve("run.out"))) {
      return lines
          .filter(line -> !line.startsWith("#"))
          .map(
              line ->
                  java.util.Arrays.stream(line.strip().split("\\s+"))
                      .mapToDouble(Double::parseDouble)
                      .toArray())
          .toList();
    }
  }
}
