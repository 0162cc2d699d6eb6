package org.cotangent.autodiff.optim;

import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;

/** Checks what an optimiser is given, before it changes anything. */
final class StepChecks {
  private StepChecks() {}

  /**
   * Fails unless a tree has the names, types and shapes of another.
   *
   * @param what what the tree is, for the message
   */
  static void fits(Parameters like, Parameters given, String what) {
    like.requireSameNames(given, what);
    for (int k = 0; k < like.size(); k++) {
      Tensor x = like.tensors().get(k);
      Tensor y = given.tensors().get(k);
      if (x.dtype() != y.dtype() || !x.shape().equals(y.shape())) {
        throw new IllegalArgumentException(
            what
                + " must have "
                + x.dtype()
                + x.shape()
                + " at '"
                + like.names().get(k)
                + "', got "
                + y.dtype()
                + y.shape());
      }
    }
  }

  static double rate(Schedule schedule, long step) {
    double rate = schedule.at(step);
    if (!(rate >= 0) || rate == Double.POSITIVE_INFINITY) {
      throw new IllegalStateException(
          "the schedule "
              + schedule
              + " gives the learning rate "
              + rate
              + " at step "
              + step
              + "; it must be finite and not negative");
    }
    return rate;
  }

  /**
   * Fails unless a setting lies in [low, high).
   *
   * @throws IllegalArgumentException naming the setting
   */
  static void inRange(String name, double value, double low, double high) {
    if (!(value >= low && value < high)) {
      throw new IllegalArgumentException(
          name + " must be at least " + low + " and less than " + high + ", got " + value);
    }
  }
}
