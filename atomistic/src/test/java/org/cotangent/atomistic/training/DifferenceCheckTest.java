package org.cotangent.atomistic.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.potentials.LennardJones;
import org.cotangent.atomistic.potentials.PairPotential;
import org.cotangent.atomistic.potentials.Potential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/** What is compared with differences of the energy, and in what units errors are told. */
class DifferenceCheckTest {
  private static final Potential PAIRS =
      PairPotential.of(List.of(1, 6, 8), LennardJones.smooth(0.02, 1.4, 2.5, 3.5));

  /** Its energy has more than the derivatives on the tape know of. */
  private record Wrong(double share) implements Potential {
    @Override
    public List<Integer> types() {
      return PAIRS.types();
    }

    @Override
    public double cutoff() {
      return PAIRS.cutoff();
    }

    @Override
    public DType dtype() {
      return PAIRS.dtype();
    }

    @Override
    public Tensor atomicEnergies(PairBlocks pairs, Tensor positions) {
      Tensor energies = PAIRS.atomicEnergies(pairs, positions);
      return energies.add(energies.detach().multiply(share));
    }
  }

  @Test
  void rightForcesAndVirialsAgree() {
    System crystal = SmallSystems.triclinic();
    DifferenceCheck forces = DifferenceCheck.ofForces(PAIRS, List.of(crystal), 2, 1e-4);
    assertEquals(6, forces.components());
    assertEquals(0, forces.relativeError(), 1e-9);
    DifferenceCheck virial = DifferenceCheck.ofVirial(PAIRS, crystal, 1e-4);
    assertEquals(9, virial.components());
    assertEquals(0, virial.relativeError(), 1e-9);
  }

  @Test
  void derivativesThatLackAShareAreOffByIt() {
    Potential wrong = new Wrong(0.01);
    System crystal = SmallSystems.triclinic();
    DifferenceCheck forces = DifferenceCheck.ofForces(wrong, List.of(crystal), 1e-4);
    assertEquals(0.01, forces.relativeError(), 1e-9);
    assertEquals(0.01, DifferenceCheck.ofVirial(wrong, crystal, 1e-4).relativeError(), 1e-9);
  }

  @Test
  void errorsAreRelativeToTheLargestForce() {
    assertEquals(1e-7, new DifferenceCheck(3, 1e-4, 2e-7, 2).relativeError(), 1e-20);
    assertEquals(1e-7, new DifferenceCheck(3, 1e-4, 2e-7, 2).relativeError(0.5), 1e-20);
  }

  @Test
  void inACrystalAtRestTheyAreRelativeToUsualForces() {
    assertEquals(4e-7, new DifferenceCheck(12, 1e-4, 4e-7, 1e-4).relativeError(1), 1e-20);
    assertEquals(0, new DifferenceCheck(0, 1e-4, 0, 0).relativeError(0));
  }
}
