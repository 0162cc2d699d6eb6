package org.cotangent.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * A chain of a million operations, far deeper than a Java stack: y ← y/(1 + h·y), n times, is
 * exactly x/(1 + n·h·x). With n·h = 1 and x = 1 it is 1/2, its derivatives are 1/4 and -1/4. Each
 * of 500 000 steps rounds a few times to 10⁻¹⁶ of its value, hence the tolerance.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class DeepGraphTest {
  private static final int STEPS = 500_000;

  /** The record of a derivative is several times longer than that of its function. */
  private static final int STEPS_TO_SECOND_ORDER = 200_000;

  private static final double ROUNDING = 1e-9;

  private Tensor x = Tensor.of(1.0);
  private Tensor y = Tensor.of(1.0);

  private static Tensor chain(Tensor x, int steps) {
    Tensor y = x;
    for (int k = 0; k < steps; k++) {
      y = y.divide(y.multiply(1.0 / steps).add(1));
    }
    return y;
  }

  @BeforeAll
  void record() {
    x = Tensor.of(1.0).variable();
    y = chain(x, STEPS);
  }

  @Test
  void inReverse() {
    assertEquals(0.5, y.item(), ROUNDING);
    assertEquals(0.25, Derivatives.grad(y, List.of(x)).getFirst().item(), ROUNDING);
  }

  @Test
  void forward() {
    List<Tensor> moved =
        Recording.off(
            () -> Derivatives.pushforward(List.of(y), List.of(x), List.of(Tensor.of(1.0))));
    assertEquals(0.25, moved.getFirst().item(), ROUNDING);
  }

  @Test
  void toSecondOrder() {
    Function<Tensor, Tensor> slope =
        Derivatives.grad((Tensor at) -> chain(at, STEPS_TO_SECOND_ORDER));
    assertEquals(-0.25, Derivatives.grad(slope).apply(Tensor.of(1.0)).item(), ROUNDING);
  }

  @Test
  void forwardOverReverse() {
    Tensor one = Tensor.of(1.0);
    Tensor curvature =
        Derivatives.hessianVectorProduct(at -> chain(at, STEPS_TO_SECOND_ORDER), one, one);
    assertEquals(-0.25, curvature.item(), ROUNDING);
  }
}
