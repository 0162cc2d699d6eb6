package org.cotangent.autodiff.kernels;

/**
 * How the sums of a tile meet what is in the result: as sum·sign + (old where kept, otherwise 0),
 * which sets, adds or subtracts without a branch. A branch that one mode takes for the first time
 * would throw the compiled tile away, and until it is compiled again the Vector API is a thousand
 * times slower.
 */
final class TileEnd {
  // By ProductKernels.SET, ADD and SUBTRACT.
  private static final int[] SIGNS = {1, 1, -1};
  private static final int[] KEPT = {0, -1, -1};

  private TileEnd() {}

  static int sign(int mode) {
    return SIGNS[mode];
  }

  /** The bits of a mask. */
  static long kept(int mode) {
    return KEPT[mode];
  }
}
