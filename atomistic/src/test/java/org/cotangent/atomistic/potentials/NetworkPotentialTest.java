package org.cotangent.atomistic.potentials;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeMap;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.training.DifferenceCheck;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class NetworkPotentialTest {
  private final NetworkPotential potential = SmallPotential.of(7, DType.FLOAT64);

  @Test
  void forcesAreTheNegativeDerivativeOfTheEnergy() {
    List<System> systems = List.of(SmallSystems.molecule(), SmallSystems.triclinic());
    DifferenceCheck check = DifferenceCheck.ofForces(potential, systems, 1e-4);
    assertEquals(3 * 8, check.components());
    assertTrue(check.relativeError() < 1e-7, check.toString());
  }

  @Test
  void forcesOnASystemAddUpToZero() {
    for (System system : SmallSystems.all()) {
      Tensor forces = potential.evaluate(List.of(system)).forces();
      for (double sum : forces.sum(0).toDoubleArray()) {
        assertEquals(0, sum, 1e-13);
      }
    }
  }

  @Test
  void forcesTurnWithTheSystem() {
    Tensor rotation = SmallSystems.rotation();
    System system = SmallSystems.triclinic();
    Potential.EnergiesForces before = potential.evaluate(List.of(system));
    Potential.EnergiesForces after =
        potential.evaluate(List.of(SmallSystems.mapped(system, rotation)));
    assertEquals(before.energies().at(0), after.energies().at(0), 1e-11);
    assertArrayEquals(
        before.forces().matmul(rotation).toDoubleArray(), after.forces().toDoubleArray(), 1e-12);
  }

  @Test
  void likeAtomsCanBeExchanged() {
    System system = SmallSystems.molecule();
    int[] order = {1, 0, 2, 4, 3};
    Potential.EnergiesForces before = potential.evaluate(List.of(system));
    Potential.EnergiesForces after =
        potential.evaluate(List.of(SmallSystems.reordered(system, order)));
    assertEquals(before.energies().at(0), after.energies().at(0), 1e-11);
    assertArrayEquals(
        before.forces().rows(order).toDoubleArray(), after.forces().toDoubleArray(), 1e-12);
  }

  @Test
  void aSupercellHasTheSameEnergyPerCellAndTheSameForces() {
    System cell = SmallSystems.triclinic();
    System supercell = SmallSystems.repeated(cell, 2, 1, 2);
    Potential.EnergiesForces one = potential.evaluate(List.of(cell));
    Potential.EnergiesForces four = potential.evaluate(List.of(supercell));
    assertEquals(4 * one.energies().at(0), four.energies().at(0), 1e-10);
    for (int copy = 0; copy < 4; copy++) {
      assertArrayEquals(
          one.forces().toDoubleArray(),
          four.forces().slice(0, 3 * copy, 3 * copy + 3).toDoubleArray(),
          1e-12);
    }
  }

  @Test
  void systemsDoNotSeeOneAnother() {
    Potential.EnergiesForces together = potential.evaluate(SmallSystems.all());
    int atom = 0;
    for (int s = 0; s < SmallSystems.all().size(); s++) {
      System system = SmallSystems.all().get(s);
      Potential.EnergiesForces alone = potential.evaluate(List.of(system));
      assertEquals(alone.energies().at(0), together.energies().at(s), 1e-11);
      assertArrayEquals(
          alone.forces().toDoubleArray(),
          together.forces().slice(0, atom, atom + system.size()).toDoubleArray(),
          1e-13);
      atom += system.size();
    }
  }

  @Test
  void inFloat32ItIsTheSamePotentialWithFewerDigits() {
    List<System> systems = SmallSystems.all();
    Potential.EnergiesForces precise = potential.evaluate(systems);
    Potential.EnergiesForces coarse = potential.to(DType.FLOAT32).evaluate(systems);
    assertEquals(DType.FLOAT64, coarse.forces().dtype());
    assertArrayEquals(precise.energies().toDoubleArray(), coarse.energies().toDoubleArray(), 2e-5);
    assertArrayEquals(precise.forces().toDoubleArray(), coarse.forces().toDoubleArray(), 2e-5);
  }

  @Test
  void anUnknownElementIsNamedWithItsAtom() {
    System nitrogen =
        new System(
            new int[] {6, 7},
            Tensor.of(new double[] {0, 0, 0, 0, 0, 1.2}, 2, 3),
            Tensor.zeros(DType.FLOAT64, 3, 3),
            new boolean[3]);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> potential.evaluate(List.of(nitrogen)));
    assertEquals("atom 1 of system 0 is N, the model knows only [H, C, O]", e.getMessage());
  }

  @Test
  void constantsAreNeededForEveryElement() {
    TreeMap<Integer, Double> constants = new TreeMap<>(potential.constants());
    constants.remove(8);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new NetworkPotential(
                potential.descriptor(),
                potential.network(),
                potential.weights(),
                potential.standard(),
                constants));
  }
}
