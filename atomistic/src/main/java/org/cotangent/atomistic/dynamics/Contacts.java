package org.cotangent.atomistic.dynamics;

import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.NeighborList;

/** Atoms that have come too close. */
final class Contacts {
  private Contacts() {}

  /**
   * Fails if two atoms, or an atom and an image, are closer than a limit.
   *
   * @param pairs of the system, up to a cutoff
   * @param limit in Å
   * @param advice what to do
   * @throws IllegalStateException naming the first two that are
   */
  static void requireApart(System system, NeighborList pairs, double limit, String advice) {
    double[] v = pairs.vectors();
    for (int p = 0; p < pairs.size(); p++) {
      double squared =
          v[3 * p] * v[3 * p] + v[3 * p + 1] * v[3 * p + 1] + v[3 * p + 2] * v[3 * p + 2];
      if (squared < limit * limit) {
        throw new IllegalStateException(
            "atoms %s and %s are %.3g Å apart, the least that is allowed is %.3g Å; %s"
                .formatted(
                    named(system, pairs.first()[p]),
                    named(system, pairs.second()[p]),
                    Math.sqrt(squared),
                    limit,
                    advice));
      }
    }
  }

  /** Returns how messages call an atom: {@code 3 (C)}. */
  static String named(System system, int atom) {
    return atom + " (" + Elements.symbol(system.type(atom)) + ")";
  }
}
