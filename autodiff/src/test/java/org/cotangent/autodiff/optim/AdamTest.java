package org.cotangent.autodiff.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;
import org.junit.jupiter.api.Test;

class AdamTest {
  private static Parameters x(double... values) {
    return Parameters.of("x", Tensor.of(values));
  }

  @Test
  void firstStepHasTheLengthOfTheLearningRateWhateverTheGradient() {
    Parameters p = x(1, 1);
    Parameters after = new Adam(Schedule.constant(0.1)).step(p, x(1e-3, -1e3));
    assertEquals(0.9, after.get("x").at(0), 1e-5);
    assertEquals(1.1, after.get("x").at(1), 1e-5);
  }

  @Test
  void decayOfAdamWDoesNotPassThroughTheMoments() {
    Parameters after = new AdamW(Schedule.constant(0.1), 0.5).step(x(2), x(0));
    assertEquals(2 * (1 - 0.1 * 0.5), after.get("x").item(), 1e-15);
  }

  @Test
  void parametersMustBeThoseOfTheStepsBefore() {
    Adam adam = new Adam(Schedule.constant(0.1));
    adam.step(x(1, 2), x(1, 2));
    OptimizerState before = adam.state();
    String message =
        assertThrows(IllegalArgumentException.class, () -> adam.step(x(1), x(1))).getMessage();
    assertTrue(message.contains("f64[2]") && message.contains("f64[1]"), message);
    assertThrows(IllegalArgumentException.class, () -> adam.step(x(1, 2), x(1)));
    Parameters singles = x(1, 2).cast(DType.FLOAT32);
    assertThrows(IllegalArgumentException.class, () -> adam.step(singles, singles));
    assertEquals(before, adam.state());
  }

  @Test
  void learningRatesThatAreNoneAreRefused() {
    Adam adam = new Adam(step -> Double.NaN);
    assertThrows(IllegalStateException.class, () -> adam.step(x(1), x(1)));
    assertThrows(IllegalArgumentException.class, () -> new Adam.Options(1, 0.999, 1e-8, 0, false));
  }
}
