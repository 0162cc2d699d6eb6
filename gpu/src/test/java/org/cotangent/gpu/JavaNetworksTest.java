package org.cotangent.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The plain Java path needs no device. */
class JavaNetworksTest {
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void eachAtomUsesTheNetworkOfItsElement(DType dtype) {
    RandomNetworks random =
        new RandomNetworks(30, dtype)
            .add(Activation.SILU, 10, 20, 1)
            .add(Activation.TANH, 10, 5, 30, 1);
    Tensor features = random.features(37);
    int[] networkOf = random.networkOf(37);
    Tensor energies = new JavaNetworks(random.networks).energies(features, networkOf);
    assertEquals(dtype, energies.dtype());
    assertArrayEquals(
        random.reference(features, networkOf), energies.toDoubleArray(), random.tolerance());
  }
}
