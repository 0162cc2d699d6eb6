package org.cotangent.atomistic.learnedbasis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.potentials.EnergyDerivatives;
import org.cotangent.atomistic.training.DifferenceCheck;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The learned-basis potential: its table, its symmetries, and two ways to its forces. */
class LearnedBasisTest {
  private static final List<Integer> TYPES = List.of(1, 6, 8);
  private static final UniformRandomProvider RANDOM = RandomSource.XO_RO_SHI_RO_128_PP.create(20);

  private static LearnedBasis form(int layers) {
    return new LearnedBasis(TYPES, 3.5, 4, 3, 4, layers, List.of(6, 5));
  }

  private static double[] scattered(int atoms) {
    double[] positions = new double[3 * atoms];
    for (int i = 0; i < atoms; i++) { // on a grid, so that no two are close
      positions[3 * i] = 1.3 * (i % 2) + 0.4 * RANDOM.nextDouble();
      positions[3 * i + 1] = 1.3 * (i / 2 % 2) + 0.4 * RANDOM.nextDouble();
      positions[3 * i + 2] = 1.3 * (i / 4) + 0.4 * RANDOM.nextDouble();
    }
    return positions;
  }

  private static System molecule(int[] types, double[] positions) {
    return System.molecule(types, Tensor.of(positions, types.length, 3));
  }

  private static System crystal(int[] types, double[] positions, double[] cell) {
    return new System(
        types,
        Tensor.of(positions, types.length, 3),
        Tensor.of(cell, 3, 3),
        new boolean[] {true, true, true});
  }

  private static System molecule() {
    return molecule(new int[] {1, 8, 6, 1, 6}, scattered(5));
  }

  private static System crystal() {
    return crystal(
        new int[] {6, 1, 8}, scattered(3), new double[] {3.1, 0, 0, 0.4, 3.3, 0, -0.2, 0.5, 2.9});
  }

  @Test
  void elevenPathsCoupleInFortyThreeComponentsWith178Entries() {
    CouplingPaths couplings = new CouplingPaths(3);
    assertEquals(11, couplings.paths().size());
    assertEquals(43, couplings.products.outComponents());
    assertEquals(178, couplings.products.entries().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void forcesAreTheDerivativesOfTheEnergy(int layers) {
    List<System> systems = List.of(molecule(), crystal());
    LearnedBasisPotential potential = SmallLearnedBasis.of(form(layers), systems, DType.FLOAT64);
    assertEquals(0, DifferenceCheck.ofForces(potential, systems, 1e-5).relativeError(), 1e-7);
  }

  @Test
  void stressIsTheDerivativeByStrain() {
    System crystal = crystal();
    LearnedBasisPotential potential =
        SmallLearnedBasis.of(form(2), List.of(crystal), DType.FLOAT64);
    Tensor strain = EnergyDerivatives.of(potential, List.of(crystal)).strainGradients().getFirst();
    double step = 1e-5;
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        double up = energy(potential, strained(crystal, a, b, step));
        double down = energy(potential, strained(crystal, a, b, -step));
        assertEquals((up - down) / (2 * step), strain.get(a, b), 1e-6, a + " " + b);
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
    return crystal(system.types(), positions, cell);
  }

  private static double energy(LearnedBasisPotential potential, System system) {
    return potential.evaluate(List.of(system)).energies().at(0);
  }

  @Test
  void energyDoesNotChangeUnderRotationReflectionTranslationAndPermutation() {
    System molecule = molecule();
    LearnedBasisPotential potential =
        SmallLearnedBasis.of(form(2), List.of(molecule), DType.FLOAT64);
    double expected = energy(potential, molecule);
    double[] r = molecule.positions().toDoubleArray();
    double[] turned = new double[r.length];
    int[] types = new int[5];
    for (int i = 0; i < 5; i++) {
      int to = (i + 2) % 5;
      double c = Math.cos(0.7);
      double s = Math.sin(0.7);
      double x = c * r[3 * i] - s * r[3 * i + 1];
      double y = s * r[3 * i] + c * r[3 * i + 1];
      turned[3 * to] = 3 + r[3 * i + 2];
      turned[3 * to + 1] = -y;
      turned[3 * to + 2] = 1 - x;
      types[to] = molecule.type(i);
    }
    System same = molecule(types, turned);
    assertEquals(expected, energy(potential, same), 1e-12 * Math.abs(expected));
  }

  /** Two systems of different sizes and elements, one of them periodic. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void bothWaysToTheForcesAgreeAndSoDoTheGradientsOfALossOnThem(int layers) {
    List<System> systems = List.of(molecule(), crystal(), molecule());
    LearnedBasisPotential potential = SmallLearnedBasis.of(form(layers), systems, DType.FLOAT64);
    LearnedBasisTraining training = LearnedBasisTraining.of(form(layers), systems, DType.FLOAT64);
    int[] batch = {2, 1};
    List<double[]> gradients = new ArrayList<>();
    List<double[]> outputs = new ArrayList<>();
    for (boolean stored : new boolean[] {true, false}) {
      Parameters weights = potential.weights().variables();
      LearnedBasisTraining.Output output =
          stored
              ? training.output(potential, batch, weights)
              : training.outputThroughPositions(potential, batch, weights);
      Tensor loss =
          output
              .energies()
              .square()
              .sum()
              .add(output.forces().square().sum())
              .add(output.virials().square().sum());
      outputs.add(output.forces().toDoubleArray());
      outputs.add(output.energies().toDoubleArray());
      outputs.add(output.virials().toDoubleArray());
      for (Tensor gradient : weights.gradient(loss).tensors()) {
        gradients.add(gradient.toDoubleArray());
      }
    }
    for (int k = 0; k < 3; k++) {
      assertArrayEquals(outputs.get(3 + k), outputs.get(k), 1e-11);
    }
    int half = gradients.size() / 2;
    for (int k = 0; k < half; k++) {
      assertArrayEquals(
          gradients.get(half + k), gradients.get(k), 1e-8, potential.weights().names().get(k));
    }
    EnergyDerivatives expected =
        EnergyDerivatives.of(potential, List.of(systems.get(2), systems.get(1)));
    assertArrayEquals(expected.forces().toDoubleArray(), outputs.get(0), 1e-11);
    assertArrayEquals(
        expected.strainGradients().get(1).negate().toDoubleArray(),
        Arrays.copyOfRange(outputs.get(2), 9, 18),
        1e-11);
  }

  /**
   * The gradient of Σ λ·F by the weights is the difference of the energy's gradients at positions
   * moved by ±hλ: an independent check of the second derivatives.
   */
  @Test
  void secondDerivativesAgreeWithDifferencesOfFirstOnes() {
    System molecule = molecule();
    LearnedBasisPotential potential =
        SmallLearnedBasis.of(form(2), List.of(molecule), DType.FLOAT64);
    double[] direction = new double[15];
    for (int i = 0; i < 15; i++) {
      direction[i] = Math.cos(1 + i);
    }
    Tensor lambda = Tensor.of(direction, 5, 3);
    Parameters weights = potential.weights().variables();
    Tensor moved =
        LearnedBasisTraining.of(form(2), List.of(molecule), DType.FLOAT64)
            .output(potential, new int[1], weights)
            .forces()
            .multiply(lambda)
            .sum();
    Parameters found = weights.gradient(moved);
    double h = 1e-5;
    Parameters up = energyGradient(potential, molecule, direction, h);
    Parameters down = energyGradient(potential, molecule, direction, -h);
    for (String name : found.names()) {
      assertArrayEquals(
          down.get(name).subtract(up.get(name)).divide(2 * h).toDoubleArray(),
          found.get(name).toDoubleArray(),
          1e-5,
          name);
    }
  }

  private static Parameters energyGradient(
      LearnedBasisPotential potential, System system, double[] direction, double by) {
    double[] r = system.positions().toDoubleArray();
    for (int i = 0; i < r.length; i++) {
      r[i] += by * direction[i];
    }
    System moved = molecule(system.types(), r);
    Parameters weights = potential.weights().variables();
    return weights.gradient(
        LearnedBasisTraining.of(potential.form(), List.of(moved), DType.FLOAT64)
            .output(potential, new int[1], weights)
            .energies()
            .sum());
  }

  @Test
  void anAtomWithoutNeighborsHasAnEnergy() {
    System alone = molecule(new int[] {6}, new double[3]);
    LearnedBasisPotential potential =
        SmallLearnedBasis.of(form(2), List.of(molecule()), DType.FLOAT64);
    assertTrue(Double.isFinite(energy(potential, alone)));
  }

  @Test
  void formsThatCannotBeAreRefused() {
    assertEquals(
        "a learned basis' number of layers is 3, it must be 1 or 2",
        assertThrows(
                IllegalArgumentException.class,
                () -> new LearnedBasis(TYPES, 5, 8, 3, 16, 3, List.of(64, 64)))
            .getMessage());
  }

  @Test
  void aSystemThatCannotBeDescribedIsNumberedAmongAll() {
    System close = molecule(new int[] {1, 6}, new double[6]);
    List<System> systems = List.of(molecule(), molecule(), close);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> LearnedBasisTraining.of(form(1), systems, DType.FLOAT64));
    assertTrue(refused.getMessage().contains("system 2"), refused.getMessage());
    System other = molecule(new int[] {1, 7}, new double[] {0, 0, 0, 1, 0, 0});
    assertEquals(
        "atom 1 of system 1 is N, the model knows only [H, C, O]",
        assertThrows(
                IllegalArgumentException.class,
                () -> LearnedBasisTraining.of(form(1), List.of(molecule(), other), DType.FLOAT64))
            .getMessage());
  }

  @Test
  void gradientsByWeightsAreThoseOfDifferences() {
    System molecule = molecule();
    LearnedBasisPotential potential =
        SmallLearnedBasis.of(form(1), List.of(molecule), DType.FLOAT64);
    Tensor radial = potential.weights().get("layers.0.radial");
    Tensor found = Derivatives.grad(w -> energies(potential, molecule, w).sum()).apply(radial);
    double h = 1e-5;
    for (int k = 0; k < radial.size(); k += 37) {
      double[] shift = new double[radial.size()];
      shift[k] = h;
      Tensor by = Tensor.of(shift).reshape(radial.shape());
      double up = energies(potential, molecule, radial.add(by)).sum().item();
      double down = energies(potential, molecule, radial.subtract(by)).sum().item();
      assertEquals((up - down) / (2 * h), found.at(k), 1e-7, "weight " + k);
    }
  }

  private static Tensor energies(LearnedBasisPotential potential, System system, Tensor radial) {
    Parameters.Builder all = Parameters.builder();
    for (String name : potential.weights().names()) {
      all.add(name, name.equals("layers.0.radial") ? radial : potential.weights().get(name));
    }
    return LearnedBasisTraining.of(potential.form(), List.of(system), DType.FLOAT64)
        .output(potential, new int[1], all.build())
        .energies();
  }
}
