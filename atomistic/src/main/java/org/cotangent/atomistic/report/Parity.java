package org.cotangent.atomistic.report;

import org.cotangent.atomistic.report.ErrorHistogram.Bins;

/**
 * Predictions beside their references, added one by one: points for a plot, the distribution of the
 * errors and their sums. What it keeps does not grow with the number of values.
 */
public final class Parity {
  private final ErrorTotals errors = new ErrorTotals();
  private final ScatterDensity points = new ScatterDensity();
  private final ErrorHistogram histogram = new ErrorHistogram();
  private long finite;
  private double finiteSquares;
  private double meanReference;
  private double spread;

  /** Creates one without values. */
  public Parity() {}

  /** Adds a prediction with its reference. One that is not finite counts, but is not drawn. */
  public void add(double reference, double predicted) {
    double error = predicted - reference;
    errors.add(error);
    if (Double.isFinite(error)) {
      finite++;
      finiteSquares += error * error;
      double distance = reference - meanReference; // Welford 1962
      meanReference += distance / finite;
      spread += distance * (reference - meanReference);
      points.add(reference, predicted);
      histogram.add(error);
    }
  }

  /** Returns the sums of the errors. */
  public ErrorTotals errors() {
    return errors;
  }

  /** Returns the number of values. */
  public long count() {
    return errors.count();
  }

  /**
   * Returns the coefficient of determination R², 1 - Σ(p-r)²/Σ(r-mean r)²; NaN where all references
   * are equal.
   */
  public double determination() {
    return spread > 0 ? 1 - finiteSquares / spread : Double.NaN;
  }

  ScatterDensity.Points points() {
    return points.points();
  }

  Bins histogram(double scale) {
    return histogram.bins(Math.sqrt(finiteSquares / Math.max(finite, 1)), scale);
  }
}
