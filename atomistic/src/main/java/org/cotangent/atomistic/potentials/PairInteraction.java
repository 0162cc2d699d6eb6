package org.cotangent.atomistic.potentials;

import org.cotangent.autodiff.Tensor;

/** An energy that depends on the distance of two atoms and on their types. */
public sealed interface PairInteraction permits LennardJones, Morse, CovalentZbl, Zbl {
  /** Returns the distance from which on there is no interaction, in Å. */
  double cutoff();

  /**
   * Returns the energies of pairs that are closer than the cutoff, {@code [pairs]}, in eV.
   *
   * @param distances {@code [pairs]}, in Å, positive
   * @param firstTypes the types of the first atoms, {@code [pairs]}
   * @param secondTypes the types of the second atoms, {@code [pairs]}
   */
  Tensor energies(Tensor distances, int[] firstTypes, int[] secondTypes);
}
