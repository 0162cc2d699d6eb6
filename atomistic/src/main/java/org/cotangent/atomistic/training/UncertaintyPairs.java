package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Predicted uncertainties beside the errors that were made. */
final class UncertaintyPairs {
  private static final int MOST_GROUPS = 10;

  /** A root mean square of fewer errors says little. */
  private static final int SMALLEST_GROUP = 5;

  private double[] uncertainties = new double[64];
  private double[] errors = new double[64];
  private int count;
  private int within;

  void add(double uncertainty, double error) {
    if (count == errors.length) {
      uncertainties = Arrays.copyOf(uncertainties, 2 * count);
      errors = Arrays.copyOf(errors, 2 * count);
    }
    uncertainties[count] = uncertainty;
    errors[count] = error;
    count++;
    within += Math.abs(error) <= uncertainty ? 1 : 0;
  }

  int count() {
    return count;
  }

  /** Returns the share of errors that are not larger than their uncertainty. */
  double within() {
    return within / (double) count;
  }

  /**
   * Predictions of about the same uncertainty.
   *
   * @param uncertainty the root mean square of the uncertainties
   * @param error the root mean square of the errors
   * @param count how many
   */
  record Group(double uncertainty, double error, int count) {}

  /** Returns at most ten groups of equally many predictions, by increasing uncertainty. */
  List<Group> groups() {
    Integer[] order = new Integer[count];
    Arrays.setAll(order, k -> k);
    Arrays.sort(order, (a, b) -> Double.compare(uncertainties[a], uncertainties[b]));
    List<Group> groups = new ArrayList<>();
    int number = Math.clamp(count / SMALLEST_GROUP, Math.min(1, count), MOST_GROUPS);
    for (int g = 0; g < number; g++) {
      int from = (int) ((long) g * count / number);
      int to = (int) ((g + 1L) * count / number);
      double predicted = 0;
      double actual = 0;
      for (int k = from; k < to; k++) {
        predicted += uncertainties[order[k]] * uncertainties[order[k]];
        actual += errors[order[k]] * errors[order[k]];
      }
      groups.add(
          new Group(
              Math.sqrt(predicted / (to - from)), Math.sqrt(actual / (to - from)), to - from));
    }
    return groups;
  }
}
