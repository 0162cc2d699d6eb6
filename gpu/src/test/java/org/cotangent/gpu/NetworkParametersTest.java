package org.cotangent.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/** Networks that make no sense are refused with their numbers. */
class NetworkParametersTest {
  private static Tensor zeros(int... shape) {
    return Tensor.zeros(DType.FLOAT32, shape);
  }

  private static void assertRefused(String part, List<Tensor> weights, List<Tensor> biases) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new NetworkParameters(weights, biases, Activation.SILU))
            .getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void shapesAreThoseOfLinearLayers() {
    NetworkParameters network =
        new NetworkParameters(
            List.of(zeros(3, 2), zeros(1, 3)), List.of(zeros(3), zeros(1)), Activation.TANH);
    assertEquals(2, network.inputs());
    assertEquals(DType.FLOAT32, network.dtype());
  }

  @Test
  void layersThatDoNotFollowOneAnotherAreRefused() {
    assertRefused(
        "layer 1 takes 4 inputs, layer 0 gives 3 outputs",
        List.of(zeros(3, 2), zeros(1, 4)),
        List.of(zeros(3), zeros(1)));
  }

  @Test
  void moreThanOneEnergyIsRefused() {
    assertRefused("one energy", List.of(zeros(2, 3)), List.of(zeros(2)));
  }

  @Test
  void aMissingBiasIsRefused() {
    assertRefused("1 weights and 0 biases", List.of(zeros(1, 3)), List.of());
  }

  @Test
  void mixedTypesAreRefused() {
    assertRefused("f64", List.of(zeros(1, 3)), List.of(Tensor.zeros(DType.FLOAT64, 1)));
  }

  @Test
  void networksThatTakeDifferentFeaturesAreRefused() {
    NetworkParameters two =
        new NetworkParameters(List.of(zeros(1, 2)), List.of(zeros(1)), Activation.SILU);
    NetworkParameters three =
        new NetworkParameters(List.of(zeros(1, 3)), List.of(zeros(1)), Activation.SILU);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new BatchedNetworks(List.of(two, three), Fallback.JAVA))
            .getMessage();
    assertTrue(message.contains("network 1 takes 3 features"), message);
  }
}
