package org.cotangent.atomistic.potentials;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.dynamics.MolecularDynamics;
import org.cotangent.atomistic.dynamics.MotionState;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PairPotentialTest {
  private static final int[] TYPES = {6, 8, 6, 14, 8};
  private static final List<Integer> KNOWN = List.of(6, 8, 14);
  private static final double EDGE = 5.1;

  static Stream<PairInteraction> interactions() {
    return Stream.of(
        LennardJones.shifted(0.03, 2.1, 6.3),
        LennardJones.smooth(0.03, 2.1, 4.2, 6.3),
        Morse.of(0.4, 3.1, 2.3, 1.4, 2.4),
        Zbl.of(1.5, 4.5));
  }

  /**
   * Atoms on a disturbed lattice, so that none are close, in a skewed cell smaller than cutoffs.
   */
  private static System crystal(long seed) {
    Random random = new Random(seed);
    double[] sites = {0, 0, 0, .5, .5, 0, .5, 0, .5, 0, .5, .5, .5, .5, .5};
    double[] cell = {EDGE, 0.2, -0.3, 0.4, EDGE, 0.1, -0.2, 0.3, EDGE};
    double[] positions = new double[3 * TYPES.length];
    for (int i = 0; i < TYPES.length; i++) {
      for (int k = 0; k < 3; k++) {
        positions[3 * i + k] = 0.2 * (random.nextDouble() - 0.5);
        for (int a = 0; a < 3; a++) {
          positions[3 * i + k] += sites[3 * i + a] * cell[3 * a + k];
        }
      }
    }
    return new System(
        TYPES,
        Tensor.of(positions, TYPES.length, 3),
        Tensor.of(cell, 3, 3),
        new boolean[] {true, true, true});
  }

  private static EnergyDerivatives of(PairInteraction interaction, System system) {
    return EnergyDerivatives.of(PairPotential.of(KNOWN, interaction), List.of(system));
  }

  private static double energy(PairInteraction interaction, System system) {
    return of(interaction, system).energies().at(0);
  }

  @ParameterizedTest
  @MethodSource("interactions")
  void movingAllAtomsChangesNothing(PairInteraction interaction) {
    System system = crystal(1);
    Tensor step = Tensor.of(new double[] {0.7, -11.3, 2.9});
    EnergyDerivatives before = of(interaction, system);
    EnergyDerivatives after = of(interaction, system.withPositions(system.positions().add(step)));
    assertEquals(before.energies().at(0), after.energies().at(0), 1e-11);
    assertClose(before.forces(), after.forces(), 1e-10);
    assertArrayEquals(
        new double[3], before.forces().sum(0).toDoubleArray(), 1e-11, "the forces' sum");
  }

  @ParameterizedTest
  @MethodSource("interactions")
  void turningTheSystemTurnsForcesAndStress(PairInteraction interaction) {
    double c = Math.cos(0.8);
    double s = Math.sin(0.8);
    Tensor rotation = Tensor.of(new double[] {c, s, 0, -s, c, 0, 0, 0, 1}, 3, 3);
    System system = crystal(2);
    EnergyDerivatives before = of(interaction, system);
    EnergyDerivatives after =
        of(
            interaction,
            new System(
                TYPES,
                system.positions().matmul(rotation),
                system.cell().matmul(rotation),
                system.pbc()));
    assertEquals(before.energies().at(0), after.energies().at(0), 1e-11);
    assertClose(before.forces().matmul(rotation), after.forces(), 1e-10);
    Tensor turned = rotation.transposedMatmul(before.stress(0)).matmul(rotation);
    assertClose(turned, after.stress(0), 1e-11);
  }

  @ParameterizedTest
  @MethodSource("interactions")
  void theOrderOfAtomsDoesNotMatter(PairInteraction interaction) {
    System system = crystal(3);
    int[] order = {3, 1, 4, 0, 2};
    int[] types = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      types[i] = TYPES[order[i]];
    }
    EnergyDerivatives before = of(interaction, system);
    EnergyDerivatives after =
        of(
            interaction,
            new System(types, system.positions().rows(order), system.cell(), system.pbc()));
    assertClose(before.atomicEnergies().rows(order), after.atomicEnergies(), 1e-12);
    assertClose(before.forces().rows(order), after.forces(), 1e-11);
  }

  @ParameterizedTest
  @MethodSource("interactions")
  void twoCellsHaveTwiceTheEnergyAndTheSameStress(PairInteraction interaction) {
    System system = crystal(4);
    Tensor first = system.cell().rows(0);
    int[] types = new int[2 * TYPES.length];
    java.lang.System.arraycopy(TYPES, 0, types, 0, TYPES.length);
    java.lang.System.arraycopy(TYPES, 0, types, TYPES.length, TYPES.length);
    System twice =
        new System(
            types,
            Tensor.concatenate(0, List.of(system.positions(), system.positions().add(first))),
            Tensor.concatenate(0, List.of(first.multiply(2), system.cell().rows(1, 2))),
            system.pbc());
    EnergyDerivatives small = of(interaction, system);
    EnergyDerivatives large = of(interaction, twice);
    assertEquals(2 * small.energies().at(0), large.energies().at(0), 1e-10);
    assertClose(small.stress(0), large.stress(0), 1e-11);
    assertClose(
        Tensor.concatenate(0, List.of(small.forces(), small.forces())), large.forces(), 1e-10);
  }

  @ParameterizedTest
  @MethodSource("interactions")
  void forcesAreMinusTheSlopeOfTheEnergy(PairInteraction interaction) {
    System system = crystal(5);
    Tensor forces = of(interaction, system).forces();
    double[] positions = system.positions().toDoubleArray();
    double step = 1e-4;
    for (int k = 0; k < positions.length; k++) {
      double at = positions[k];
      double[] e = new double[4];
      double[] moves = {-2 * step, -step, step, 2 * step};
      for (int m = 0; m < 4; m++) {
        positions[k] = at + moves[m];
        e[m] = energy(interaction, system.withPositions(Tensor.of(positions, TYPES.length, 3)));
      }
      positions[k] = at;
      double slope = (e[0] - 8 * e[1] + 8 * e[2] - e[3]) / (12 * step);
      assertEquals(-slope, forces.at(k), 1e-8 * (1 + Math.abs(slope)), "coordinate " + k);
    }
  }

  @ParameterizedTest
  @MethodSource("interactions")
  void strainGradientsAreTheSlopeOfTheEnergyUnderStrain(PairInteraction interaction) {
    System system = crystal(6);
    Tensor expected = of(interaction, system).strainGradients().getFirst();
    double step = 1e-4;
    for (int k = 0; k < 9; k++) {
      double[] e = new double[4];
      double[] moves = {-2 * step, -step, step, 2 * step};
      for (int m = 0; m < 4; m++) {
        double[] d = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        d[k] += moves[m];
        Tensor deformation = Tensor.of(d, 3, 3);
        e[m] =
            energy(
                interaction,
                new System(
                    TYPES,
                    system.positions().matmul(deformation),
                    system.cell().matmul(deformation),
                    system.pbc()));
      }
      double slope = (e[0] - 8 * e[1] + 8 * e[2] - e[3]) / (12 * step);
      assertEquals(slope, expected.at(k), 1e-8 * (1 + Math.abs(slope)), "entry " + k);
    }
  }

  @Test
  void theRepulsionOfNucleiFollowsTheUniversalScreening() {
    double r = 0.35;
    double a = 0.46850 / (Math.pow(6, 0.23) + Math.pow(14, 0.23));
    double x = r / a;
    double phi =
        0.18175 * Math.exp(-3.19980 * x)
            + 0.50986 * Math.exp(-0.94229 * x)
            + 0.28022 * Math.exp(-0.40290 * x)
            + 0.02817 * Math.exp(-0.20162 * x);
    // e²/(4πε₀) from e = 1.602176634e-19 C and ε₀ = 8.8541878128e-12 F/m
    double coulomb = 1.602176634e-19 / (4 * Math.PI * 8.8541878128e-12) * 1e10;
    System dimer =
        System.molecule(new int[] {6, 14}, Tensor.of(new double[] {0, 0, 0, 0, r, 0}, 2, 3));
    double expected = coulomb * 6 * 14 / r * phi;
    assertEquals(expected, energy(Zbl.of(1, 2), dimer), 1e-9 * expected);
  }

  @Test
  void energyIsConservedInDynamics() {
    System system = crystal(7);
    MolecularDynamics run =
        new MolecularDynamics(
            PairPotential.of(KNOWN, LennardJones.smooth(0.05, 2.1, 4.2, 6.3)),
            MotionState.thermal(system, 100, 8),
            0.5);
    double start = run.totalEnergy();
    double kinetic = run.kineticEnergy();
    double largest = 0;
    for (int step = 0; step < 100; step++) {
      run.advance();
      largest = Math.max(largest, Math.abs(run.totalEnergy() - start));
    }
    assertTrue(Math.abs(run.kineticEnergy() - kinetic) > 1e-3, "the atoms should have moved");
    assertTrue(largest < 1e-2 * Math.abs(run.kineticEnergy() - kinetic), "drift " + largest);
  }

  @Test
  void computesInSinglePrecisionWhenAskedTo() {
    PairInteraction interaction = LennardJones.shifted(0.03, 2.1, 6.3);
    PairPotential single = new PairPotential(KNOWN, interaction, DType.FLOAT32);
    EnergyDerivatives found = EnergyDerivatives.of(single, List.of(crystal(9)));
    double expected = energy(interaction, crystal(9));
    assertEquals(expected, found.energies().at(0), 1e-4 * Math.abs(expected));
    assertTrue(found.energies().at(0) != expected, "rounding should show");
  }

  private static void assertClose(Tensor expected, Tensor actual, double tolerance) {
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray(), tolerance);
  }
}
