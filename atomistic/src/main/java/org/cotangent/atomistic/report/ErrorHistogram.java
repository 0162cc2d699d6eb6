package org.cotangent.atomistic.report;

import java.util.Arrays;

/**
 * How often errors of each size occur, counted one by one without keeping them. They are counted in
 * narrow cells whose width is a power of two and doubles when an error lies outside; the few bins
 * of a plot are made of these at the end.
 */
final class ErrorHistogram {
  private static final int HALF = 1 << 15;

  /** Cells within the first error: it may turn out large or small among those that follow. */
  private static final int FIRST_EXPONENT = 12;

  private static final int BINS = 41;
  private static final double LIMIT_IN_ROOT_MEAN_SQUARES = 4;

  private final long[] cells = new long[2 * HALF + 1];
  private boolean scaled;
  private int exponent;

  /**
   * The bins of a plot, equally wide from {@code -limit} to {@code limit}, the middle one around 0.
   * What lies beyond the limit is counted in the first and the last bin.
   *
   * @param limit four root mean square errors: a normal distribution leaves 0.006 % beyond
   * @param count the number of errors in each bin
   */
  record Bins(double limit, long[] count) {}

  /** Counts a finite error. */
  void add(double error) {
    if (!scaled && error != 0) {
      exponent = Math.getExponent(error) - FIRST_EXPONENT;
      scaled = true;
    }
    double cell = scaled ? Math.rint(Math.scalb(error, -exponent)) : 0;
    while (Math.abs(cell) > HALF) {
      coarsen();
      cell = Math.rint(Math.scalb(error, -exponent));
    }
    cells[HALF + (int) cell]++;
  }

  private void coarsen() {
    long[] fine = cells.clone();
    Arrays.fill(cells, 0);
    for (int k = 0; k < fine.length; k++) {
      cells[HALF + (int) Math.rint((k - HALF) / 2.0)] += fine[k];
    }
    exponent++;
  }

  /** Returns the bins of a plot of the errors times {@code scale}. */
  Bins bins(double rootMeanSquare, double scale) {
    double limit = LIMIT_IN_ROOT_MEAN_SQUARES * rootMeanSquare;
    long[] count = new long[BINS];
    for (int k = 0; k < cells.length; k++) {
      if (cells[k] > 0) {
        double error = Math.scalb((double) (k - HALF), exponent);
        double share = limit > 0 ? (error + limit) / (2 * limit) : 0.5;
        count[Math.clamp((long) Math.floor(share * BINS), 0, BINS - 1)] += cells[k];
      }
    }
    return new Bins(limit * scale, count);
  }
}
