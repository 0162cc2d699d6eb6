package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/**
 * The sum of the elements of one vector, from the first to the last. The Vector API leaves the
 * order of its own reduction open, and interpreted and compiled code differ in it.
 */
final class LaneSum {
  private LaneSum() {}

  static double of(DoubleVector v) {
    double sum = 0;
    for (double lane : v.toArray()) {
      sum += lane;
    }
    return sum;
  }

  static float of(FloatVector v) {
    float sum = 0;
    for (float lane : v.toArray()) {
      sum += lane;
    }
    return sum;
  }
}
