package org.cotangent.autodiff;

import java.util.List;

/**
 * Products along an axis, made of multiplications alone: derivatives of any order are those of the
 * polynomial, exact with zeros among the factors, where dividing the product by a factor would
 * fail. The factors are combined in the fixed order of a tree, in log₂ n steps.
 */
final class Factors {
  private Factors() {}

  /** The product along an axis, which disappears; 1 where there is nothing to multiply. */
  static Tensor product(Tensor x, int axis) {
    Tensor rest = x;
    int n = x.dim(axis);
    if (n == 0) {
      return Tensor.full(x.dtype, 1, x.shape.without(axis));
    }
    while (n > 1) { // the first half times the second half; an odd one is left for the next round
      int half = n / 2;
      Tensor products = rest.slice(axis, 0, half).multiply(rest.slice(axis, half, 2 * half));
      rest =
          n % 2 == 0
              ? products
              : Tensor.concatenate(axis, List.of(products, rest.slice(axis, n - 1, n)));
      n = rest.dim(axis);
    }
    return rest.squeeze(axis);
  }

  /** The running product along an axis (Hillis and Steele's scan: ranges of doubling length). */
  static Tensor cumulative(Tensor x, int axis) {
    Tensor scan = x;
    int n = x.dim(axis);
    for (int length = 1; length < n; length *= 2) {
      Tensor first = scan.slice(axis, 0, length);
      Tensor longer = scan.slice(axis, length, n).multiply(scan.slice(axis, 0, n - length));
      scan = Tensor.concatenate(axis, List.of(first, longer));
    }
    return scan;
  }
}
