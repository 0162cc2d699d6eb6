package org.cotangent.atomistic.training;

import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A loss on energies, forces and virials. With ΔE, ΔF and ΔW what is off in them, N the number of
 * atoms, and means over the labels that are there:
 *
 * <pre>  SQUARE  energyWeight·mean (ΔE/N)² + forceWeight·mean ΔF² + virialWeight·mean (ΔW/N)²
 *  NORM    energyWeight·mean |ΔE|/N  + forceWeight·mean |ΔF| + virialWeight·mean |ΔW|/N</pre>
 *
 * <p>Squares are means over components; lengths |x| are of whole vectors and matrices, √(x·x + δ²)
 * with δ one meV or meV/Å, so that they are smooth at zero. Lengths forgive single large errors.
 *
 * @param kind of the loss
 * @param energyWeight of the error of the energy per atom, in eV⁻² or eV⁻¹
 * @param forceWeight of the error of the forces, in Å²/eV² or Å/eV
 * @param virialWeight of the error of the virial per atom, in eV⁻² or eV⁻¹
 */
public record ForceLoss(Kind kind, double energyWeight, double forceWeight, double virialWeight) {
  /** δ². */
  private static final double SMOOTHING = 1e-6;

  /** How errors are measured. */
  public enum Kind {
    /** Mean squares. */
    SQUARE,
    /** Mean lengths. */
    NORM
  }

  /**
   * Returns what a part of a batch contributes to the loss of the batch.
   *
   * @param batch the number of labels in the whole batch
   * @return a scalar
   */
  Tensor of(BatchModel.Output output, Targets targets, Targets.Counts batch) {
    Tensor energy = output.energies().subtract(targets.energies());
    Tensor sum =
        term(energy.unsqueeze(1), targets.energyWeights(), targets.atoms(), batch.energies())
            .multiply(energyWeight);
    Tensor force = output.forces().subtract(targets.forces());
    sum = sum.add(term(force, targets.forceWeights(), null, batch.forces()).multiply(forceWeight));
    Tensor virials = output.virials();
    if (virials != null && batch.virials() > 0) {
      Tensor virial = virials.subtract(targets.virials()).reshape(Shape.of(virials.dim(0), 9));
      sum =
          sum.add(
              term(virial, targets.virialWeights(), targets.atoms(), batch.virials())
                  .multiply(virialWeight));
    }
    return sum;
  }

  /** The weighted mean of the rows' squares or lengths. */
  private Tensor term(Tensor rows, Tensor weights, @Nullable Tensor atoms, int count) {
    Tensor squares = rows.square();
    Tensor each =
        switch (kind) {
          case SQUARE -> squares.mean(1);
          case NORM -> squares.sum(1).add(SMOOTHING).sqrt();
        };
    if (atoms != null) {
      each = each.divide(kind == Kind.SQUARE ? atoms.square() : atoms);
    }
    return each.multiply(weights).sum().divide(Math.max(1, count));
  }
}
