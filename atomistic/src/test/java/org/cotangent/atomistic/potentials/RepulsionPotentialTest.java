package org.cotangent.atomistic.potentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepulsionPotentialTest {
  private static double[] energyWithTwoDerivatives(int first, int second, double distance) {
    CovalentZbl zbl = new CovalentZbl(List.of(first, second));
    Tensor r = Tensor.of(new double[] {distance}).variable();
    Tensor energy = zbl.energies(r, new int[] {first}, new int[] {second}).sum();
    Tensor slope =
        Derivatives.pullback(List.of(energy), List.of(r), List.of(energy.onesLike())).getFirst();
    Tensor curvature = Derivatives.grad(slope.sum(), List.of(r)).getFirst();
    return new double[] {energy.item(), slope.item(), curvature.item()};
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "6, 8", "1, 92"})
  void energyForceAndForceConstantVanishAtTheSumOfTheRadii(int first, int second) {
    double end = Elements.covalentRadius(first) + Elements.covalentRadius(second);
    double[] inside = energyWithTwoDerivatives(first, second, end * (1 - 1e-12));
    double scale = energyWithTwoDerivatives(first, second, 0.5 * end)[0];
    assertTrue(scale > 0);
    for (double derivative : inside) {
      assertEquals(0, derivative, 1e-9 * scale);
    }
    for (double derivative : energyWithTwoDerivatives(first, second, end * (1 + 1e-12))) {
      assertEquals(0, derivative);
    }
  }

  @Test
  void fromTheInsideItIsZblAndAPolynomialWithoutALinearTerm() {
    // E + A/3·r³ + B/4·r⁴ + C: the slope of the difference is A·r² + B·r³.
    int[] carbon = {6};
    double[] rest = new double[3];
    double[] at = {0.3, 0.6, 0.9};
    for (int k = 0; k < at.length; k++) {
      Tensor r = Tensor.of(new double[] {at[k]}).variable();
      Tensor bare = Zbl.withoutCutoff(r, carbon, carbon).sum();
      double slope = Derivatives.grad(bare, List.of(r)).getFirst().item();
      rest[k] = (energyWithTwoDerivatives(6, 6, at[k])[1] - slope) / (at[k] * at[k]);
    }
    assertEquals(rest[1] - rest[0], rest[2] - rest[1], 1e-6 * Math.abs(rest[0]));
  }

  @Test
  void atomsThatAreCloserThanInAnyDataArePushedApart() {
    LearnedPotential learned = SmallPotential.of(7, DType.FLOAT64);
    RepulsionPotential potential = new RepulsionPotential(learned);
    System far = pair(1.6);
    assertEquals(
        learned.evaluate(List.of(far)).energies().at(0),
        potential.evaluate(List.of(far)).energies().at(0),
        1e-12);
    Potential.EnergiesForces near = potential.evaluate(List.of(pair(0.2)));
    assertTrue(near.forces().get(1, 2) > 1e3, "a force of " + near.forces().get(1, 2));
  }

  private static System pair(double distance) {
    return System.molecule(
        new int[] {6, 6}, Tensor.of(new double[] {0, 0, 0, 0, 0, distance}, 2, 3));
  }

  @Test
  void aCutoffThatEndsBeforeTheRepulsionIsRefused() {
    LearnedPotential shortSighted = SmallNetworks.potential(DType.FLOAT64);
    assertEquals(3.5, new RepulsionPotential(shortSighted).cutoff());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new RepulsionPotential(SmallNetworks.potential(DType.FLOAT64, 1.2)));
    assertEquals(
        "the repulsion of nuclei reaches to 1.32 Å, so the cutoff must be at least that, it is 1.2",
        e.getMessage());
  }

  @Test
  void anElementWithoutARadiusIsNamed() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new CovalentZbl(List.of(6, 110)));
    assertEquals("no covalent radius is known for element 110, only for 1 to 96", e.getMessage());
  }
}
