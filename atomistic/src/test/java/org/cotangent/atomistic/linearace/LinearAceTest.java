package org.cotangent.atomistic.linearace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Options that make no sense are refused by name, value and what they must be. */
class LinearAceTest {
  private static final List<Integer> DEGREES = List.of(4, 3);
  private static final List<Integer> ANGULAR = List.of(0, 2);

  private static void assertRefused(String message, Runnable form) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, form::run).getMessage());
  }

  @Test
  void theCutoffIsALength() {
    assertRefused(
        "the option cutoff is -1.0, it must be above 0",
        () -> new LinearAce(-1, 4, DEGREES, ANGULAR, 1));
    assertRefused(
        "the option pair_cutoff is NaN, it must be above 0",
        () -> new LinearAce(4, Double.NaN, DEGREES, ANGULAR, 1));
  }

  @Test
  void thereAreOneToFourCorrelationOrders() {
    assertRefused(
        "the option max_degree is [], it must be a list of 1 to 4 numbers from 0 to 40",
        () -> new LinearAce(4, 4, List.of(), List.of(), 1));
    assertRefused(
        "the option max_degree is [1, 1, 1, 1, 1], it must be a list of 1 to 4 numbers from 0 to 40",
        () -> new LinearAce(4, 4, List.of(1, 1, 1, 1, 1), ANGULAR, 1));
  }

  @Test
  void everyOrderHasItsHighestAngularMomentum() {
    assertRefused(
        "the option max_angular is [0], it must be as long as max_degree, 2",
        () -> new LinearAce(4, 4, DEGREES, List.of(0), 1));
    assertRefused(
        "the option max_angular is [1, 2], it must be a list that begins with 0",
        () -> new LinearAce(4, 4, DEGREES, List.of(1, 2), 1));
  }

  @Test
  void theRangeIsTheLargerCutoffOfThoseThatAreUsed() {
    assertEquals(5, new LinearAce(5, 4, DEGREES, ANGULAR, 1).range());
    assertEquals(4, new LinearAce(5, 4, List.of(4), List.of(0), 1).range());
  }
}
