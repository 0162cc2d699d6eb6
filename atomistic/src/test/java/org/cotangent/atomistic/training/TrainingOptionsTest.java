package org.cotangent.atomistic.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TrainingOptionsTest {
  @Test
  void anImpossibleValueIsNamedWithWhatItMayBe() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> TrainingOptions.QUICKSTART.with(1, 16, 1, 1, ForceGradients.FORWARD));
    assertEquals("the option base_precision is 16, it must be 32 or 64", e.getMessage());
  }
}
