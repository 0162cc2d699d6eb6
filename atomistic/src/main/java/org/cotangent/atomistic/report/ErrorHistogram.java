package org.cotangent.atomistic.report;

/**
 * How often errors of each size occur, in equally wide bins from {@code -limit} to {@code limit},
 * the middle one around 0. What lies beyond the limit is counted in the first and the last bin.
 *
 * @param limit four root mean square errors: a normal distribution leaves 0.006 % beyond
 * @param count the number of errors in each bin
 */
record ErrorHistogram(double limit, int[] count) {
  private static final int BINS = 41;
  private static final double LIMIT_IN_ROOT_MEAN_SQUARES = 4;

  static ErrorHistogram of(double[] reference, double[] predicted, double scale) {
    double squared = 0;
    int finite = 0;
    for (int i = 0; i < reference.length; i++) {
      double error = scale * (predicted[i] - reference[i]);
      if (Double.isFinite(error)) {
        squared += error * error;
        finite++;
      }
    }
    double limit = LIMIT_IN_ROOT_MEAN_SQUARES * Math.sqrt(squared / Math.max(finite, 1));
    int[] count = new int[BINS];
    for (int i = 0; i < reference.length; i++) {
      double error = scale * (predicted[i] - reference[i]);
      if (Double.isFinite(error)) {
        double share = limit == 0 ? 0.5 : (error + limit) / (2 * limit);
        count[(int) Math.clamp(Math.floor(share * BINS), 0, BINS - 1)]++;
      }
    }
    return new ErrorHistogram(limit, count);
  }
}
