package org.cotangent.autodiff.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static final Parameters TREE =
      Parameters.builder()
          .add("layers.0.weight", Tensor.of(new double[] {1, 2, 3, 4}, 2, 2))
          .add("scale", Tensor.of(5.0))
          .add("layers.0.bias", Tensor.of(new double[] {6, 7}))
          .add("layers.1.weight", Tensor.of(new double[] {8, 9}, 1, 2))
          .build();

  private static String refusal(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }

  @Test
  void namesKeepTheOrderInWhichTheyWereAdded() {
    assertEquals(
        List.of("layers.0.weight", "scale", "layers.0.bias", "layers.1.weight"), TREE.names());
    assertEquals(List.of("0.weight", "0.bias", "1.weight"), TREE.under("layers").names());
    assertEquals(List.of("weight", "bias"), TREE.under("layers.0").names());
    assertEquals(TREE.under("layers.0"), TREE.under("layers").under("0"));
  }

  @Test
  void prefixedIsUndoneByUnder() {
    assertEquals("network.scale", TREE.prefixed("network").names().get(1));
    assertEquals(TREE, TREE.prefixed("network").under("network"));
  }

  @Test
  void countsNumbersNotTensors() {
    assertEquals(4, TREE.size());
    assertEquals(9, TREE.count());
  }

  @Test
  void misspeltNamesGetASuggestion() {
    assertEquals(
        "there is no parameter 'layers.0.wieght'; did you mean 'layers.0.weight'?",
        refusal(() -> TREE.get("layers.0.wieght")));
    assertEquals(
        "there are no parameters under 'layer'; did you mean 'layers'?",
        refusal(() -> TREE.under("layer")));
    assertEquals(
        "there is no parameter 'x'; this tree has none",
        refusal(() -> Parameters.empty().get("x")));
  }

  @Test
  void namesThatCannotBeTheTreeOfOneAnotherAreRefused() {
    Tensor one = Tensor.of(1.0);
    assertTrue(
        refusal(() -> Parameters.builder().add("a", one).add("a", one).build()).contains("'a'"));
    assertTrue(
        refusal(() -> Parameters.builder().add("a", one).add("a.b", one).build())
            .contains("prefix"));
    assertTrue(refusal(() -> Parameters.of("a..b", one)).contains("'a..b'"));
    assertTrue(refusal(() -> Parameters.of("a", Tensor.arange(2))).contains("i32[2]"));
  }

  @Test
  void gradientHasTheNamesOfTheParameters() {
    Parameters variables = TREE.variables();
    Tensor loss = variables.get("scale").square().multiply(variables.get("layers.1.weight").sum());
    Parameters gradient = variables.gradient(loss);
    assertEquals(TREE.names(), gradient.names());
    assertEquals(170, gradient.get("scale").item());
    assertEquals(Tensor.of(25.0).item(), gradient.get("layers.1.weight").at(1));
    assertEquals(0, gradient.get("layers.0.bias").at(0));
    assertFalse(gradient.get("scale").isRecorded());
  }

  @Test
  void gradientByConstantsSaysWhatToDo() {
    String message = refusal(() -> TREE.gradient(TREE.get("scale")));
    assertTrue(message.contains("'layers.0.weight'") && message.contains("variables()"), message);
  }

  @Test
  void zipNeedsTheSameNames() {
    Parameters doubled = TREE.zip(TREE, Tensor::add);
    assertEquals(10, doubled.get("scale").item());
    assertTrue(
        refusal(() -> TREE.zip(TREE.under("layers"), Tensor::add))
            .contains("there is '0.weight' instead of 'layers.0.weight'"));
  }

  @Test
  void equalityIsThatOfTheBits() {
    Parameters zero = Parameters.of("a", Tensor.of(0.0));
    assertEquals(zero, Parameters.of("a", Tensor.of(0.0).variable()));
    assertEquals(zero.hashCode(), Parameters.of("a", Tensor.of(0.0)).hashCode());
    assertNotEquals(zero, Parameters.of("a", Tensor.of(-0.0)));
    assertNotEquals(zero, Parameters.of("b", Tensor.of(0.0)));
    assertNotEquals(zero, zero.cast(DType.FLOAT32));
    assertNotEquals(zero, Parameters.of("a", Tensor.of(new double[] {0.0})));
    assertEquals(
        Parameters.of("a", Tensor.of(Double.NaN)), Parameters.of("a", Tensor.of(Double.NaN)));
  }

  @Test
  void tensorsCannotBeReplacedThroughTheList() {
    assertThrows(UnsupportedOperationException.class, () -> TREE.tensors().set(0, Tensor.of(0.0)));
    assertEquals(Shape.of(2, 2), TREE.cast(DType.FLOAT32).get("layers.0.weight").shape());
  }
}
