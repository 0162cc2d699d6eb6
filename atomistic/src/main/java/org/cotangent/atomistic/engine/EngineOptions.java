package org.cotangent.atomistic.engine;

/**
 * How an engine uses a model.
 *
 * @param units of the engine
 * @param skin how much farther than the cutoff neighbors are searched, so that the search need not
 *     be repeated in every step, in Å; results do not depend on it
 * @param checkConsistency whether to check what goes into the model and what comes out of it, which
 *     costs time
 * @param committeeForces whether forces and virials of the members of a committee are wanted: one
 *     reverse pass for each
 */
public record EngineOptions(
    EngineUnits units, double skin, boolean checkConsistency, boolean committeeForces) {

  /**
   * @throws IllegalArgumentException if the skin is negative or not finite
   */
  public EngineOptions {
    if (!(skin >= 0 && skin < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the skin must be finite and not negative, it is %s Å".formatted(skin));
    }
  }

  /** Returns the options with a skin of 1 Å, and neither checks nor forces of members. */
  public static EngineOptions of(EngineUnits units) {
    return new EngineOptions(units, 1, false, false);
  }

  /** Returns these options in the units of another engine. */
  public EngineOptions in(EngineUnits other) {
    return new EngineOptions(other, skin, checkConsistency, committeeForces);
  }
}
