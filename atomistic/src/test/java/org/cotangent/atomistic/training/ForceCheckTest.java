package org.cotangent.atomistic.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** In what units errors of forces are told. */
class ForceCheckTest {
  @Test
  void errorsAreRelativeToTheLargestForce() {
    assertEquals(1e-7, new ForceCheck(3, 1e-4, 2e-7, 2).relativeError(), 1e-20);
    assertEquals(1e-7, new ForceCheck(3, 1e-4, 2e-7, 2).relativeError(0.5), 1e-20);
  }

  @Test
  void inACrystalAtRestTheyAreRelativeToUsualForces() {
    assertEquals(4e-7, new ForceCheck(12, 1e-4, 4e-7, 1e-4).relativeError(1), 1e-20);
    assertEquals(0, new ForceCheck(0, 1e-4, 0, 0).relativeError(0));
  }
}
