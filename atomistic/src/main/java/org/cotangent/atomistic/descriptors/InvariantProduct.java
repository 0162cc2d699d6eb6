package org.cotangent.atomistic.descriptors;

import java.util.List;
import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The products of two expansions that are invariant under rotations, for all centers and angular
 * orders at once: with A and B {@code [centers, columns]}, the columns of each order l arranged
 * {@code [2l + 1, radial functions]}, and P {@code [centers, Σ radial functions²]},
 *
 * <pre>  PRODUCT  P_(l n n') = w_l·Σ_m A_(l m n)·B_(l m n')
 *  FIRST    A_(l m n)  = w_l·Σ_n' P_(l n n')·B_(l m n')
 *  SECOND   B_(l m n') = w_l·Σ_n P_(l n n')·A_(l m n)</pre>
 *
 * <p>Each is linear in both operands, and the derivatives of any are the other two. As one product
 * for each order, most of the time would go into taking columns apart and joining them.
 *
 * @param orders the angular orders l, ascending
 * @param sizes the number of radial functions of each
 * @param weights w_l of each
 * @param form which of the three: operands are (A, B), (P, B) and (P, A)
 */
record InvariantProduct(List<Integer> orders, List<Integer> sizes, List<Double> weights, Form form)
    implements CustomPrimitive {
  /** Which of the three is computed. */
  enum Form {
    PRODUCT,
    FIRST,
    SECOND
  }

  @Override
  public String label() {
    return "invariant_" + form.name().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    int centers = operands[0].dim(0);
    double[] left = TensorData.doubles(operands[0].cast(DType.FLOAT64));
    double[] right = TensorData.doubles(operands[1].cast(DType.FLOAT64));
    int expansion = 0;
    int invariants = 0;
    for (int k = 0; k < orders.size(); k++) {
      expansion += (2 * orders.get(k) + 1) * sizes.get(k);
      invariants += sizes.get(k) * sizes.get(k);
    }
    int columns = form == Form.PRODUCT ? invariants : expansion;
    double[] out = new double[centers * columns];
    int expansionFrom = 0;
    int invariantFrom = 0;
    for (int k = 0; k < orders.size(); k++) {
      int components = 2 * orders.get(k) + 1;
      int size = sizes.get(k);
      double weight = weights.get(k);
      for (int c = 0; c < centers; c++) {
        int e = c * expansion + expansionFrom;
        int p = c * invariants + invariantFrom;
        switch (form) {
          case PRODUCT ->
              RadialTiles.add(left, e, right, e, out, p, components, size, weight, false);
          case FIRST -> first(left, p, right, e, out, components, size, weight);
          case SECOND -> second(left, p, right, e, out, components, size, weight);
        }
      }
      expansionFrom += components * size;
      invariantFrom += size * size;
    }
    return TensorData.wrap(DType.FLOAT64, Shape.of(centers, columns), out)
        .cast(operands[0].dtype());
  }

  /** Returns the number of invariants of a center. */
  int invariants() {
    int invariants = 0;
    for (int size : sizes) {
      invariants += size * size;
    }
    return invariants;
  }

  /** Adds P(a, b) of one center to {@code out}, the operands and the result beginning there. */
  void add(double[] a, int at, double[] b, int bt, double[] out, int to) {
    products(a, at, b, bt, out, to, false);
  }

  /** Adds P(a, b) + P(b, a). */
  void addBoth(double[] a, int at, double[] b, int bt, double[] out, int to) {
    products(a, at, b, bt, out, to, true);
  }

  private void products(
      double[] a, int at, double[] b, int bt, double[] out, int to, boolean both) {
    int row = 0;
    int p = to;
    for (int k = 0; k < orders.size(); k++) {
      int components = 2 * orders.get(k) + 1;
      int size = sizes.get(k);
      RadialTiles.add(a, at + row, b, bt + row, out, p, components, size, weights.get(k), both);
      row += components * size;
      p += size * size;
    }
  }

  private static void first(
      double[] pairs,
      int p,
      double[] b,
      int e,
      double[] out,
      int components,
      int size,
      double weight) {
    for (int m = 0; m < components; m++) {
      int row = e + m * size;
      for (int n = 0; n < size; n++) {
        double sum = 0;
        for (int k = 0; k < size; k++) {
          sum += pairs[p + n * size + k] * b[row + k];
        }
        out[row + n] = weight * sum;
      }
    }
  }

  private static void second(
      double[] pairs,
      int p,
      double[] a,
      int e,
      double[] out,
      int components,
      int size,
      double weight) {
    for (int m = 0; m < components; m++) {
      int row = e + m * size;
      for (int n = 0; n < size; n++) {
        double factor = weight * a[row + n];
        for (int k = 0; k < size; k++) {
          out[row + k] += factor * pairs[p + n * size + k];
        }
      }
    }
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    Tensor other = operands[1 - operand];
    return switch (form) {
      case PRODUCT -> as(operand == 0 ? Form.FIRST : Form.SECOND).apply(cotangent, other);
      case FIRST ->
          operand == 0
              ? as(Form.PRODUCT).apply(cotangent, other)
              : as(Form.SECOND).apply(other, cotangent);
      case SECOND ->
          operand == 0
              ? as(Form.PRODUCT).apply(other, cotangent)
              : as(Form.FIRST).apply(other, cotangent);
    };
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return operand == 0 ? apply(tangent, operands[1]) : apply(operands[0], tangent);
  }

  /** The same with another of the three computed. */
  InvariantProduct as(Form other) {
    return new InvariantProduct(orders, sizes, weights, other);
  }
}
