package org.cotangent.atomistic.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.optim.Schedule;
import org.junit.jupiter.api.Test;

/** Epochs of ten steps, a highest rate of 1. */
class RateScheduleTest {
  private static final long STEPS = 10;
  private static final int EPOCHS = 20;

  private static Schedule rates(
      RateSchedule.Type type, int warmup, double minimum, double... losses) {
    List<Epoch> epochs = new ArrayList<>();
    LabelErrors none = new LabelErrorSums().errors();
    for (double loss : losses) {
      epochs.add(new Epoch(epochs.size() + 1, 0, loss, none, none, 1, 0, 0));
    }
    return new RateSchedule(type, warmup, 0.5, 2, minimum).rates(1, STEPS, EPOCHS, epochs);
  }

  @Test
  void aCosineEndsAtTheMinimum() {
    Schedule rates = rates(RateSchedule.Type.COSINE, 0, 0.1);
    assertEquals(1, rates.at(0));
    assertEquals(0.55, rates.at(100), 1e-15);
    assertEquals(0.1, rates.at(200), 1e-15);
  }

  @Test
  void stepsFallEverySoManyEpochsToTheMinimum() {
    Schedule rates = rates(RateSchedule.Type.STEP, 0, 0.2);
    assertEquals(1, rates.at(19));
    assertEquals(0.5, rates.at(20));
    assertEquals(0.25, rates.at(40));
    assertEquals(0.2, rates.at(60));
  }

  @Test
  void aPlateauFallsWhenTheValidationLossDoesNot() {
    assertEquals(1, rates(RateSchedule.Type.PLATEAU, 0, 0, 3, 4, 4).at(30));
    assertEquals(0.5, rates(RateSchedule.Type.PLATEAU, 0, 0, 3, 4, 4, 4).at(40));
    assertEquals(1, rates(RateSchedule.Type.PLATEAU, 0, 0, 3, 4, 4, 2, 3, 3).at(60));
  }

  @Test
  void everyScheduleRisesFirst() {
    for (RateSchedule.Type type : RateSchedule.Type.values()) {
      Schedule rates = rates(type, 4, 0);
      assertEquals(0.25, rates.at(0), 1e-15);
      assertEquals(0.5 * rates(type, 0, 0).at(1), rates.at(1), 1e-15);
      assertEquals(rates(type, 0, 0).at(7), rates.at(7));
    }
  }

  @Test
  void numbersOutOfRangeAreNamed() {
    assertEquals(
        "the option factor is 0.0, it must be above 0 and below 1",
        assertThrows(
                IllegalArgumentException.class,
                () -> new RateSchedule(RateSchedule.Type.STEP, 0, 0, 1, 0))
            .getMessage());
    assertEquals(
        "the option warmup_steps is -1, it must be 0 or more",
        assertThrows(IllegalArgumentException.class, () -> RateSchedule.cosine(-1)).getMessage());
  }
}
