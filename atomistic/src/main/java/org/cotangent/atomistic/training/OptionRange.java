package org.cotangent.atomistic.training;

/** Checks of the numbers in options. */
final class OptionRange {
  private OptionRange() {}

  /**
   * Fails unless a condition holds.
   *
   * @param option its name in a file of options
   * @param wanted what its value must be
   * @throws IllegalArgumentException in one sentence
   */
  static void require(boolean holds, String option, Object given, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException(
          "the option " + option + " is " + given + ", it must be " + wanted);
    }
  }

  /** Fails unless a number is finite and at least 0. */
  static void requireNotNegative(String option, double given) {
    require(given >= 0 && Double.isFinite(given), option, given, "0 or more");
  }

  /** Fails unless a number is finite and above 0. */
  static void requirePositive(String option, double given) {
    require(given > 0 && Double.isFinite(given), option, given, "above 0");
  }
}
