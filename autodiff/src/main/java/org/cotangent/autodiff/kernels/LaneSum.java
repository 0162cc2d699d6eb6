package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sum of the elements of one vector: its halves are added, then the halves of that, and so on.
 * The Vector API leaves the order of its own reduction open, and interpreted and compiled code
 * differ in it.
 */
final class LaneSum {
  private static final VectorShuffle<Double>[] HALVES_64 = halves(DoubleVector.SPECIES_PREFERRED);
  private static final VectorShuffle<Float>[] HALVES_32 = halves(FloatVector.SPECIES_PREFERRED);

  private LaneSum() {}

  /** For each step, what brings the second half of what is left to the front. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  private static <E> VectorShuffle<E>[] halves(VectorSpecies<E> species) {
    int lanes = species.length();
    VectorShuffle<E>[] steps = new VectorShuffle[Integer.numberOfTrailingZeros(lanes)];
    for (int s = 0; s < steps.length; s++) {
      int half = lanes >> (s + 1);
      steps[s] = VectorShuffle.fromOp(species, lane -> (lane + half) % lanes);
    }
    return steps;
  }

  static double of(DoubleVector v) {
    DoubleVector rest = v;
    for (VectorShuffle<Double> half : HALVES_64) {
      rest = rest.add(rest.rearrange(half));
    }
    return rest.lane(0);
  }

  static float of(FloatVector v) {
    FloatVector rest = v;
    for (VectorShuffle<Float> half : HALVES_32) {
      rest = rest.add(rest.rearrange(half));
    }
    return rest.lane(0);
  }
}
