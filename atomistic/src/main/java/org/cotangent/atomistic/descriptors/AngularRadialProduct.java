package org.cotangent.atomistic.descriptors;

import java.util.List;
import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The products of harmonics and radial functions of the same angular order, for all pairs at once:
 * with A {@code [pairs, (maxAngular + 1)²]} and R {@code [pairs, radial functions]}, the columns of
 * one order after those of another,
 *
 * <pre>  PRODUCT  C_lmn = A_lm·R_ln
 *  ANGULAR  A_lm  = Σ_n C_lmn·R_ln
 *  RADIAL   R_ln  = Σ_m C_lmn·A_lm</pre>
 *
 * <p>Each is linear in both operands, and the derivatives of any are the other two; so the three
 * are closed under differentiation. Written with broadcasting, the inner loops would be as short as
 * the number of radial functions.
 *
 * @param orders the angular orders l, ascending
 * @param sizes the number of radial functions of each
 * @param form which of the three: operands are (A, R), (C, R) and (C, A)
 */
record AngularRadialProduct(List<Integer> orders, List<Integer> sizes, Form form)
    implements CustomPrimitive {
  /** Which of the three is computed. */
  enum Form {
    PRODUCT,
    ANGULAR,
    RADIAL
  }

  @Override
  public String label() {
    return "angular_radial_" + form.name().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    int pairs = operands[0].dim(0);
    double[] left = TensorData.doubles(operands[0].cast(DType.FLOAT64));
    double[] right = TensorData.doubles(operands[1].cast(DType.FLOAT64));
    int harmonics = (orders.getLast() + 1) * (orders.getLast() + 1);
    int radial = 0;
    int products = 0;
    for (int k = 0; k < orders.size(); k++) {
      radial += sizes.get(k);
      products += (2 * orders.get(k) + 1) * sizes.get(k);
    }
    int columns =
        switch (form) {
          case PRODUCT -> products;
          case ANGULAR -> harmonics;
          case RADIAL -> radial;
        };
    double[] out = new double[pairs * columns];
    int radialFrom = 0;
    int productFrom = 0;
    for (int k = 0; k < orders.size(); k++) {
      int l = orders.get(k);
      int size = sizes.get(k);
      for (int p = 0; p < pairs; p++) {
        int a = p * harmonics + l * l;
        int r = p * radial + radialFrom;
        int c = p * products + productFrom;
        switch (form) {
          case PRODUCT -> product(left, a, right, r, out, c, l, size);
          case ANGULAR -> angular(left, c, right, r, out, a, l, size);
          case RADIAL -> radial(left, c, right, a, out, r, l, size);
        }
      }
      radialFrom += size;
      productFrom += (2 * l + 1) * size;
    }
    return TensorData.wrap(DType.FLOAT64, Shape.of(pairs, columns), out).cast(operands[0].dtype());
  }

  private static void product(
      double[] angular, int a, double[] radial, int r, double[] out, int c, int l, int size) {
    for (int m = 0; m <= 2 * l; m++) {
      double factor = angular[a + m];
      for (int n = 0; n < size; n++) {
        out[c + m * size + n] = factor * radial[r + n];
      }
    }
  }

  private static void angular(
      double[] product, int c, double[] radial, int r, double[] out, int a, int l, int size) {
    for (int m = 0; m <= 2 * l; m++) {
      double sum = 0;
      for (int n = 0; n < size; n++) {
        sum += product[c + m * size + n] * radial[r + n];
      }
      out[a + m] = sum;
    }
  }

  private static void radial(
      double[] product, int c, double[] angular, int a, double[] out, int r, int l, int size) {
    for (int m = 0; m <= 2 * l; m++) {
      double factor = angular[a + m];
      for (int n = 0; n < size; n++) {
        out[r + n] += product[c + m * size + n] * factor;
      }
    }
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    Tensor other = operands[1 - operand];
    return switch (form) {
      case PRODUCT -> as(operand == 0 ? Form.ANGULAR : Form.RADIAL).apply(cotangent, other);
      case ANGULAR ->
          operand == 0
              ? as(Form.PRODUCT).apply(cotangent, other)
              : as(Form.RADIAL).apply(other, cotangent);
      case RADIAL ->
          operand == 0
              ? as(Form.PRODUCT).apply(other, cotangent)
              : as(Form.ANGULAR).apply(other, cotangent);
    };
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return operand == 0 ? apply(tangent, operands[1]) : apply(operands[0], tangent);
  }

  private AngularRadialProduct as(Form other) {
    return new AngularRadialProduct(orders, sizes, other);
  }
}
