package org.cotangent.atomistic.training;

import org.cotangent.autodiff.Tensor;

/**
 * A loss on energies and forces:
 *
 * <pre>  energyWeight·mean over systems of ((E - E*)/atoms)²
 *  + forceWeight·mean over all components of (F - F*)²</pre>
 *
 * @param energyWeight of the squared error of the energy per atom, in eV⁻²
 * @param forceWeight of the squared error of a force component, in Å²/eV²
 */
public record ForceLoss(double energyWeight, double forceWeight) {

  /**
   * Returns the loss.
   *
   * @param energies {@code [systems]}, in eV
   * @param forces {@code [atoms, 3]}, in eV/Å
   * @param atoms the number of atoms of each system, {@code [systems]}
   * @return a scalar
   */
  public Tensor of(
      Tensor energies, Tensor energyTargets, Tensor atoms, Tensor forces, Tensor forceTargets) {
    Tensor perAtom = energies.subtract(energyTargets).divide(atoms);
    return perAtom
        .square()
        .mean()
        .multiply(energyWeight)
        .add(forces.subtract(forceTargets).square().mean().multiply(forceWeight));
  }
}
