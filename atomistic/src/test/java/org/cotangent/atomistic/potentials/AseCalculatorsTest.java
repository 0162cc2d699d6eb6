package org.cotangent.atomistic.potentials;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.cotangent.atomistic.Peers;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.XyzWriter;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Energies of systems and atoms, forces and stresses of ASE's calculators on random systems. */
class AseCalculatorsTest {
  @TempDir Path folder;

  /** Crystals with displaced atoms, half of them smaller than the cutoff, and molecules. */
  private static List<System> systems() {
    Random random = new Random(5);
    List<System> systems = new ArrayList<>();
    for (int k = 0; k < 20; k++) {
      int n = 1 + k % 3;
      double[] positions = new double[3 * n * n * n];
      for (int i = 0; i < n * n * n; i++) {
        int[] site = {i % n, i / n % n, i / (n * n)};
        for (int a = 0; a < 3; a++) {
          positions[3 * i + a] = 2.7 * site[a] + 0.3 * random.nextGaussian();
        }
      }
      boolean periodic = k % 2 == 0;
      double[] cell = new double[9];
      for (int j = 0; j < 9 && periodic; j++) {
        cell[j] = (j % 4 == 0 ? 2.7 * n : 0) + 0.2 * random.nextGaussian();
      }
      systems.add(
          new System(
              java.util.stream.IntStream.generate(() -> 18).limit(n * n * n).toArray(),
              Tensor.of(positions, n * n * n, 3),
              Tensor.of(cell, 3, 3),
              new boolean[] {periodic, periodic, periodic}));
    }
    return systems;
  }

  private void compare(PairInteraction interaction, String calculator) throws Exception {
    Path xyz = folder.resolve("systems.xyz");
    Path json = folder.resolve("results.json");
    List<System> systems = systems();
    XyzWriter.write(
        xyz, systems.stream().map(system -> new Frame(system, Map.of(), Map.of())).toList());
    Peers.python(
        folder,
        "import sys, json, numpy as np, ase.io, ase.calculators.lj, ase.calculators.morse",
        """
        results = []
        for a in ase.io.read(sys.argv[1], ':', format='extxyz'):
            a.calc = ase.calculators.%s
            results.append({'energy': float(a.get_potential_energy()), 'forces': a.get_forces().ravel().tolist(),
                            'energies': np.asarray(a.get_potential_energies(), float).tolist(),
                            'stress': a.get_stress().tolist() if a.pbc.all() else []})
        json.dump(results, open(sys.argv[2], 'w'))
        """
            .formatted(calculator),
        xyz,
        json);
    JsonNode expected = new ObjectMapper().readTree(Files.readString(json));
    PairPotential potential = PairPotential.of(List.of(18), interaction);
    for (int k = 0; k < systems.size(); k++) {
      EnergyDerivatives found = EnergyDerivatives.of(potential, List.of(systems.get(k)));
      JsonNode node = expected.get(k);
      double scale = 1 + Math.abs(node.get("energy").doubleValue());
      String where = "system " + k;
      assertEquals(node.get("energy").doubleValue(), found.energies().at(0), 1e-12 * scale, where);
      assertClose(node.get("energies"), found.atomicEnergies(), where + ", energies");
      assertClose(node.get("forces"), found.forces(), where + ", forces");
      if (systems.get(k).pbc(0)) {
        assertClose(node.get("stress"), found.stressVoigt(0), where + ", stress");
      }
    }
  }

  private static void assertClose(JsonNode expected, Tensor found, String where) {
    double[] values =
        StreamSupport.stream(expected.spliterator(), false)
            .mapToDouble(JsonNode::doubleValue)
            .toArray();
    double largest = java.util.Arrays.stream(values).map(Math::abs).max().orElse(0);
    assertArrayEquals(values, found.toDoubleArray(), 1e-12 * (1 + largest), where);
  }

  @Test
  void lennardJonesIsShifted() throws Exception {
    compare(
        LennardJones.shifted(0.0104, 2.4, 6.1),
        "lj.LennardJones(epsilon=0.0104, sigma=2.4, rc=6.1, smooth=False)");
  }

  @Test
  void lennardJonesIsSmooth() throws Exception {
    compare(
        LennardJones.smooth(0.0104, 2.4, 4.3, 6.1),
        "lj.LennardJones(epsilon=0.0104, sigma=2.4, rc=6.1, ro=4.3, smooth=True)");
  }

  @Test
  void morseEndsAsAseDoes() throws Exception {
    compare(
        Morse.of(0.7, 5.5, 2.8, 1.5, 2.2),
        "morse.MorsePotential(epsilon=0.7, rho0=5.5, r0=2.8, rcut1=1.5, rcut2=2.2)");
  }
}
