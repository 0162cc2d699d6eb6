package org.cotangent.atomistic.training;

import org.cotangent.autodiff.Tensor;

/**
 * A loss on energies and forces. With ΔE and ΔF what is off, N the number of atoms:
 *
 * <pre>
 *   SQUARE  energyWeight·mean over systems of (ΔE/N)² + forceWeight·mean over components of ΔF²
 *  NORM    energyWeight·mean over systems of |ΔE|/N + forceWeight·mean over atoms of |ΔF|</pre>
 *
 * <p>where |x| is √(x² + (1 meV or 1 meV/Å)²), smooth at zero. The norm forgives single large
 * errors.
 *
 * @param kind of the loss
 * @param energyWeight of the error of the energy per atom, in eV⁻² or eV⁻¹
 * @param forceWeight of the error of the forces, in Å²/eV² or Å/eV
 */
public record ForceLoss(Kind kind, double energyWeight, double forceWeight) {
  /** The square of one meV, or of one meV/Å. */
  private static final double SMOOTHING = 1e-6;

  /** How errors are measured. */
  public enum Kind {
    /** Mean squares. */
    SQUARE,
    /** Mean lengths. */
    NORM
  }

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
    Tensor energy = energies.subtract(energyTargets);
    Tensor squares = forces.subtract(forceTargets).square();
    return switch (kind) {
      case SQUARE ->
          energy
              .divide(atoms)
              .square()
              .mean()
              .multiply(energyWeight)
              .add(squares.mean().multiply(forceWeight));
      case NORM ->
          energy
              .square()
              .add(SMOOTHING)
              .sqrt()
              .divide(atoms)
              .mean()
              .multiply(energyWeight)
              .add(squares.sum(1).add(SMOOTHING).sqrt().mean().multiply(forceWeight));
    };
  }
}
