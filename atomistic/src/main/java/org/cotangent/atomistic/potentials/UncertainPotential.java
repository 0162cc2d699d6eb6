package org.cotangent.atomistic.potentials;

import java.util.List;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.InputChecks;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;

/**
 * A potential that says how far its energies may be off. Engines see it as {@code
 * energy_uncertainty} and {@code energy_ensemble} ({@link PotentialModel}); dynamics stop when it
 * grows too large.
 */
public interface UncertainPotential extends Potential {
  /**
   * Returns energies and deviations on the tape; the energies are those of {@link #atomicEnergies}.
   *
   * @param pairs the pairs of the systems, found with {@link #cutoff}
   * @param positions of all their atoms, {@code [atoms, 3]}, possibly recorded
   */
  EnergySpread spread(PairBlocks pairs, Tensor positions);

  /**
   * Returns the members of an ensemble of energies as sums of deviations: that of member m is the
   * energy plus {@code deviations · ensemble[:, m]}. Their mean is the energy.
   *
   * @return {@code [directions, members]}; without columns if there is no ensemble
   */
  Tensor ensemble();

  /**
   * Standard deviations of energies, in eV, float64.
   *
   * @param systems of the energies of the systems, {@code [systems]}
   * @param atoms of the energies of all their atoms, {@code [atoms]}
   */
  record Uncertainties(Tensor systems, Tensor atoms) {}

  /**
   * Returns the standard deviations of the energies of systems and of their atoms.
   *
   * @throws IllegalArgumentException as {@link #evaluate}
   */
  default Uncertainties uncertainties(List<System> systems) {
    InputChecks.checkTypes(systems, types());
    List<System> converted = systems.stream().map(system -> system.to(dtype())).toList();
    PairBlocks pairs = new PairBlocks(converted, cutoff());
    pairs.checkApart();
    EnergySpread spread = spread(pairs, pairs.positions());
    return new Uncertainties(
        spread.ofSystems(pairs).detach().cast(DType.FLOAT64),
        spread.ofAtoms().detach().cast(DType.FLOAT64));
  }
}
