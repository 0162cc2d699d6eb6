package org.cotangent.atomistic.linearace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.potentials.EnergyDerivatives;
import org.cotangent.atomistic.training.DifferenceCheck;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.GradientCheck;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/** The linear potential: its symmetries, its derivatives, and that it is linear in its basis. */
class LinearAcePotentialTest {
  private final UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(20);
  private final System molecule = SmallLinearAce.molecule(random, 1, 8, 6, 1, 6, 1);
  private final System crystal = SmallLinearAce.crystal(random);
  private final LinearAcePotential potential =
      SmallLinearAce.of(SmallLinearAce.FORM, List.of(molecule, crystal), 3);

  private static double energy(LinearAcePotential potential, System system) {
    return potential.evaluate(List.of(system)).energies().at(0);
  }

  @Test
  void energyDoesNotChangeUnderRotationReflectionTranslationAndPermutation() {
    double expected = energy(potential, molecule);
    double[] r = molecule.positions().toDoubleArray();
    double[] turned = new double[r.length];
    int[] types = new int[6];
    for (int i = 0; i < 6; i++) {
      int to = (i + 2) % 6;
      double c = Math.cos(0.7);
      double s = Math.sin(0.7);
      double x = c * r[3 * i] - s * r[3 * i + 1];
      double y = s * r[3 * i] + c * r[3 * i + 1];
      turned[3 * to] = 3 + r[3 * i + 2];
      turned[3 * to + 1] = -y;
      turned[3 * to + 2] = 1 - x;
      types[to] = molecule.type(i);
    }
    System same = System.molecule(types, Tensor.of(turned, 6, 3));
    assertEquals(expected, energy(potential, same), 1e-12 * Math.abs(expected));
  }

  @Test
  void forcesAreTheDerivativesOfTheEnergy() {
    assertEquals(
        0,
        DifferenceCheck.ofForces(potential, List.of(molecule, crystal), 1e-5).relativeError(),
        1e-7);
  }

  @Test
  void derivativesOfEveryOrderAndDirectionAgreeWithDifferences() {
    System small = SmallLinearAce.molecule(random, 1, 8, 6);
    PairBlocks pairs = new PairBlocks(List.of(small), potential.cutoff());
    GradientCheck check =
        GradientCheck.of(
            inputs -> potential.atomicEnergies(pairs, inputs.getFirst()), small.positions());
    check.firstOrder().requireCorrect();
    check.secondOrder().requireCorrect();
  }

  @Test
  void stressIsTheDerivativeByStrain() {
    Tensor strain = EnergyDerivatives.of(potential, List.of(crystal)).strainGradients().getFirst();
    double step = 1e-5;
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        double up = energy(potential, strained(crystal, a, b, step));
        double down = energy(potential, strained(crystal, a, b, -step));
        double expected = (up - down) / (2 * step);
        assertEquals(expected, strain.get(a, b), 1e-7 * Math.abs(expected), a + " " + b);
      }
    }
  }

  /** r → r(1 + ε), with one element of ε. */
  private static System strained(System system, int a, int b, double by) {
    double[] positions = system.positions().toDoubleArray();
    double[] cell = system.cell().toDoubleArray();
    for (double[] rows : List.of(positions, cell)) {
      for (int i = 0; i < rows.length; i += 3) {
        rows[i + b] += by * rows[i + a];
      }
    }
    return new System(
        system.types(),
        Tensor.of(positions, system.size(), 3),
        Tensor.of(cell, 3, 3),
        new boolean[] {true, true, true});
  }

  @Test
  void anAtomsEnergyIsTheSumOfItsFunctionsTimesTheirCoefficients() {
    double[] coefficients = potential.weights().get("coefficients").toDoubleArray();
    PairBlocks pairs = new PairBlocks(List.of(molecule), potential.cutoff());
    double[] vectors = pairs.vectors(pairs.positions()).toDoubleArray();
    double[] atomic = potential.atomicEnergies(pairs, pairs.positions()).toDoubleArray();
    SiteValues values = new SiteValues(potential.basis());
    for (int i = 0; i < molecule.size(); i++) {
      List<SiteValues.Neighbor> neighbors = new ArrayList<>();
      for (int p = 0; p < pairs.first().length; p++) {
        if (pairs.first()[p] == i) {
          int element = potential.types().indexOf(pairs.type(pairs.second()[p]));
          neighbors.add(
              new SiteValues.Neighbor(
                  element, vectors[3 * p], vectors[3 * p + 1], vectors[3 * p + 2], -1, -1, -1));
        }
      }
      double[] sum = {potential.constants().get(molecule.type(i))};
      values.evaluate(
          potential.types().indexOf(molecule.type(i)),
          neighbors,
          0,
          (k, value, slopes) -> sum[0] += coefficients[k] * value);
      assertEquals(sum[0], atomic[i], 1e-12 * Math.abs(sum[0]));
    }
  }

  @Test
  void singlePrecisionGivesTheSameToItsRounding() {
    double expected = energy(potential, molecule);
    double size = Math.abs(expected - potential.constantEnergy(molecule));
    assertEquals(expected, energy(potential.to(DType.FLOAT32), molecule), 1e-5 * size);
  }

  @Test
  void anAtomAloneHasTheEnergyOfItsConstantAndItsFirstCoefficient() {
    System alone = System.molecule(new int[] {6}, Tensor.of(new double[3], 1, 3));
    double first = potential.weights().get("coefficients").at(potential.basis().offset(1));
    assertEquals(potential.constants().get(6) + first, energy(potential, alone), 1e-12);
  }

  @Test
  void energyGoesSmoothlyToThatOfSeparateAtomsAtTheCutoff() {
    double apart = energy(potential, pair(4.0));
    for (double distance : new double[] {3.999, 3.4999}) {
      double step = 1e-4;
      double slope =
          (energy(potential, pair(distance + step)) - energy(potential, pair(distance - step)))
              / (2 * step);
      assertTrue(distance < 3.9 || Math.abs(slope) < 1e-5, "slope " + slope);
    }
    assertEquals(apart, energy(potential, pair(3.999)), 1e-8);
  }

  private static System pair(double distance) {
    return System.molecule(
        new int[] {6, 8}, Tensor.of(new double[] {0, 0, 0, 0, 0, distance}, 2, 3));
  }

  @Test
  void wrongWeightsAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new LinearAcePotential(
                potential.basis(), LinearAcePotential.weights(new double[3]), new TreeMap<>()));
  }

  @Test
  void atomsEnergiesDependOnTheirOwnPairsAlone() {
    assertTrue(potential.isLocal());
    assertArrayEquals(
        potential.evaluate(List.of(molecule)).forces().toDoubleArray(),
        potential.evaluate(List.of(molecule, crystal)).forces().slice(0, 0, 6).toDoubleArray(),
        1e-12);
  }
}
