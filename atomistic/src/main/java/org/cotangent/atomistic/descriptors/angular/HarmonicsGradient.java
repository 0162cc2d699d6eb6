package org.cotangent.atomistic.descriptors.angular;

import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The linear map from {@link SolidHarmonics} {@code [n, (L+1)²]} to their derivatives by the vector
 * {@code [n, 3, (L+1)²]}, or its adjoint. In the complex form U_lm = r^l·P_lm·e^(imφ)/(l+m)!,
 * without the Condon-Shortley phase and continued with U_l,-m = (-1)^m·conj(U_lm),
 *
 * <pre>  ∂_z U_lm = U_(l-1)m
 *  (∂_x - i∂_y) U_lm = U_(l-1)(m-1),   (∂_x + i∂_y) U_lm = -U_(l-1)(m+1)</pre>
 *
 * <p>(Hobson, The Theory of Spherical and Ellipsoidal Harmonics, 1931, §79 f.), so that each
 * derivative is a sum of at most two harmonics of the next lower l.
 *
 * @param maxAngular L
 * @param adjoint whether to apply the adjoint
 */
record HarmonicsGradient(int maxAngular, boolean adjoint) implements CustomPrimitive {
  @Override
  public String label() {
    return adjoint ? "solid_harmonics_gradient_adjoint" : "solid_harmonics_gradient";
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    HarmonicsTable table = new HarmonicsTable(maxAngular);
    int columns = table.columns();
    int count = operands[0].dim(0);
    double[] in = TensorData.doubles(operands[0].cast(DType.FLOAT64));
    double[] out = new double[Math.multiplyExact(count, columns * (adjoint ? 1 : 3))];
    for (int p = 0; p < count; p++) {
      if (adjoint) {
        table.addAdjoint(in, 3 * p * columns, out, p * columns);
      } else {
        table.gradients(in, p * columns, out, 3 * p * columns);
      }
    }
    Shape shape = adjoint ? Shape.of(count, columns) : Shape.of(count, 3, columns);
    return TensorData.wrap(DType.FLOAT64, shape, out).cast(operands[0].dtype());
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    return new HarmonicsGradient(maxAngular, !adjoint).apply(cotangent);
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return apply(tangent);
  }
}
