package org.cotangent.atomistic.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.potentials.EnergyDerivatives;
import org.cotangent.atomistic.potentials.LennardJones;
import org.cotangent.atomistic.potentials.PairPotential;
import org.cotangent.atomistic.potentials.Potential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Minima of the energy of argon-like atoms that see their nearest neighbors only. */
class RelaxationTest {
  private static final double EPSILON = 0.05;
  private static final double SIGMA = 3.4;

  /** Neighbors in the crystal are 1.12 σ apart, the next ones 1.59 σ, beyond the cutoff. */
  private static final Potential ARGON =
      PairPotential.of(
          List.of(18), LennardJones.smooth(EPSILON, SIGMA, 1.35 * SIGMA, 1.45 * SIGMA));

  private static final double NEIGHBOR = Math.pow(2, 1.0 / 6) * SIGMA;

  private static Relaxation.Settings settings(
      Relaxation.Method method, boolean cell, double pressure) {
    return new Relaxation.Settings(method, cell, pressure, 1e-6, 1e-8);
  }

  /** Four atoms in a cubic cell whose neighbors would be so far apart, all of it distorted. */
  private static System distorted(double neighbor) {
    double a = Math.sqrt(2) * neighbor;
    double[] positions = {0, 0, 0, 0, a / 2, a / 2, a / 2, 0, a / 2, a / 2, a / 2, 0};
    Random random = new Random(3);
    Tensor strain = SmallSystems.noise(random, 0.02, 3, 3);
    System cubic =
        new System(
            new int[] {18, 18, 18, 18},
            Tensor.of(positions, 4, 3),
            Tensor.of(new double[] {a, 0, 0, 0, a, 0, 0, 0, a}, 3, 3),
            new boolean[] {true, true, true});
    System skewed =
        SmallSystems.mapped(
            cubic, Tensor.of(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3).add(strain));
    return skewed.withPositions(skewed.positions().add(SmallSystems.noise(random, 0.1, 4, 3)));
  }

  private static Relaxation relaxed(
      Potential potential, System start, Relaxation.Settings settings) {
    Relaxation run = new Relaxation(potential, start, settings);
    while (!run.converged()) {
      assertTrue(run.step() < 1000, "force " + run.largestForce() + " eV/Å");
      run.advance();
    }
    return run;
  }

  @ParameterizedTest
  @EnumSource
  void aCrystalTakesItsLatticeConstant(Relaxation.Method method) {
    Relaxation run = relaxed(ARGON, distorted(1.05 * NEIGHBOR), settings(method, true, 0));
    assertEquals(-6 * EPSILON * 4, run.energy(), 1e-9); // six neighbors for each atom
    assertEquals(4 * Math.pow(NEIGHBOR, 3) / Math.sqrt(2), run.system().volume(), 1e-3);
    Tensor cell = run.system().cell();
    double a = Math.sqrt(2) * NEIGHBOR;
    Tensor metric = cell.matmul(cell.transpose(1, 0)); // lengths and angles, turned or not
    assertArrayEquals(
        new double[] {a * a, 0, 0, 0, a * a, 0, 0, 0, a * a}, metric.toDoubleArray(), 2e-3);
  }

  /** The work that closes a crystal up against its pressure: P = -dE/dV = -2√2·u'(r)/r². */
  @ParameterizedTest
  @EnumSource
  void aCrystalTakesTheVolumeThatThePressureAsksFor(Relaxation.Method method) {
    double r = 0.96 * NEIGHBOR;
    double x = Math.pow(SIGMA / r, 6);
    double slope = 4 * EPSILON * (6 * x - 12 * x * x) / r;
    double pressure = -2 * Math.sqrt(2) * slope / (r * r);
    Relaxation run = relaxed(ARGON, distorted(NEIGHBOR), settings(method, true, pressure));
    assertEquals(4 * r * r * r / Math.sqrt(2), run.system().volume(), 1e-4);
    List<List<Double>> stress = run.stress();
    assertEquals(-pressure, stress.get(1).get(1), 1e-8);
    assertEquals(0, stress.get(0).get(1), 1e-8);
    assertEquals(run.energy() + pressure * run.system().volume(), run.enthalpy(), 1e-12);
  }

  @ParameterizedTest
  @EnumSource
  void threeAtomsMakeATriangle(Relaxation.Method method) {
    System three =
        System.molecule(
            new int[] {18, 18, 18},
            Tensor.of(new double[] {0, 0, 0, 3.5, 0.4, 0, 1.5, 3.9, 0.7}, 3, 3));
    Relaxation run = relaxed(ARGON, three, settings(method, false, 0));
    assertEquals(-3 * EPSILON, run.energy(), 1e-9);
    Tensor r = run.system().positions();
    Tensor sides = r.subtract(r.rows(1, 2, 0)).norm(1);
    assertArrayEquals(new double[] {NEIGHBOR, NEIGHBOR, NEIGHBOR}, sides.toDoubleArray(), 1e-4);
  }

  @Test
  void theCellIsKeptUnlessItIsToMove() {
    System start = distorted(NEIGHBOR);
    Relaxation run = relaxed(ARGON, start, settings(Relaxation.Method.LBFGS, false, 0));
    assertArrayEquals(start.cell().toDoubleArray(), run.system().cell().toDoubleArray());
    assertTrue(run.largestStress() > 1e-5);
    assertTrue(run.energy() < EnergyDerivatives.of(ARGON, List.of(start)).energies().at(0));
  }

  @Test
  void forcesAndStressAreThoseOfThePotential() {
    Relaxation run =
        new Relaxation(
            ARGON, distorted(1.05 * NEIGHBOR), settings(Relaxation.Method.FIRE, true, 0));
    for (int n = 0; n < 5; n++) {
      run.advance();
    }
    EnergyDerivatives expected = EnergyDerivatives.of(ARGON, List.of(run.system()));
    assertEquals(expected.energies().at(0), run.energy(), 1e-12);
    assertArrayEquals(expected.forces().toDoubleArray(), run.forces(), 1e-12);
    double[] stress =
        run.stress().stream().flatMap(List::stream).mapToDouble(Double::doubleValue).toArray();
    assertArrayEquals(expected.stress(0).toDoubleArray(), stress, 1e-12);
  }

  @Test
  void theCellDeformsAndDoesNotTurn() {
    System start = distorted(1.05 * NEIGHBOR);
    Relaxation run = relaxed(ARGON, start, settings(Relaxation.Method.LBFGS, true, 0));
    Tensor stretch =
        org.cotangent.autodiff.linalg.LinearAlgebra.solve(start.cell(), run.system().cell());
    assertArrayEquals(stretch.toDoubleArray(), stretch.transpose(1, 0).toDoubleArray(), 1e-12);
  }

  /** A slab keeps its cell; its atoms relax as any others do. */
  @Test
  void aSlabRelaxesItsAtomsAndRefusesToRelaxItsCell() {
    System crystal = distorted(NEIGHBOR);
    double[] flat = crystal.cell().toDoubleArray();
    Arrays.fill(flat, 6, 9, 0);
    System slab =
        new System(
            crystal.types(),
            crystal.positions(),
            Tensor.of(flat, 3, 3),
            new boolean[] {true, true, false});
    Relaxation run = relaxed(ARGON, slab, settings(Relaxation.Method.LBFGS, false, 0));
    assertTrue(run.stress().isEmpty());
    assertTrue(Double.isNaN(run.largestStress()));
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Relaxation(ARGON, slab, settings(Relaxation.Method.LBFGS, true, 0)));
    assertTrue(refused.getMessage().contains("periodic in three directions"));
  }

  @Test
  void aCellThatRunsAwayIsStopped() {
    Relaxation run =
        new Relaxation(ARGON, distorted(NEIGHBOR), settings(Relaxation.Method.FIRE, true, -10));
    IllegalStateException stopped =
        assertThrows(
            IllegalStateException.class,
            () -> {
              for (int n = 0; n < 1000; n++) {
                run.advance();
              }
            });
    assertTrue(stopped.getMessage().contains("the volume of the cell would be"));
    assertTrue(run.system().volume() < 10 * distorted(NEIGHBOR).volume());
  }

  @Test
  void itComputesInTheTypeOfThePotential() {
    Potential single =
        new PairPotential(
            List.of(18),
            LennardJones.smooth(EPSILON, SIGMA, 1.35 * SIGMA, 1.45 * SIGMA),
            DType.FLOAT32);
    Relaxation run =
        relaxed(
            single,
            distorted(NEIGHBOR),
            new Relaxation.Settings(Relaxation.Method.LBFGS, true, 0, 1e-4, 1e-5));
    assertEquals(-6 * EPSILON * 4, run.energy(), 1e-4);
    assertEquals(DType.FLOAT64, run.system().dtype());
  }

  @Test
  void aPressureNeedsACellThatMoves() {
    assertThrows(
        IllegalArgumentException.class, () -> settings(Relaxation.Method.FIRE, false, 0.1));
    assertFalse(settings(Relaxation.Method.FIRE, false, 0).cell());
  }
}
