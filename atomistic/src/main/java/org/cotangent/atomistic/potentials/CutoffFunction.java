package org.cotangent.atomistic.potentials;

import org.cotangent.autodiff.Tensor;

/** A function of the distance that goes smoothly from 1 at the onset to 0 at the cutoff. */
public sealed interface CutoffFunction permits CharmmCutoff, QuinticCutoff {
  /** Returns the distance up to which the function is 1. */
  double onset();

  /** Returns the distance from which on it is 0. */
  double cutoff();

  /**
   * Returns the function of distances.
   *
   * @param distances of any shape
   */
  Tensor of(Tensor distances);

  /**
   * Checks that there is room for the function to fall.
   *
   * @throws IllegalArgumentException if not 0 ≤ onset &lt; cutoff
   */
  static void check(double onset, double cutoff) {
    if (!(onset >= 0 && onset < cutoff && cutoff < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a cutoff function needs 0 <= onset < cutoff, they are " + onset + " and " + cutoff);
    }
  }
}
