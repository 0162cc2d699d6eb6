package org.cotangent.atomistic.potentials;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.InputChecks;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;

/**
 * Energies of systems with all their first derivatives. Energies in eV, lengths in Å, all in
 * float64.
 *
 * @param systems what was computed on
 * @param atomicEnergies the share of each atom of all systems, {@code [atoms]}
 * @param energies their sums, {@code [systems]}
 * @param forces minus the derivative by the positions of all atoms, {@code [atoms, 3]}
 * @param strainGradients for each system dE/dε, {@code [3, 3]}, for r → r(1 + ε) and cell → cell(1
 *     + ε) at ε = 0: the virial with the sign of the stress
 */
public record EnergyDerivatives(
    List<System> systems,
    Tensor atomicEnergies,
    Tensor energies,
    Tensor forces,
    List<Tensor> strainGradients) {

  /**
   * Computes all of them, with one reverse pass.
   *
   * @throws IllegalArgumentException if an atom is of a type that the potential does not know, two
   *     atoms are at the same place, or the lattice vectors of a system are linearly dependent
   */
  public static EnergyDerivatives of(Potential potential, List<System> systems) {
    InputChecks.checkTypes(systems, potential.types());
    Strains strains =
        Strains.of(systems.stream().map(system -> system.to(potential.dtype())).toList());
    PairBlocks pairs = new PairBlocks(strains.systems(), potential.cutoff());
    pairs.checkApart();
    Tensor atomic = potential.atomicEnergies(pairs, pairs.positions());
    List<Tensor> inputs = new ArrayList<>(strains.positions());
    inputs.addAll(strains.deformations());
    List<Tensor> slopes = Derivatives.grad(atomic.sum(), inputs);
    int count = systems.size();
    Tensor slope = Tensor.concatenate(0, slopes.subList(0, count));
    return new EnergyDerivatives(
        systems,
        atomic.detach().cast(DType.FLOAT64),
        Potential.sums(pairs, atomic.detach()).cast(DType.FLOAT64),
        slope.negate().cast(DType.FLOAT64),
        slopes.subList(count, 2 * count).stream().map(s -> s.cast(DType.FLOAT64)).toList());
  }

  /**
   * Returns the stress of a system, {@code [3, 3]}, in eV/Å³: its strain gradient over its volume,
   * positive under tension.
   *
   * @throws IllegalStateException if the system is not periodic in three directions
   */
  public Tensor stress(int system) {
    return strainGradients.get(system).divide(systems.get(system).volume());
  }

  /**
   * Returns the stress of a system as its six entries xx, yy, zz, yz, xz, xy, in eV/Å³.
   *
   * @throws IllegalStateException if the system is not periodic in three directions
   */
  public Tensor stressVoigt(int system) {
    double[] s = stress(system).toDoubleArray();
    return Tensor.of(
        new double[] {s[0], s[4], s[8], (s[5] + s[7]) / 2, (s[2] + s[6]) / 2, (s[1] + s[3]) / 2});
  }
}
