package org.cotangent.atomistic.descriptors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.cotangent.autodiff.GradientCheck;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/** Invariant products of expansions, and that their three forms are adjoint. */
class InvariantProductTest {
  private static final List<Integer> ORDERS = List.of(0, 2);
  private static final List<Integer> SIZES = List.of(2, 3);

  private static InvariantProduct form(InvariantProduct.Form form) {
    return new InvariantProduct(ORDERS, SIZES, List.of(1.5, -0.5), form);
  }

  private static Tensor numbers(int columns, double step) {
    double[] values = new double[2 * columns];
    for (int k = 0; k < values.length; k++) {
      values[k] = Math.sin(step * (k + 1));
    }
    return Tensor.of(values, 2, columns);
  }

  @Test
  void componentsAreSummedAndRadialFunctionsPaired() {
    Tensor one = numbers(17, 0.7);
    Tensor other = numbers(17, 1.3);
    Tensor product = form(InvariantProduct.Form.PRODUCT).apply(one, other);
    assertEquals(4 + 9, product.dim(1));
    assertEquals(1.5 * one.get(1, 0) * other.get(1, 1), product.get(1, 1), 1e-15);
    double sum = 0; // l = 2, functions 2 and 0
    for (int m = 0; m < 5; m++) {
      sum += one.get(1, 2 + 3 * m + 2) * other.get(1, 2 + 3 * m);
    }
    assertEquals(-0.5 * sum, product.get(1, 4 + 2 * 3), 1e-14);
  }

  @Test
  void derivativesOfAllFormsAreRightToSecondOrder() {
    check(InvariantProduct.Form.PRODUCT, numbers(17, 0.7), numbers(17, 1.3));
    check(InvariantProduct.Form.FIRST, numbers(13, 0.9), numbers(17, 1.3));
    check(InvariantProduct.Form.SECOND, numbers(13, 0.9), numbers(17, 0.7));
  }

  private static void check(InvariantProduct.Form form, Tensor left, Tensor right) {
    GradientCheck check = GradientCheck.of(form(form), left, right);
    check.firstOrder().requireCorrect();
    check.secondOrder().requireCorrect();
  }
}
