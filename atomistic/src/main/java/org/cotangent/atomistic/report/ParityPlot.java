package org.cotangent.atomistic.report;

/**
 * A parity plot as the page draws it: the points, the distribution of the errors, and the errors
 * over all values.
 *
 * @param values the number of values
 * @param meanAbsolute the mean absolute error in {@code errorUnit}
 * @param rootMeanSquare the root of the mean squared error in {@code errorUnit}
 * @param determination the coefficient of determination R², 1 - Σ(p-r)²/Σ(r-mean r)²; NaN where all
 *     references are equal
 */
record ParityPlot(
    String quantity,
    String unit,
    String errorUnit,
    long values,
    double meanAbsolute,
    double rootMeanSquare,
    double determination,
    ScatterDensity points,
    ErrorHistogram errors) {

  static ParityPlot of(ReportData.Parity parity) {
    double[] reference = parity.reference();
    double[] predicted = parity.predicted();
    double meanReference = 0;
    for (double value : reference) {
      meanReference += value / reference.length;
    }
    double absolute = 0;
    double squared = 0;
    double spread = 0;
    for (int i = 0; i < reference.length; i++) {
      double error = predicted[i] - reference[i];
      absolute += Math.abs(error);
      squared += error * error;
      spread += (reference[i] - meanReference) * (reference[i] - meanReference);
    }
    return new ParityPlot(
        parity.quantity(),
        parity.unit(),
        parity.errorUnit(),
        reference.length,
        parity.errorScale() * absolute / reference.length,
        parity.errorScale() * Math.sqrt(squared / reference.length),
        spread == 0 ? Double.NaN : 1 - squared / spread,
        ScatterDensity.of(reference, predicted),
        ErrorHistogram.of(reference, predicted, parity.errorScale()));
  }
}
