package org.cotangent.atomistic.descriptors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.cotangent.autodiff.GradientCheck;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/** Gradient rows of invariant products, written at once. */
class InvariantRowsTest {
  /** Sizes that are, and are not, multiples of the tiles of three. */
  private static final InvariantProduct PRODUCT =
      new InvariantProduct(
          List.of(0, 1), List.of(3, 4), List.of(1.5, -0.5), InvariantProduct.Form.PRODUCT);

  private static final int COLUMNS = 3 + 3 * 4;
  private static final int[] CENTER = {0, 1, 1};
  private static final int[] TARGET = {1, 0, -1};

  private static Tensor numbers(double step, int... shape) {
    int size = 1;
    for (int dim : shape) {
      size *= dim;
    }
    double[] values = new double[size];
    for (int k = 0; k < size; k++) {
      values[k] = Math.sin(step * (k + 1));
    }
    return Tensor.of(values, shape);
  }

  private static Tensor rows(Tensor s, Tensor b, Tensor t, Tensor a) {
    Tensor center = Tensor.of(CENTER, 3);
    Tensor target = Tensor.of(TARGET, 3);
    return new InvariantRows(PRODUCT, 2).apply(s, b, center, target, t, a, center, target);
  }

  @Test
  void aRowIsTheProductsDerivative() {
    Tensor s = numbers(0.7, 3, 2, COLUMNS);
    Tensor b = numbers(1.3, 2, COLUMNS);
    Tensor t = numbers(0.9, 3, 2, COLUMNS);
    Tensor a = numbers(1.1, 2, COLUMNS);
    Tensor found = rows(s, b, t, a);
    for (int e = 0; e < 2; e++) {
      Tensor first = s.slice(0, 0, 1).slice(1, e, e + 1).reshape(1, COLUMNS);
      Tensor second = t.slice(0, 0, 1).slice(1, e, e + 1).reshape(1, COLUMNS);
      Tensor expected =
          PRODUCT.apply(first, b.slice(0, 0, 1)).add(PRODUCT.apply(a.slice(0, 0, 1), second));
      for (int k = 0; k < expected.size(); k++) {
        assertEquals(expected.at(k), found.get(1, e, k), 1e-14);
      }
    }
  }

  @Test
  void aProductWithItselfHasBothParts() {
    Tensor s = numbers(0.7, 3, 2, COLUMNS);
    Tensor b = numbers(1.3, 2, COLUMNS);
    Tensor shared = rows(s, b, s, b);
    Tensor apart = rows(s, b, s.multiply(1), b.multiply(1));
    for (int k = 0; k < shared.size(); k++) {
      assertEquals(apart.at(k), shared.at(k), 1e-14);
    }
  }

  @Test
  void derivativesAreRightToSecondOrder() {
    GradientCheck check =
        GradientCheck.of(
            at ->
                rows(
                    at.get(0).reshape(3, 2, COLUMNS),
                    at.get(1),
                    at.get(2).reshape(3, 2, COLUMNS),
                    at.get(3)),
            numbers(0.7, 3, 2 * COLUMNS),
            numbers(1.3, 2, COLUMNS),
            numbers(0.9, 3, 2 * COLUMNS),
            numbers(1.1, 2, COLUMNS));
    check.firstOrder().requireCorrect();
    check.secondOrder().requireCorrect();
  }
}
