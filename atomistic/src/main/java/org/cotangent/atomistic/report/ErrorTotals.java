package org.cotangent.atomistic.report;

/**
 * Errors of one quantity, added up one by one: their mean, root mean square and largest, without
 * keeping them. Sums are compensated (Neumaier 1974), so that the last of 10⁸ errors counts as much
 * as the first.
 */
public final class ErrorTotals {
  private long count;
  private double largest;
  private final CompensatedSum absolute = new CompensatedSum();
  private final CompensatedSum squared = new CompensatedSum();

  /** Creates sums of nothing. */
  public ErrorTotals() {}

  /** Adds an error; one that is not a number makes all results so. */
  public void add(double error) {
    double size = Math.abs(error);
    count++;
    absolute.add(size);
    squared.add(size * size);
    largest = Math.max(largest, size); // NaN where either is
  }

  /** Returns how many errors were added. */
  public long count() {
    return count;
  }

  /** Returns the mean absolute error; NaN where there is none. */
  public double meanAbsolute() {
    return absolute.value() / count;
  }

  /** Returns the root of the mean squared error; NaN where there is none. */
  public double rootMeanSquare() {
    return Math.sqrt(squared.value() / count);
  }

  /** Returns the largest absolute error; NaN where there is none. */
  public double largest() {
    return count == 0 ? Double.NaN : largest;
  }
}
