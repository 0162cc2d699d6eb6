package org.cotangent.autodiff.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;
import org.junit.jupiter.api.Test;

class ExponentialMovingAverageTest {
  private static final Parameters ZERO = Parameters.of("a", Tensor.of(0.0));
  private static final Parameters ONE = Parameters.of("a", Tensor.of(1.0));

  private static double value(ExponentialMovingAverage average) {
    return average.average().get("a").item();
  }

  @Test
  void theFirstParametersFadeByTheDecay() {
    ExponentialMovingAverage average = ExponentialMovingAverage.of(0.9, false, ZERO);
    for (int k = 0; k < 5; k++) {
      average = average.update(ONE);
    }
    assertEquals(1 - Math.pow(0.9, 5), value(average), 1e-15);
    assertEquals(5, average.updates());
  }

  @Test
  void warmUpKeepsLessAtFirst() {
    ExponentialMovingAverage average = ExponentialMovingAverage.of(0.15, true, ZERO);
    average = average.update(ONE);
    assertEquals(1 - 1.0 / 10, value(average), 1e-15);
    average = average.update(ONE); // 2/11 would be more than the decay
    assertEquals(1 - 0.1 * 0.15, value(average), 1e-15);
  }

  @Test
  void singlePrecisionStaysSingle() {
    Parameters singles = ONE.cast(DType.FLOAT32);
    ExponentialMovingAverage average =
        ExponentialMovingAverage.of(0.75, false, ZERO.cast(DType.FLOAT32)).update(singles);
    assertEquals(Parameters.of("a", Tensor.of(new float[] {0.25f})), average.average());
    assertThrows(IllegalArgumentException.class, () -> average.update(ONE));
  }
}
