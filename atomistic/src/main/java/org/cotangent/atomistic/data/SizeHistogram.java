package org.cotangent.atomistic.data;

/**
 * Counts of positive numbers in bins whose bounds grow by one percent, so that quantiles of any
 * number of them take little memory and are right to one percent.
 */
final class SizeHistogram {
  private static final double SMALLEST = 1e-6;
  private static final double GROWTH = Math.log(1.01);
  private static final int BINS = 3000;

  private final long[] counts = new long[BINS];
  private long count;

  void add(double value) {
    counts[bin(value)]++;
    count++;
  }

  private static int bin(double value) {
    return value <= SMALLEST
        ? 0
        : (int) Math.min(BINS - 1, Math.ceil(Math.log(value / SMALLEST) / GROWTH));
  }

  /** The upper bound of a bin. */
  private static double value(int bin) {
    return SMALLEST * Math.exp(GROWTH * bin);
  }

  long count() {
    return count;
  }

  /** Returns the number below which this fraction of the numbers is. */
  double quantile(double fraction) {
    long below = 0;
    for (int bin = 0; bin < BINS; bin++) {
      below += counts[bin];
      if (below >= fraction * count) {
        return value(bin);
      }
    }
    return 0;
  }

  /** Returns the median of the distances from a number. */
  double medianDeviation(double center) {
    SizeHistogram distances = new SizeHistogram();
    for (int bin = 0; bin < BINS; bin++) {
      int to = bin(Math.abs(value(bin) - center));
      distances.counts[to] += counts[bin];
      distances.count += counts[bin];
    }
    return distances.quantile(0.5);
  }

  /** Returns how many numbers are above a limit. */
  long above(double limit) {
    long above = 0;
    for (int bin = bin(limit) + 1; bin < BINS; bin++) {
      above += counts[bin];
    }
    return above;
  }
}
