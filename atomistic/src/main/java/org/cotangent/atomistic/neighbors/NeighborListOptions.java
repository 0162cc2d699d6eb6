package org.cotangent.atomistic.neighbors;

/**
 * Which pairs a model asks for.
 *
 * @param cutoff pairs closer than this are listed; a pair at exactly the cutoff is not. In the unit
 *     of the positions
 * @param fullList whether each pair is listed in both orientations (a full list) or once (a half
 *     list)
 * @param strict whether only pairs within the cutoff may be listed; if not, pairs beyond it may be
 *     there too, which the model ignores
 */
public record NeighborListOptions(double cutoff, boolean fullList, boolean strict) {
  /**
   * @throws IllegalArgumentException if the cutoff is not finite and positive
   */
  public NeighborListOptions {
    if (!(cutoff > 0 && cutoff < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the cutoff of a neighbor list must be finite and positive, it is " + cutoff);
    }
  }

  /** Returns the options of a strict full list. */
  public static NeighborListOptions full(double cutoff) {
    return new NeighborListOptions(cutoff, true, true);
  }

  /** Returns the options of a strict half list. */
  public static NeighborListOptions half(double cutoff) {
    return new NeighborListOptions(cutoff, false, true);
  }
}
