package org.cotangent.atomistic.potentials;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.dynamics.EnergyDrift;
import org.cotangent.atomistic.dynamics.MolecularDynamics;
import org.cotangent.atomistic.dynamics.MotionState;
import org.cotangent.atomistic.training.DifferenceCheck;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for potentials on invariants of every kind. */
class LearnedPotentialsTest {
  private static final double STEP = 1e-4;

  private static List<LearnedPotential> potentials() {
    return SmallPotential.ofEachKind(7, DType.FLOAT64);
  }

  @ParameterizedTest
  @MethodSource("potentials")
  void forcesAreTheNegativeDerivativeOfTheEnergy(LearnedPotential potential) {
    List<System> systems =
        List.of(SmallSystems.molecule(), SmallSystems.triclinic(), SmallSystems.slab());
    DifferenceCheck check = DifferenceCheck.ofForces(potential, systems, 2e-5);
    assertTrue(check.relativeError() < 1e-7, check.toString());
  }

  @ParameterizedTest
  @MethodSource("potentials")
  void strainGradientsAreTheSlopeOfTheEnergyUnderStrain(LearnedPotential potential) {
    List<System> systems =
        List.of(
            SmallSystems.molecule(),
            SmallSystems.triclinic(),
            SmallSystems.slab(),
            SmallSystems.oneAtomCrystal());
    for (System system : systems) {
      Tensor found = EnergyDerivatives.of(potential, List.of(system)).strainGradients().getFirst();
      double[] expected = new double[9];
      for (int entry = 0; entry < 9; entry++) {
        double above = energy(potential, strained(system, entry, STEP));
        double below = energy(potential, strained(system, entry, -STEP));
        expected[entry] = (above - below) / (2 * STEP);
      }
      double largest = found.absolute().max().item();
      assertTrue(largest > 1e-3, "nothing was tested");
      assertArrayEquals(expected, found.toDoubleArray(), 1e-6 * Math.max(1, largest));
    }
  }

  private static double energy(Potential potential, System system) {
    return potential.evaluate(List.of(system)).energies().at(0);
  }

  private static System strained(System system, int entry, double by) {
    double[] matrix = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    matrix[entry] += by;
    return SmallSystems.mapped(system, Tensor.of(matrix, 3, 3));
  }

  @ParameterizedTest
  @MethodSource("potentials")
  void dynamicsConserveTheEnergy(LearnedPotential potential) {
    MolecularDynamics run =
        new MolecularDynamics(
            potential, MotionState.thermal(SmallSystems.triclinic(), 300, 5), 0.25);
    EnergyDrift drift = EnergyDrift.measure(run, 400, 1, 0.25);
    double largest = 0;
    for (double change : drift.energies()) {
      largest = Math.max(largest, Math.abs(change));
    }
    // Kinetic energies are of 40 meV per atom; a time step of this length changes the sum a little.
    assertTrue(largest > 0 && largest < 1, largest + " meV per atom");
  }

  @ParameterizedTest
  @MethodSource("potentials")
  void inFloat32ItIsTheSamePotentialWithFewerDigits(LearnedPotential potential) {
    List<System> systems = List.of(SmallSystems.molecule(), SmallSystems.slab());
    Potential.EnergiesForces precise = potential.evaluate(systems);
    LearnedPotential single = potential.to(DType.FLOAT32);
    assertEquals(DType.FLOAT32, single.dtype());
    Potential.EnergiesForces coarse = single.evaluate(systems);
    assertArrayEquals(precise.energies().toDoubleArray(), coarse.energies().toDoubleArray(), 1e-4);
    assertArrayEquals(precise.forces().toDoubleArray(), coarse.forces().toDoubleArray(), 2e-4);
  }
}
