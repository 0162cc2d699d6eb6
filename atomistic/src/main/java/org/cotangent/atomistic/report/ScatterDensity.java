package org.cotangent.atomistic.report;

import java.util.Arrays;

/**
 * Points of a scatter plot, thinned so that a browser can draw them. Few points are kept as they
 * are. Many are counted on a square grid over the range of both axes, and each cell that holds
 * points becomes one, in the middle of them and with their number; nothing is dropped.
 *
 * @param x horizontal positions, {@code [cells]}
 * @param y vertical positions, {@code [cells]}
 * @param count the number of points, {@code [cells]}
 * @param binned whether points were counted on a grid
 */
record ScatterDensity(double[] x, double[] y, int[] count, boolean binned) {
  /** What a browser draws and searches for tooltips without delay. */
  static final int MOST_SINGLE_POINTS = 2000;

  private static final int GRID = 120;

  /** Thins the points whose two coordinates are finite. */
  static ScatterDensity of(double[] x, double[] y) {
    double[] finiteX = new double[x.length];
    double[] finiteY = new double[y.length];
    int points = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < x.length; i++) {
      if (Double.isFinite(x[i]) && Double.isFinite(y[i])) {
        finiteX[points] = x[i];
        finiteY[points] = y[i];
        points++;
        low = Math.min(low, Math.min(x[i], y[i]));
        high = Math.max(high, Math.max(x[i], y[i]));
      }
    }
    finiteX = Arrays.copyOf(finiteX, points);
    finiteY = Arrays.copyOf(finiteY, points);
    if (points <= MOST_SINGLE_POINTS || low == high) {
      int[] ones = new int[points];
      Arrays.fill(ones, 1);
      return new ScatterDensity(finiteX, finiteY, ones, false);
    }
    return count(finiteX, finiteY, low, high);
  }

  private static ScatterDensity count(double[] x, double[] y, double low, double high) {
    double cellsPerUnit = GRID / (high - low);
    int[] counts = new int[GRID * GRID];
    double[] sumX = new double[GRID * GRID];
    double[] sumY = new double[GRID * GRID];
    for (int i = 0; i < x.length; i++) {
      int column = Math.min(GRID - 1, (int) ((x[i] - low) * cellsPerUnit));
      int row = Math.min(GRID - 1, (int) ((y[i] - low) * cellsPerUnit));
      int cell = row * GRID + column;
      counts[cell]++;
      sumX[cell] += x[i];
      sumY[cell] += y[i];
    }
    double[] middleX = new double[counts.length];
    double[] middleY = new double[counts.length];
    int[] kept = new int[counts.length];
    int cells = 0;
    for (int cell = 0; cell < counts.length; cell++) {
      if (counts[cell] > 0) {
        middleX[cells] = sumX[cell] / counts[cell];
        middleY[cells] = sumY[cell] / counts[cell];
        kept[cells] = counts[cell];
        cells++;
      }
    }
    return new ScatterDensity(
        Arrays.copyOf(middleX, cells),
        Arrays.copyOf(middleY, cells),
        Arrays.copyOf(kept, cells),
        true);
  }
}
