package org.cotangent.atomistic.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cotangent.atomistic.Peers;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.dynamics.MolecularDynamics;
import org.cotangent.atomistic.dynamics.MotionState;
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
import org.cotangent.atomistic.potentials.LennardJones;
import org.cotangent.atomistic.potentials.PairPotential;
import org.cotangent.atomistic.potentials.PotentialModel;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** i-PI, with {@code cotangent serve} as its force field. */
@Timeout(300)
class IpiEngineTest {
  @TempDir Path folder;

  private IpiProgram ipi;

  @BeforeEach
  void prepare() {
    ipi = new IpiProgram(folder);
  }

  @Test
  void twoClientsServeFourBeads() throws Exception {
    Path model = EngineFiles.networks(folder);
    System start = SmallSystems.molecule();
    Path template = folder.resolve("start.xyz");
    EngineStructures.write(template, List.of(start));
    List<Serving> servers = new ArrayList<>();
    for (int k = 0; k < 2; k++) {
      servers.add(Serving.unix(model, template, "beads"));
    }
    ipi.run(
        start,
        new double[] {30, 0, 0, 0, 30, 0, 0, 0, 30},
        4,
        IpiProgram.socket("beads"),
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
    List<double[]> rows = ipi.properties();
    assertEquals(51, rows.size());
    double first = rows.getFirst()[2];
    for (double[] row : rows) {
      assertEquals(first, row[2], 2e-4, "the conserved energy at step " + row[0]);
    }
  }

  @Test
  void dynamicsOfAPicosecondAreOurs() throws Exception {
    System start = SmallSystems.molecule();
    MotionState state = MotionState.thermal(start, 100, 3);
    Path template = folder.resolve("start.xyz");
    EngineStructures.write(template, List.of(start));
    Serving server = Serving.unix(EngineFiles.networks(folder), template, "nve");
    ipi.run(
        state,
        IpiProgram.socket("nve"),
        """
        <motion mode='dynamics'>
          <fixcom> False </fixcom>
          <dynamics mode='nve'><timestep units='femtosecond'> 0.5 </timestep></dynamics>
        </motion>
        """,
        "[ step, conserved{electronvolt} ]",
        2000);
    server.output();
    MolecularDynamics ours = new MolecularDynamics(EngineFiles.NETWORKS, state, 0.5);
    List<double[]> rows = ipi.properties();
    assertEquals(2001, rows.size());
    double first = ours.totalEnergy();
    double largest = 0;
    for (double[] row : rows) {
      // the constants of both programs differ in the eighth digit
      assertEquals(ours.totalEnergy() - first, row[1] - rows.getFirst()[1], 1e-5, "step " + row[0]);
      largest = Math.max(largest, Math.abs(ours.totalEnergy() - first));
      ours.advance();
    }
    assertTrue(largest > 1e-5, "the energy fluctuates, so the comparison says something");
  }

  @Test
  void argonUnderPressureKeepsWhatItShould() throws Exception {
    Path model = EngineFiles.argon(folder);
    System crystal = EngineStructures.argon(2);
    Path template = folder.resolve("argon.xyz");
    EngineStructures.write(template, List.of(crystal));
    Serving server = Serving.unix(model, template, "npt");
    ipi.run(
        crystal,
        crystal.cell().toDoubleArray(),
        1,
        IpiProgram.socket("npt"),
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
    List<double[]> rows = ipi.properties();
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
    double[] cell = ipi.restart("cell");
    double[] places = ipi.restart("q");
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
                "while [ ! -S %s ]; do sleep 0.1; done; exec '%s' '%s' -m harmonic -u -a %s -o %s"
                    .formatted(
                        IpiAddress.PREFIX + Serving.socketName("theirs"),
                        Peers.program("python"),
                        Peers.program("i-pi-driver-py"),
                        Serving.socketName("theirs"),
                        k))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("driver.log").toFile())
            .start();
    List<double[]> theirs;
    try {
      ipi.run(
          atoms,
          IpiProgram.NO_BOX,
          1,
          IpiProgram.socket("theirs"),
          IpiProgram.NVE,
          IpiProgram.ENERGIES,
          100);
      theirs = ipi.properties();
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
    IpiAddress address =
        new IpiAddress.Unix(Path.of(IpiAddress.PREFIX + Serving.socketName("ours")));
    CompletableFuture<Boolean> end =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return client.serve(new Connection(address, 60).open());
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    ipi.run(
        atoms,
        IpiProgram.NO_BOX,
        1,
        IpiProgram.socket("ours"),
        IpiProgram.NVE,
        IpiProgram.ENERGIES,
        100);
    assertTrue(end.get(30, TimeUnit.SECONDS));
    assertSameRuns(theirs, ipi.properties());
  }

  @Test
  void reproducesTheLennardJonesOfIpi() throws Exception {
    System cluster =
        System.molecule(
            new int[] {18, 18, 18, 18},
            Tensor.of(new double[] {0, 0, 0, 3.8, 0, 0, 1.9, 3.4, 0, 1.9, 1.1, 3.2}, 4, 3));
    // without a cutoff there; ours is so far away that it does not matter
    LennardJones interaction = LennardJones.shifted(0.0103, 3.405, 1000);
    ipi.run(
        cluster,
        IpiProgram.NO_BOX,
        1,
        "<fflj name='model' pbc='false'><parameters>{eps: %s, sigma: %s}</parameters></fflj>"
            .formatted(
                interaction.epsilon() / EngineUnits.IPI.energy(),
                interaction.sigma() / EngineUnits.IPI.length()),
        IpiProgram.NVE,
        IpiProgram.ENERGIES,
        200);
    List<double[]> theirs = ipi.properties();
    Path model = folder.resolve("cluster.cot");
    ModelFile.write(
        model,
        PotentialModel.wrap(
            PairPotential.of(List.of(18), interaction), ModelMetadata.of("cluster", "")));
    Path template = folder.resolve("cluster.xyz");
    EngineStructures.write(template, List.of(cluster));
    Serving server = Serving.unix(model, template, "lj");
    ipi.run(
        cluster,
        IpiProgram.NO_BOX,
        1,
        IpiProgram.socket("lj"),
        IpiProgram.NVE,
        IpiProgram.ENERGIES,
        200);
    server.output();
    assertSameRuns(theirs, ipi.properties());
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
}
