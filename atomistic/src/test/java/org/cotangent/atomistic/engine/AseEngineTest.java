package org.cotangent.atomistic.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.Peers;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.dynamics.MolecularDynamics;
import org.cotangent.atomistic.dynamics.MotionState;
import org.cotangent.atomistic.dynamics.Relaxation;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.potentials.EnergyDerivatives;
import org.cotangent.atomistic.potentials.LennardJones;
import org.cotangent.atomistic.potentials.PairPotential;
import org.cotangent.atomistic.potentials.PotentialModel;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ASE's socket calculator, with {@code cotangent serve} at the other end. */
@Timeout(300)
class AseEngineTest {
  private static final String IMPORTS =
      "import sys, json, numpy as np, ase, ase.io, ase.units; from ase.calculators.socketio import SocketIOCalculator";

  @TempDir Path folder;

  @Test
  void seesTheSameEnergiesForcesAndStresses() throws Exception {
    Path model = EngineFiles.networks(folder);
    Map<String, List<System>> kinds = EngineStructures.byKind();
    List<Serving> servers = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, List<System>> kind : kinds.entrySet()) {
      Path file = folder.resolve(kind.getKey() + ".xyz");
      EngineStructures.write(file, kind.getValue());
      files.add(file);
      servers.add(Serving.unix(model, file, kind.getKey()));
    }
    Path results = folder.resolve("results.json");
    List<Path> arguments = new ArrayList<>(List.of(results, Path.of(Serving.socketName(""))));
    arguments.addAll(files);
    Peers.python(
        folder,
        IMPORTS,
        """
        import os
        results = {}
        for file in sys.argv[3:]:
            kind = os.path.basename(file)[:-4]
            with SocketIOCalculator(unixsocket=sys.argv[2] + kind) as calculator:
                results[kind] = []
                for atoms in ase.io.read(file, ':', format='extxyz'):
                    atoms.calc = calculator
                    one = {'energy': float(atoms.get_potential_energy()), 'forces': atoms.get_forces().ravel().tolist()}
                    if atoms.pbc.all():
                        one['stress'] = atoms.get_stress(voigt=False).ravel().tolist()
                    results[kind].append(one)
        json.dump(results, open(sys.argv[1], 'w'))
        """,
        arguments.toArray(Path[]::new));
    for (Serving server : servers) {
      server.output();
    }
    JsonNode found = new ObjectMapper().readTree(results.toFile());
    for (Map.Entry<String, List<System>> kind : kinds.entrySet()) {
      for (int k = 0; k < kind.getValue().size(); k++) {
        EnergyDerivatives expected =
            EnergyDerivatives.of(EngineFiles.NETWORKS, List.of(kind.getValue().get(k)));
        JsonNode one = found.get(kind.getKey()).get(k);
        String where = kind.getKey() + " " + k;
        EngineResults.assertEnergyAndForces(expected, one, where);
        if (one.has("stress")) {
          EngineResults.assertClose(expected.stress(0), one.get("stress"), where + ", stress");
        }
      }
    }
  }

  @Test
  void dynamicsOfAPicosecondAreOurs() throws Exception {
    System start = SmallSystems.molecule();
    MotionState state = MotionState.thermal(start, 100, 3);
    Path file = folder.resolve("start.xyz");
    EngineStructures.write(file, List.of(start));
    Path velocities = folder.resolve("velocities.json");
    new ObjectMapper().writeValue(velocities.toFile(), state.velocities());
    Serving server = Serving.unix(EngineFiles.networks(folder), file, "md");
    Path results = folder.resolve("results.json");
    Peers.python(
        folder,
        IMPORTS + "; from ase.md.verlet import VelocityVerlet",
        """
        atoms = ase.io.read(sys.argv[1], format='extxyz')
        atoms.set_masses(json.loads(sys.argv[5]))
        atoms.set_velocities(np.reshape(json.load(open(sys.argv[2])), (-1, 3)) / ase.units.fs)
        energies = []
        with SocketIOCalculator(unixsocket=sys.argv[3]) as calculator:
            atoms.calc = calculator
            dynamics = VelocityVerlet(atoms, 0.5 * ase.units.fs)
            dynamics.attach(lambda: energies.append(atoms.get_total_energy()))
            dynamics.run(2000)
        json.dump({'energies': energies}, open(sys.argv[4], 'w'))
        """,
        file,
        velocities,
        Path.of(Serving.socketName("md")),
        results,
        Path.of(
            Arrays.toString(Arrays.stream(start.types()).mapToDouble(Elements::mass).toArray())));
    server.output();
    JsonNode energies = new ObjectMapper().readTree(results.toFile()).get("energies");
    MolecularDynamics ours = new MolecularDynamics(EngineFiles.NETWORKS, state, 0.5);
    double first = ours.totalEnergy();
    double largest = 0;
    for (int step = 0; step < 2000; step++) {
      // the units of time of both programs differ in the seventh digit
      assertEquals(
          ours.totalEnergy() - first,
          energies.get(step).asDouble() - energies.get(0).asDouble(),
          1e-5,
          "step " + step);
      ours.advance();
      largest = Math.max(largest, Math.abs(ours.totalEnergy() - first));
    }
    assertTrue(largest > 1e-5, "the energy fluctuates, so the comparison says something");
  }

  @Test
  void relaxesACellAndStartsAgain() throws Exception {
    Path file = folder.resolve("argon.xyz");
    System crystal =
        new System(
            new int[] {18, 18, 18, 18},
            Tensor.of(new double[] {0, 0, 0, 0, 2.7, 2.7, 2.7, 0, 2.7, 2.7, 2.7, 0.1}, 4, 3),
            Tensor.of(new double[] {5.4, 0, 0, 0, 5.4, 0, 0, 0, 5.4}, 3, 3),
            new boolean[] {true, true, true});
    EngineStructures.write(file, List.of(crystal));
    Serving server =
        Serving.unix(EngineFiles.argon(folder), file, "relax", "--reconnect", "--wait", "5");
    String output =
        Peers.python(
            folder,
            IMPORTS
                + "; from ase.optimize import BFGS; from ase.filters import FrechetCellFilter; from ase.calculators.lj import LennardJones",
            """
            atoms = ase.io.read(sys.argv[1], format='extxyz')
            for times in range(2):
                with SocketIOCalculator(unixsocket=sys.argv[2]) as calculator:
                    atoms.calc = calculator
                    atoms.rattle(0.05, seed=times)
                    optimizer = BFGS(FrechetCellFilter(atoms), logfile=None)
                    optimizer.run(fmax=1e-3, steps=100)
                    steps = optimizer.nsteps
                    ours = atoms.get_potential_energy(), atoms.cell.volume, abs(atoms.get_stress()).max()
            atoms.calc = LennardJones(epsilon=0.0103, sigma=3.405, rc=8.0)
            print(abs(ours[0] - atoms.get_potential_energy()), ours[1], ours[2], abs(atoms.get_stress()).max(), steps)
            """,
            file,
            Path.of(Serving.socketName("relax")));
    String served = server.output();
    String[] numbers = output.strip().split(" ");
    assertTrue(Double.parseDouble(numbers[0]) < 1e-10, output);
    assertEquals(5.24 * 5.24 * 5.24, Double.parseDouble(numbers[1]), 10, output);
    assertTrue(Double.parseDouble(numbers[2]) < 1e-4, output);
    assertEquals(Double.parseDouble(numbers[3]), Double.parseDouble(numbers[2]), 1e-10, output);
    assertTrue(Integer.parseInt(numbers[4]) < 100, output);
    // two, or three if it came too early and met the first server once more
    assertTrue(served.lines().filter(line -> line.startsWith("the server")).count() >= 2, served);
  }

  /** Carbon that holds together in sheets for a while, which is all that is needed here. */
  private static final PairPotential SHEETS =
      PairPotential.of(List.of(6), LennardJones.smooth(0.3, 1.27, 3.0, 4.5));

  /** A distorted cell of graphite. */
  private static System graphite() {
    double a = 2.5;
    double c = 6.5;
    double h = a * Math.sqrt(3) / 2;
    return new System(
        new int[] {6, 6, 6, 6},
        Tensor.of(
            new double[] {
              0, 0.05, 0, a / 2, h / 3, 0.1, -0.04, 0, c / 2, 0, 2 * h / 3 + 0.03, c / 2
            },
            4,
            3),
        Tensor.of(new double[] {a, 0, 0, -a / 2, h, 0.1, 0.05, 0, c}, 3, 3),
        new boolean[] {true, true, true});
  }

  /** Their cell would turn with what is not symmetric in the forces on it; ours does not. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void dampedDynamicsGoTheWayOfOurs(boolean cell) throws Exception {
    Path file = folder.resolve("graphite.xyz");
    EngineStructures.write(file, List.of(graphite()));
    Path model = folder.resolve("sheets.cot");
    ModelFile.write(model, PotentialModel.wrap(SHEETS, ModelMetadata.of("sheets", "Pairs.")));
    Serving server = Serving.unix(model, file, "fire" + cell);
    Path results = folder.resolve("results.json");
    int steps = 60;
    Peers.python(
        folder,
        IMPORTS + "; from ase.optimize import FIRE; from ase.filters import FrechetCellFilter",
        """
        class WithoutTurns(FrechetCellFilter):
            def get_forces(self, **options):
                forces = super().get_forces(**options)
                forces[-3:] = (forces[-3:] + forces[-3:].T) / 2
                return forces
        atoms = ase.io.read(sys.argv[1], format='extxyz')
        way = []
        with SocketIOCalculator(unixsocket=sys.argv[2]) as calculator:
            atoms.calc = calculator
            moved = WithoutTurns(atoms) if sys.argv[4] == 'true' else atoms
            for _ in FIRE(moved, logfile=None).irun(fmax=1e-9, steps=int(sys.argv[5])):
                way.append(atoms.positions.ravel().tolist() + atoms.cell.array.ravel().tolist())
        json.dump(way, open(sys.argv[3], 'w'))
        """,
        file,
        Path.of(Serving.socketName("fire" + cell)),
        results,
        Path.of("" + cell),
        Path.of("" + steps));
    server.output();
    JsonNode way = new ObjectMapper().readTree(results.toFile());
    assertEquals(steps + 1, way.size());
    Relaxation ours =
        new Relaxation(
            SHEETS,
            graphite(),
            new Relaxation.Settings(Relaxation.Method.FIRE, cell, 0, 1e-9, 1e-9));
    double farthest = 0;
    for (int step = 0; step <= steps; step++) {
      if (step > 0) {
        ours.advance();
      }
      double[] coordinates =
          DoubleStream.concat(
                  Arrays.stream(ours.system().positions().toDoubleArray()),
                  Arrays.stream(ours.system().cell().toDoubleArray()))
              .toArray();
      for (int k = 0; k < coordinates.length; k++) {
        double theirs = way.get(step).get(k).asDouble();
        assertEquals(theirs, coordinates[k], 1e-6, "step " + step + ", coordinate " + k);
        farthest = Math.max(farthest, Math.abs(theirs - way.get(0).get(k).asDouble()));
      }
    }
    assertTrue(farthest > 0.1, "they go somewhere: " + farthest);
  }

  @Test
  void phononsHaveTheForceConstantsOfOurHessian() throws Exception {
    System cell = EngineStructures.byKind().get("crystal").getFirst();
    System supercell = SmallSystems.repeated(cell, 2, 1, 1);
    Path file = folder.resolve("supercell.xyz");
    EngineStructures.write(file, List.of(supercell));
    Path unit = folder.resolve("cell.xyz");
    EngineStructures.write(unit, List.of(cell));
    Serving server = Serving.unix(EngineFiles.networks(folder), file, "phonons");
    Path results = folder.resolve("results.json");
    Peers.python(
        folder,
        IMPORTS + "; from ase.phonons import Phonons",
        """
        atoms = ase.io.read(sys.argv[1], format='extxyz')
        with SocketIOCalculator(unixsocket=sys.argv[2]) as calculator:
            phonons = Phonons(atoms, calculator, supercell=(2, 1, 1), delta=1e-3, name=sys.argv[4])
            phonons.run()
        phonons.read(symmetrize=0, acoustic=False)
        json.dump(phonons.C_N.tolist(), open(sys.argv[3], 'w'))
        """,
        unit,
        Path.of(Serving.socketName("phonons")),
        results,
        folder.resolve("displacements"));
    server.output();
    Tensor expected =
        Derivatives.hessian(
            positions -> {
              PairBlocks pairs =
                  new PairBlocks(
                      List.of(supercell.withPositions(positions)), EngineFiles.NETWORKS.cutoff());
              return EngineFiles.NETWORKS.atomicEnergies(pairs, pairs.positions()).sum();
            },
            supercell.positions());
    JsonNode found = new ObjectMapper().readTree(results.toFile());
    assertEquals(2, found.size(), "cells");
    int rows = 3 * cell.size();
    int columns = 2 * rows;
    double largest = Arrays.stream(expected.toDoubleArray()).map(Math::abs).max().orElseThrow();
    for (int m = 0; m < 2; m++) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < rows; j++) {
          assertEquals(
              expected.at(i * columns + m * rows + j),
              found.get(m).get(i).get(j).asDouble(),
              1e-5 * largest, // by differences of 0.001 Å
              "cell " + m + ", " + i + ", " + j);
        }
      }
    }
  }
}
