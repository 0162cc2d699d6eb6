package org.cotangent.atomistic.potentials;

import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.Tensor;

/**
 * Energies of atoms and how far they may be off. A deviation is a change of all energies at once,
 * in a direction in which the potential is not sure; the directions are independent of each other.
 * So the standard deviation of a sum of energies, such as that of a system, is the length of the
 * sum of these atoms' rows:
 *
 * <pre>  σ(Σ_i E_i) = |Σ_i d_i|</pre>
 *
 * <p>How a system's energy is shared among its atoms is often not known at all, while their sum is.
 * The standard deviations of single atoms are therefore given apart.
 *
 * @param energies {@code [atoms]}, in eV
 * @param deviations d, {@code [atoms, directions]}, in eV
 * @param ofAtoms the standard deviation of the energy of each atom, {@code [atoms]}, in eV
 */
public record EnergySpread(Tensor energies, Tensor deviations, Tensor ofAtoms) {
  /** Returns the standard deviation of the energy of each system, {@code [systems]}, in eV. */
  public Tensor ofSystems(PairBlocks pairs) {
    return Potential.sums(pairs, deviations).norm(1);
  }
}
