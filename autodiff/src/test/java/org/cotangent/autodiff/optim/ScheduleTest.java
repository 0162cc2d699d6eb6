package org.cotangent.autodiff.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Plateau.Options QUICK = new Plateau.Options(0.5, 1, 0.01, 1, 0.2);

  @Test
  void warmUpRisesInEqualStepsFromTheFirst() {
    Schedule schedule = Schedule.constant(0.8).warmUp(4);
    assertEquals(0.2, schedule.at(0), 1e-15);
    assertEquals(0.4, schedule.at(1), 1e-15);
    assertEquals(0.8, schedule.at(3), 1e-15);
    assertEquals(0.8, schedule.at(100), 1e-15);
  }

  @Test
  void warmUpAndCosineEndAtTheMinimum() {
    Schedule schedule = Schedule.cosine(0.004, 1e-7, 1000).warmUp(300);
    assertEquals(1e-7, schedule.at(1000), 1e-18);
    assertEquals((0.004 + 1e-7) / 2, schedule.at(500), 1e-15);
  }

  @Test
  void linearStaysAtItsEnd() {
    Schedule schedule = Schedule.linear(1, 0.5, 5);
    assertEquals(1, schedule.at(0));
    assertEquals(0.9, schedule.at(1), 1e-15);
    assertEquals(0.5, schedule.at(5));
    assertEquals(0.5, schedule.at(50));
  }

  @Test
  void schedulesFollowOneAnotherEachFromItsStart() {
    Schedule schedule = Schedule.constant(1).then(3, Schedule.step(0.5, 2, 0.1));
    double[] expected = {1, 1, 1, 0.5, 0.5, 0.05, 0.05};
    for (int step = 0; step < expected.length; step++) {
      assertEquals(expected[step], schedule.at(step), 1e-15, "step " + step);
    }
  }

  @Test
  void plateauFallsAfterMoreThanPatienceBadMetricsAndCools() {
    Plateau plateau = new Plateau(1, QUICK);
    double[] metrics = {5, 5, 4.96, 4, 4, 4, 4, 4, 4};
    double[] rates = {1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.2};
    for (int k = 0; k < metrics.length; k++) {
      plateau.observe(metrics[k]);
      assertEquals(rates[k], plateau.at(k), "after metric " + k);
    }
  }

  @Test
  void plateauGoesOnFromItsState() {
    Plateau first = new Plateau(1, QUICK);
    first.observe(1);
    first.observe(Double.NaN);
    Plateau second = new Plateau(1, QUICK);
    second.restore(first.state());
    second.observe(1);
    assertEquals(0.5, second.at(0));
  }

  @Test
  void schedulesOfNoStepsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Schedule.cosine(0.1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> Schedule.constant(1).warmUp(0));
    assertThrows(IllegalArgumentException.class, () -> new Plateau.Options(1, 1, 0.01, 0, 0));
  }
}
