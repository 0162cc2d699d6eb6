package org.cotangent.atomistic.report;

/**
 * A sum that carries what rounding took off (A. Neumaier, Z. Angew. Math. Mech. 54, 39, 1974,
 * algorithm IV).
 */
final class CompensatedSum {
  private double sum;
  private double lost;

  void add(double term) {
    double next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
    sum = next;
  }

  double value() {
    // An infinite sum leaves NaN in what was lost.
    return Double.isFinite(sum) ? sum + lost : sum;
  }
}
