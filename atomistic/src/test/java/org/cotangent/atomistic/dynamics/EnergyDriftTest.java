package org.cotangent.atomistic.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.learnedbasis.LearnedBasis;
import org.cotangent.atomistic.learnedbasis.SmallLearnedBasis;
import org.cotangent.atomistic.potentials.CommitteePotential;
import org.cotangent.atomistic.potentials.LennardJones;
import org.cotangent.atomistic.potentials.PairPotential;
import org.cotangent.atomistic.potentials.Potential;
import org.cotangent.atomistic.potentials.SmallPotential;
import org.cotangent.autodiff.DType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of potential conserves the energy at 300 K. */
class EnergyDriftTest {
  private static final double PICOSECONDS = 0.2;

  /** With time steps, in fs: the random weights of the learned basis make stiff bonds. */
  private static Stream<Arguments> potentials() {
    LearnedBasis one = new LearnedBasis(List.of(1, 6, 8), 3.5, 4, 2, 4, 1, List.of(6, 5));
    LearnedBasis two = new LearnedBasis(List.of(1, 6, 8), 3.5, 4, 2, 4, 2, List.of(6, 5));
    System molecule = SmallSystems.molecule();
    System crystal = SmallSystems.triclinic();
    return Stream.of(
        Arguments.of(
            "Lennard-Jones",
            PairPotential.of(List.of(1, 6, 8), LennardJones.smooth(0.05, 1.3, 2.5, 3.5)),
            crystal,
            0.5),
        Arguments.of("element networks", SmallPotential.of(13, DType.FLOAT64), molecule, 0.5),
        Arguments.of(
            "learned basis of one layer",
            SmallLearnedBasis.of(one, SmallSystems.all(), DType.FLOAT64),
            molecule,
            0.125),
        Arguments.of(
            "learned basis of two layers",
            SmallLearnedBasis.of(two, SmallSystems.all(), DType.FLOAT64),
            crystal,
            0.125),
        Arguments.of(
            "committee",
            new CommitteePotential(
                List.of(
                    SmallPotential.of(13, DType.FLOAT64), SmallPotential.of(12, DType.FLOAT64))),
            molecule,
            0.5));
  }

  private static EnergyDrift drift(Potential potential, System start, double timeStep, int every) {
    MolecularDynamics run =
        new MolecularDynamics(potential, MotionState.thermal(start, 300, 1), timeStep);
    return EnergyDrift.measure(run, (int) (1000 * PICOSECONDS / timeStep), every, timeStep);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("potentials")
  void theEnergyDoesNotDriftAndFluctuatesWithTheSquareOfTheTimeStep(
      String name, Potential potential, System start, double timeStep) {
    EnergyDrift coarse = drift(potential, start, timeStep, 1);
    EnergyDrift fine = drift(potential, start, timeStep / 2, 2);
    assertTrue(Math.abs(coarse.slope()) < 0.1, "drift " + coarse.slope() + " meV/atom/ps");
    assertEquals(4, coarse.fluctuation() / fine.fluctuation(), 0.3);
  }
}
