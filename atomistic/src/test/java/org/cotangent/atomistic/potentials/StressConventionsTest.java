package org.cotangent.atomistic.potentials;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.learnedbasis.LearnedBasis;
import org.cotangent.atomistic.learnedbasis.SmallLearnedBasis;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/dynamics.md says of strain gradient, stress, virial and pressure. */
class StressConventionsTest {
  private static final Tensor IDENTITY = Tensor.of(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3);

  private static System slab() {
    System crystal = SmallSystems.triclinic();
    double[] cell = crystal.cell().toDoubleArray();
    java.util.Arrays.fill(cell, 6, 9, 0);
    return new System(
        crystal.types(),
        crystal.positions(),
        Tensor.of(cell, 3, 3),
        new boolean[] {true, true, false});
  }

  private static Stream<Arguments> potentialsAndSystems() {
    LearnedBasis form = new LearnedBasis(List.of(1, 6, 8), 3.5, 4, 2, 4, 2, List.of(6, 5));
    List<Potential> potentials =
        List.of(
            PairPotential.of(List.of(1, 6, 8), LennardJones.smooth(0.02, 1.4, 2.5, 3.5)),
            SmallPotential.of(2, DType.FLOAT64),
            SmallLearnedBasis.of(form, SmallSystems.all(), DType.FLOAT64),
            new CommitteePotential(
                List.of(SmallPotential.of(2, DType.FLOAT64), SmallPotential.of(3, DType.FLOAT64))));
    return potentials.stream()
        .flatMap(
            potential ->
                Stream.of(
                    Arguments.of(potential, "triclinic", SmallSystems.triclinic()),
                    Arguments.of(potential, "one atom", SmallSystems.oneAtomCrystal()),
                    Arguments.of(potential, "slab", slab()),
                    Arguments.of(potential, "molecule", SmallSystems.molecule())));
  }

  private static double energy(Potential potential, System system, Tensor deformation) {
    System deformed = SmallSystems.mapped(system, deformation);
    return EnergyDerivatives.of(potential, List.of(deformed)).energies().at(0);
  }

  /** 1 + h in one entry of the strain. */
  private static Tensor strained(int entry, double h) {
    double[] d = IDENTITY.toDoubleArray();
    d[entry] += h;
    return Tensor.of(d, 3, 3);
  }

  /** dE/dε for r → r·(1 + ε), cell → cell·(1 + ε), whatever the cell. */
  @ParameterizedTest(name = "{1}")
  @MethodSource("potentialsAndSystems")
  void theStrainGradientIsTheSlopeOfTheEnergyUnderStrain(
      Potential potential, String name, System system) {
    double[] found =
        EnergyDerivatives.of(potential, List.of(system))
            .strainGradients()
            .getFirst()
            .toDoubleArray();
    double h = 1e-4;
    for (int entry = 0; entry < 9; entry++) {
      double slope =
          (energy(potential, system, strained(entry, h))
                  - energy(potential, system, strained(entry, -h)))
              / (2 * h);
      assertEquals(slope, found[entry], 1e-5 * Math.max(1, Math.abs(slope)));
    }
  }

  @Test
  void theStressIsTheStrainGradientOverTheVolumeAndPositiveUnderTension() {
    Potential argon = PairPotential.of(List.of(18), LennardJones.smooth(0.0104, 3.4, 7, 8));
    for (double stretch : new double[] {0.95, 1.05}) {
      double a = 5.26 * stretch;
      System crystal =
          new System(
              new int[] {18},
              Tensor.zeros(DType.FLOAT64, 1, 3),
              Tensor.of(new double[] {0, a / 2, a / 2, a / 2, 0, a / 2, a / 2, a / 2, 0}, 3, 3),
              new boolean[] {true, true, true});
      EnergyDerivatives all = EnergyDerivatives.of(argon, List.of(crystal));
      double[] voigt = all.stressVoigt(0).toDoubleArray();
      // the pressure of a cubic crystal is -dE/dV, and the stress is minus the pressure
      double h = 1e-4;
      double larger = energy(argon, crystal, IDENTITY.multiply(Math.cbrt(1 + h)));
      double smaller = energy(argon, crystal, IDENTITY.multiply(Math.cbrt(1 - h)));
      double pressure = -(larger - smaller) / (2 * h * crystal.volume());
      assertEquals(stretch < 1, pressure > 0);
      assertArrayEquals(
          new double[] {-pressure, -pressure, -pressure, 0, 0, 0},
          voigt,
          1e-6 * Math.abs(pressure));
      assertEquals(
          all.strainGradients().getFirst().at(0) / (a * a * a / 4), all.stress(0).at(0), 1e-12);
    }
  }

  /** For pairs, dE/dε = ½·Σ r ⊗ r·u'(r)/|r|: minus the virial Σ r ⊗ f of the textbooks. */
  @Test
  void theVirialIsMinusTheStrainGradient() {
    System molecule = SmallSystems.molecule();
    Potential potential =
        PairPotential.of(List.of(1, 6, 8), LennardJones.smooth(0.02, 1.4, 2.5, 3.5));
    EnergyDerivatives all = EnergyDerivatives.of(potential, List.of(molecule));
    double[] virial = new double[9]; // of a molecule: Σ_i r_i ⊗ F_i
    for (int i = 0; i < molecule.size(); i++) {
      for (int k = 0; k < 9; k++) {
        virial[k] += molecule.positions().get(i, k / 3) * all.forces().get(i, k % 3);
      }
    }
    double[] strain = all.strainGradients().getFirst().negate().toDoubleArray();
    assertArrayEquals(strain, virial, 1e-12);
  }

  /** Turning a system costs no energy, so only the symmetric part of a strain does. */
  @ParameterizedTest(name = "{1}")
  @MethodSource("potentialsAndSystems")
  void theStrainGradientIsSymmetric(Potential potential, String name, System system) {
    Tensor found = EnergyDerivatives.of(potential, List.of(system)).strainGradients().getFirst();
    assertArrayEquals(found.toDoubleArray(), found.transpose(1, 0).toDoubleArray(), 1e-9);
  }

  @Test
  void theSixEntriesAreInTheOrderOfVoigt() {
    Potential potential = SmallPotential.of(2, DType.FLOAT64);
    EnergyDerivatives all = EnergyDerivatives.of(potential, List.of(SmallSystems.triclinic()));
    Tensor s = all.stress(0);
    double[] expected = {
      s.get(0, 0), s.get(1, 1), s.get(2, 2), s.get(1, 2), s.get(0, 2), s.get(0, 1)
    };
    assertArrayEquals(expected, all.stressVoigt(0).toDoubleArray(), 1e-12);
  }

  @Test
  void aSystemWithoutAVolumeHasAStrainGradientAndNoStress() {
    Potential potential = SmallPotential.of(2, DType.FLOAT64);
    for (System system : List.of(slab(), SmallSystems.molecule())) {
      EnergyDerivatives all = EnergyDerivatives.of(potential, List.of(system));
      assertTrue(all.strainGradients().getFirst().absolute().sum().item() > 0);
      assertThrows(IllegalStateException.class, () -> all.stress(0));
    }
  }
}
