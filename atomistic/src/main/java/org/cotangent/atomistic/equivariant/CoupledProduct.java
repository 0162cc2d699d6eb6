package org.cotangent.atomistic.equivariant;

import java.util.Locale;
import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * Two spherical tensors coupled to a third, all properties of one with all of the other: with A
 * {@code [samples, 2·l1 + 1, p]}, B {@code [samples, 2·l2 + 1, q]}, P {@code [samples, 2·λ + 1,
 * p·q]} and the coefficients C of {@link ClebschGordanCoefficients},
 *
 * <pre>  PRODUCT  P_(μ, pq) = Σ C_(m1 m2 μ)·A_(m1 p)·B_(m2 q)
 *  FIRST    A_(m1 p)  = Σ C_(m1 m2 μ)·P_(μ, pq)·B_(m2 q)
 *  SECOND   B_(m2 q)  = Σ C_(m1 m2 μ)·P_(μ, pq)·A_(m1 p)</pre>
 *
 * <p>Each is linear in both operands, and the derivatives of any are the other two.
 *
 * @param l1 the order of A
 * @param l2 the order of B
 * @param lambda that of P
 * @param firstSize p
 * @param secondSize q
 * @param form which of the three: operands are (A, B), (P, B) and (P, A)
 */
record CoupledProduct(int l1, int l2, int lambda, int firstSize, int secondSize, Form form)
    implements CustomPrimitive {
  /** Which of the three is computed. */
  enum Form {
    PRODUCT,
    FIRST,
    SECOND
  }

  @Override
  public String label() {
    return "coupled_" + form.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    int samples = operands[0].dim(0);
    double[] left = operands[0].toDoubleArray();
    double[] right = operands[1].toDoubleArray();
    int both = firstSize * secondSize;
    Shape shape =
        switch (form) {
          case PRODUCT -> Shape.of(samples, 2 * lambda + 1, both);
          case FIRST -> Shape.of(samples, 2 * l1 + 1, firstSize);
          case SECOND -> Shape.of(samples, 2 * l2 + 1, secondSize);
        };
    double[] out = new double[shape.size()];
    ClebschGordanCoefficients c = ClebschGordanCoefficients.of(l1, l2, lambda);
    for (int s = 0; s < samples; s++) {
      for (int e = 0; e < c.size(); e++) {
        int a = (s * (2 * l1 + 1) + c.first(e)) * firstSize;
        int b = (s * (2 * l2 + 1) + c.second(e)) * secondSize;
        int p = (s * (2 * lambda + 1) + c.result(e)) * both;
        switch (form) {
          case PRODUCT -> product(c.value(e), left, a, right, b, out, p);
          case FIRST -> first(c.value(e), left, p, right, b, out, a);
          case SECOND -> second(c.value(e), left, p, right, a, out, b);
        }
      }
    }
    return TensorData.wrap(DType.FLOAT64, shape, out).cast(operands[0].dtype());
  }

  private void product(
      double factor, double[] first, int a, double[] second, int b, double[] out, int p) {
    for (int i = 0; i < firstSize; i++) {
      double scaled = factor * first[a + i];
      int row = p + i * secondSize;
      for (int j = 0; j < secondSize; j++) {
        out[row + j] += scaled * second[b + j];
      }
    }
  }

  private void first(
      double factor, double[] product, int p, double[] second, int b, double[] out, int a) {
    for (int i = 0; i < firstSize; i++) {
      int row = p + i * secondSize;
      double sum = 0;
      for (int j = 0; j < secondSize; j++) {
        sum += product[row + j] * second[b + j];
      }
      out[a + i] += factor * sum;
    }
  }

  private void second(
      double factor, double[] product, int p, double[] first, int a, double[] out, int b) {
    for (int i = 0; i < firstSize; i++) {
      double scaled = factor * first[a + i];
      int row = p + i * secondSize;
      for (int j = 0; j < secondSize; j++) {
        out[b + j] += scaled * product[row + j];
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

  private CoupledProduct as(Form other) {
    return new CoupledProduct(l1, l2, lambda, firstSize, secondSize, other);
  }
}
