package org.cotangent.atomistic.linearace;

import java.util.Comparator;

/**
 * Which density A_(z n l) of an atom's neighbors.
 *
 * @param element z, the position of the neighbors' type
 * @param radial n
 * @param angular l
 */
record Channel(int element, int radial, int angular) implements Comparable<Channel> {
  private static final Comparator<Channel> ORDER =
      Comparator.comparingInt(Channel::angular)
          .thenComparingInt(Channel::element)
          .thenComparingInt(Channel::radial);

  /** Returns n + w·l. */
  double degree(double angularWeight) {
    return radial + angularWeight * angular;
  }

  @Override
  public int compareTo(Channel other) {
    return ORDER.compare(this, other);
  }
}
