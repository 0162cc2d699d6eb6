package org.cotangent.autodiff.conformance;

import static org.cotangent.autodiff.conformance.ValueFormat.assertTensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class ValueFormatTest {
  private static Tensor read(String json) throws Exception {
    return (Tensor) new ValueFormat().read(new ObjectMapper().readTree(json), Path.of("."));
  }

  private static void assertDiffers(Tensor expected, Tensor actual) {
    assertThrows(
        AssertionError.class, () -> assertTensor("x", expected, actual, Tolerance.DEFAULT));
  }

  @Test
  void numbersThatJsonLacksAreTexts() throws Exception {
    Tensor tensor =
        read("{\"tensor\":{\"dtype\":\"f64\",\"shape\":[3],\"data\":[\"nan\",\"-inf\",1]}}");
    Tensor expected = Tensor.of(new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 1});
    assertTensor("x", expected, tensor, Tolerance.DEFAULT);
  }

  @Test
  void unsignedNumbersKeepTheirBits() throws Exception {
    Tensor tensor =
        read("{\"tensor\":{\"dtype\":\"u64\",\"shape\":[1],\"data\":[18446744073709551615]}}");
    assertEquals(0x1p64, tensor.at(0));
  }

  @Test
  void defaultToleranceIsThatOfTheType() {
    Tensor doubles = Tensor.of(new double[] {1});
    assertTensor("x", doubles, Tensor.of(new double[] {1 + 1e-11}), Tolerance.DEFAULT);
    assertDiffers(doubles, Tensor.of(new double[] {1 + 1e-9}));
    Tensor floats = Tensor.of(new float[] {1}, 1);
    assertTensor("x", floats, Tensor.of(new float[] {1.000004f}, 1), Tolerance.DEFAULT);
    assertDiffers(floats, Tensor.of(new float[] {1.0001f}, 1));
  }

  @Test
  void typeShapeAndNanAreNotMatchedByOthers() {
    assertDiffers(Tensor.of(new double[] {1}), Tensor.of(new float[] {1}, 1));
    assertDiffers(Tensor.of(new double[] {1}), Tensor.of(new double[] {1}, 1, 1));
    assertDiffers(Tensor.of(new double[] {Double.NaN}), Tensor.of(new double[] {1}));
    assertDiffers(Tensor.of(new double[] {1}), Tensor.of(new double[] {Double.NaN}));
    assertDiffers(Tensor.of(new int[] {1}, 1), Tensor.of(new int[] {2}, 1));
  }
}
