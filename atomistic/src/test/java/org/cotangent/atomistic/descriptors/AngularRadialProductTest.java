package org.cotangent.atomistic.descriptors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.cotangent.autodiff.GradientCheck;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/** Products of harmonics and radial functions, and that their three forms are adjoint. */
class AngularRadialProductTest {
  private static final List<Integer> ORDERS = List.of(0, 2);
  private static final List<Integer> SIZES = List.of(2, 3);

  private static AngularRadialProduct form(AngularRadialProduct.Form form) {
    return new AngularRadialProduct(ORDERS, SIZES, form);
  }

  private static Tensor numbers(int columns, double step) {
    double[] values = new double[2 * columns];
    for (int k = 0; k < values.length; k++) {
      values[k] = Math.sin(step * (k + 1));
    }
    return Tensor.of(values, 2, columns);
  }

  @Test
  void columnsOfOneOrderAreProducts() {
    Tensor angular = numbers(9, 0.7);
    Tensor radial = numbers(5, 1.3);
    Tensor product = form(AngularRadialProduct.Form.PRODUCT).apply(angular, radial);
    assertEquals(2 + 15, product.dim(1));
    assertEquals(angular.get(1, 0) * radial.get(1, 1), product.get(1, 1), 1e-15);
    // l = 2, m = 1 (the fourth of five) and the last radial function
    assertEquals(angular.get(1, 7) * radial.get(1, 4), product.get(1, 2 + 3 * 3 + 2), 1e-15);
  }

  @Test
  void derivativesOfAllFormsAreRightToSecondOrder() {
    check(AngularRadialProduct.Form.PRODUCT, numbers(9, 0.7), numbers(5, 1.3));
    check(AngularRadialProduct.Form.ANGULAR, numbers(17, 0.9), numbers(5, 1.3));
    check(AngularRadialProduct.Form.RADIAL, numbers(17, 0.9), numbers(9, 0.7));
  }

  private static void check(AngularRadialProduct.Form form, Tensor left, Tensor right) {
    GradientCheck check = GradientCheck.of(form(form), left, right);
    check.firstOrder().requireCorrect();
    check.secondOrder().requireCorrect();
  }
}
