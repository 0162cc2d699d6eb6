package org.cotangent.atomistic.leastsquares;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Options that make no sense are refused by name, value and what they must be. */
class LeastSquaresTest {
  private static void assertRefused(String message, Runnable options) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, options::run).getMessage());
  }

  @Test
  void weightsAreNotNegative() {
    assertRefused(
        "the option force_weight is -1.0, it must be 0 or more",
        () -> new LeastSquares(1, -1, 1, 2, List.of(1.0)));
  }

  @Test
  void somethingHasWeight() {
    assertRefused(
        "the option energy_weight is 0.0, it must be above 0 where force_weight and virial_weight"
            + " are 0",
        () -> new LeastSquares(0, 0, 0, 2, List.of(1.0)));
  }

  @Test
  void aRidgeIsNotZero() {
    assertRefused(
        "the option ridges is [0.0], it must be a list of 1 or more numbers above 0",
        () -> new LeastSquares(1, 1, 1, 2, List.of(0.0)));
  }
}
