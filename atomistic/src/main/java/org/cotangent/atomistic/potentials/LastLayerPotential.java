package org.cotangent.atomistic.potentials;

import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.Tensor;

/**
 * A learned potential whose last step is linear, with weights for each element:
 *
 * <pre>  E_i = f_i · w[z_i] + b[z_i] + …</pre>
 *
 * What the features f of the training set leave open about w is what {@link LlprPotential} calls
 * uncertain.
 */
public interface LastLayerPotential extends LearnedPotential {
  /** Returns the number of features. */
  int lastLayerSize();

  /**
   * Returns energies and features of atoms on the tape; the energies are those of {@link
   * #atomicEnergies}.
   *
   * @param pairs the pairs of the systems, found with {@link #cutoff}
   * @param positions of all their atoms, {@code [atoms, 3]}, possibly recorded
   */
  LastLayer lastLayer(PairBlocks pairs, Tensor positions);

  /**
   * What the last layer gives and what it gets.
   *
   * @param energies {@code [atoms]}, in eV
   * @param features {@code [atoms, features]}
   */
  record LastLayer(Tensor energies, Tensor features) {}
}
