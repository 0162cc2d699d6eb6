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
@Timeout(60)
class DeepGraphTest {
  private static final int STEPS = 500_000;
  private static final double ROUNDING = 1e-9;

  private Tensor x = Tensor.of(1.0);
  private Tensor y = Tensor.of(1.0);

  private static Tensor chain(Tensor x) {
    Tensor y = x;
    for (int k = 0; k < STEPS; k++) {
      y = y.divide(y.multiply(1.0 / STEPS).add(1));
    }
    return y;
  }

  @BeforeAll
  void record() {
    x = Tensor.of(1.0).variable();
    y = chain(x);
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
    Function<Tensor, Tensor> slope = Derivatives.grad(DeepGraphTest::chain);
    assertEquals(-0.25, Derivatives.grad(slope).apply(Tensor.of(1.0)).item(), ROUNDING);
  }

  @Test
  void forwardOverReverse() {
    Tensor one = Tensor.of(1.0);
    Tensor curvature = Derivatives.hessianVectorProduct(DeepGraphTest::chain, one, one);
    assertEquals(-0.25, curvature.item(), ROUNDING);
  }
}
