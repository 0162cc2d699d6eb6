package org.cotangent.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NanCheckTest {
  @Test
  void namesTheFirstOperationThatMadeANan() {
    Tensor x = Tensor.of(new double[] {4, 1, -2});
    String message =
        assertThrows(
                ArithmeticException.class,
                () -> NanCheck.within(() -> x.multiply(2).sqrt().add(1).sum()))
            .getMessage();
    assertEquals("sqrt made a NaN at [2] of [3] from f64[3] with -4.0 there", message);
  }

  @Test
  void namesTheOperationWhoseDerivativeMadeANan() {
    // where(x > 0, √x, 0): the branch not taken still meets the infinite slope of the root at 0
    Tensor x = Tensor.of(new double[] {4, 0});
    String message =
        assertThrows(
                ArithmeticException.class,
                () ->
                    NanCheck.within(
                        () ->
                            Derivatives.grad(
                                    (Tensor at) ->
                                        at.greaterThan(0).where(at.sqrt(), at.zerosLike()).sum())
                                .apply(x)))
            .getMessage();
    assertTrue(message.startsWith("in the derivative of sqrt: divide made a NaN at [1]"), message);
  }

  @Test
  void aNanThatWasGivenIsPassedOn() {
    Tensor x = Tensor.of(Double.NaN);
    assertTrue(Double.isNaN(NanCheck.within(() -> x.add(1)).item()));
  }

  @Test
  void outsideOfTheScopeNothingIsChecked() {
    NanCheck.within(() -> Tensor.of(1.0).add(1));
    assertTrue(Double.isNaN(Tensor.of(-1.0).sqrt().item()));
    assertEquals(0, NanCheck.scopes);
  }
}
