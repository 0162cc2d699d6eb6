package org.cotangent.atomistic.dynamics;

/**
 * What dynamics must not exceed: beyond, a run has exploded or the potential does not know what it
 * computes.
 *
 * @param temperature the highest, in K
 * @param distance the smallest between two atoms, in Å
 * @param uncertainty the largest of the energy of an atom, in eV; for potentials that have none, it
 *     is not looked at
 */
public record MotionLimits(double temperature, double distance, double uncertainty) {
  /** No limits: a run goes on as long as its energy is finite. */
  public static final MotionLimits NONE =
      new MotionLimits(Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY);

  /** Checks the numbers. */
  public MotionLimits {
    require(temperature > 0, "temperature of a run", temperature, "above 0 K");
    require(distance >= 0, "smallest distance", distance, "0 Å or more");
    require(uncertainty > 0, "uncertainty threshold", uncertainty, "above 0 eV");
  }

  private static void require(boolean holds, String what, double found, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException(
          "the limit of the " + what + " must be " + wanted + ", it is " + found);
    }
  }
}
