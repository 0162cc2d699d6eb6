package org.cotangent.atomistic.training;

import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Energies, forces and virials of batches of a set of systems, on the tape of the weights of a
 * potential in training. What does not depend on the weights has been computed before.
 */
interface BatchModel {
  /**
   * Returns what the weights give for a batch, without the elements' constants.
   *
   * @param systems which systems of the set, from 0
   */
  Output output(int[] systems, Parameters weights);

  /** Returns whether its output has virials. */
  boolean hasVirials();

  /**
   * Energies, forces and virials.
   *
   * @param energies {@code [systems]}, in eV
   * @param forces {@code [atoms, 3]}, in eV/Å
   * @param virials {@code [systems, 3, 3]}, in eV; null where the model gives none
   */
  record Output(Tensor energies, Tensor forces, @Nullable Tensor virials) {}
}
