package org.cotangent.atomistic.report;

import java.util.Arrays;

/**
 * Points of a scatter plot, added one by one and thinned so that a browser can draw them. Few are
 * kept as they are. Many are counted on a square grid, whose cells double in size when a point lies
 * outside: each cell that holds points becomes one, in the middle of them and with their number, so
 * that nothing is dropped and memory stays the same.
 */
final class ScatterDensity {
  /** What a browser draws and searches for tooltips without delay. */
  static final int MOST_SINGLE_POINTS = 2000;

  /** Cells along each axis of the plot. */
  private static final int DRAWN = 120;

  /** Cells along each axis while counting: the range covers 250 of them at least. */
  private static final int COUNTED = 512;

  private final double[] singleX = new double[MOST_SINGLE_POINTS];
  private final double[] singleY = new double[MOST_SINGLE_POINTS];
  private int singles;
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;
  private boolean binned;
  private int exponent;
  private long origin;
  private long[] counts = new long[0];
  private double[] sumX = new double[0];
  private double[] sumY = new double[0];

  /**
   * Points as a plot draws them.
   *
   * @param x horizontal positions, {@code [cells]}
   * @param y vertical positions, {@code [cells]}
   * @param count the number of points, {@code [cells]}
   * @param binned whether points were counted on a grid
   */
  record Points(double[] x, double[] y, long[] count, boolean binned) {}

  /** Adds a point whose two coordinates are finite. */
  void add(double x, double y) {
    double lowest = Math.min(low, Math.min(x, y));
    double highest = Math.max(high, Math.max(x, y));
    boolean wider = lowest < low || highest > high;
    low = lowest;
    high = highest;
    if (!binned && singles < MOST_SINGLE_POINTS) {
      singleX[singles] = x;
      singleY[singles] = y;
      singles++;
      return;
    }
    if (!binned) {
      binned = true;
      regrid();
      for (int k = 0; k < singles; k++) {
        count(singleX[k], singleY[k], 1, singleX[k], singleY[k]);
      }
    } else if (wider && !covers()) {
      regrid();
    }
    count(x, y, 1, x, y);
  }

  private boolean covers() {
    return cell(low) >= 0 && cell(high) < COUNTED;
  }

  private long cell(double value) {
    return (long) Math.floor(Math.scalb(value, -exponent)) - origin;
  }

  /** Chooses cells of which the range takes half to nearly all, and moves the counts there. */
  private void regrid() {
    long[] oldCounts = counts;
    double[] oldX = sumX;
    double[] oldY = sumY;
    double range = Math.max(high - low, Math.ulp(Math.max(Math.abs(low), Math.abs(high))));
    exponent = Math.getExponent(Math.max(range, Double.MIN_NORMAL) * 1.02 / COUNTED) + 1;
    double middle = Math.scalb((low + high) / 2, -exponent);
    origin = (long) Math.floor(middle) - COUNTED / 2;
    counts = new long[COUNTED * COUNTED];
    sumX = new double[COUNTED * COUNTED];
    sumY = new double[COUNTED * COUNTED];
    for (int k = 0; k < oldCounts.length; k++) {
      if (oldCounts[k] > 0) {
        count(oldX[k] / oldCounts[k], oldY[k] / oldCounts[k], oldCounts[k], oldX[k], oldY[k]);
      }
    }
  }

  private void count(double x, double y, long number, double addX, double addY) {
    int at =
        (int) Math.clamp(cell(y), 0, COUNTED - 1L) * COUNTED
            + (int) Math.clamp(cell(x), 0, COUNTED - 1L);
    counts[at] += number;
    sumX[at] += addX;
    sumY[at] += addY;
  }

  /** Returns what to draw. */
  Points points() {
    if (!binned) {
      long[] ones = new long[singles];
      Arrays.fill(ones, 1);
      return new Points(
          Arrays.copyOf(singleX, singles), Arrays.copyOf(singleY, singles), ones, false);
    }
    double cellsPerUnit = high > low ? DRAWN / (high - low) : 0;
    long[] drawn = new long[DRAWN * DRAWN];
    double[] drawnX = new double[DRAWN * DRAWN];
    double[] drawnY = new double[DRAWN * DRAWN];
    for (int k = 0; k < counts.length; k++) {
      if (counts[k] > 0) {
        int column = (int) Math.min(DRAWN - 1, (sumX[k] / counts[k] - low) * cellsPerUnit);
        int row = (int) Math.min(DRAWN - 1, (sumY[k] / counts[k] - low) * cellsPerUnit);
        int at = Math.max(0, row) * DRAWN + Math.max(0, column);
        drawn[at] += counts[k];
        drawnX[at] += sumX[k];
        drawnY[at] += sumY[k];
      }
    }
    return filled(drawn, drawnX, drawnY);
  }

  private static Points filled(long[] drawn, double[] sumX, double[] sumY) {
    int cells = (int) Arrays.stream(drawn).filter(number -> number > 0).count();
    double[] x = new double[cells];
    double[] y = new double[cells];
    long[] count = new long[cells];
    int next = 0;
    for (int k = 0; k < drawn.length; k++) {
      if (drawn[k] > 0) {
        x[next] = sumX[k] / drawn[k];
        y[next] = sumY[k] / drawn[k];
        count[next++] = drawn[k];
      }
    }
    return new Points(x, y, count, true);
  }
}
