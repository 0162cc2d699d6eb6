package org.cotangent.autodiff.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;
import org.junit.jupiter.api.Test;

class GradientClippingTest {
  private static Parameters gradients(double... values) {
    return Parameters.of("a", Tensor.of(values));
  }

  @Test
  void theNormIsThatOfAllTensorsTogether() {
    Parameters two =
        Parameters.builder()
            .add("a", Tensor.of(3.0))
            .add("b", Tensor.of(new float[] {4}, 1))
            .build();
    GradientClipping.Clipped clipped = GradientClipping.byGlobalNorm(two, 1, 0);
    assertEquals(5, clipped.norm());
    assertEquals(0.6, clipped.gradients().get("a").item(), 1e-15);
    assertEquals(DType.FLOAT32, clipped.gradients().get("b").dtype());
  }

  @Test
  void shortGradientsAreLeftAlone() {
    Parameters small = gradients(0.3, 0.4);
    assertSame(small, GradientClipping.byGlobalNorm(small, 1, 1e-6).gradients());
  }

  @Test
  void gradientsThatAreNotFiniteAreReported() {
    Parameters broken = gradients(1, Double.POSITIVE_INFINITY);
    GradientClipping.Clipped clipped = GradientClipping.byGlobalNorm(broken, 1, 0);
    assertFalse(clipped.isFinite());
    assertSame(broken, clipped.gradients());
  }

  @Test
  void aNormOfZeroLeavesNothing() {
    GradientClipping.Clipped clipped = GradientClipping.byGlobalNorm(gradients(3, 4), 0, 0);
    assertArrayEquals(new double[2], clipped.gradients().get("a").toDoubleArray());
    assertEquals(5, clipped.norm());
    Parameters zero = gradients(0, 0);
    assertSame(zero, GradientClipping.byGlobalNorm(zero, 0, 0).gradients());
  }

  @Test
  void aNormBelowZeroIsRefused() {
    for (double wrong : new double[] {-1, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> GradientClipping.byGlobalNorm(gradients(1), wrong, 0));
    }
  }

  @Test
  void outliersAreClippedAtTheMultipleOfTheAverageAndLiftItOnlySoMuch() {
    RunningNormClipping clipping = new RunningNormClipping(3, 0.9);
    clipping.clip(gradients(2));
    assertEquals(2, clipping.average());
    assertArrayEquals(
        new double[] {6}, clipping.clip(gradients(1000)).gradients().get("a").toDoubleArray());
    assertEquals(0.9 * 2 + 0.1 * 6, clipping.average(), 1e-15);
  }

  @Test
  void gradientsThatAreNotFiniteDoNotCount() {
    RunningNormClipping clipping = new RunningNormClipping(3, 0.9);
    clipping.clip(gradients(Double.NaN));
    assertEquals(0, clipping.average());
    clipping.clip(gradients(2));
    clipping.clip(gradients(Double.NaN));
    assertEquals(2, clipping.average());
  }
}
