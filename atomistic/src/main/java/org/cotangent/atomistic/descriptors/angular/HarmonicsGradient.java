package org.cotangent.atomistic.descriptors.angular;

import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;

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
    HarmonicsTable table = HarmonicsTable.of(maxAngular);
    Shape values = Shape.of(table.columns());
    Shape slopes = Shape.of(3, table.columns());
    return adjoint
        ? PointFunction.apply(
            "slopes of harmonics", operands[0], slopes, values, table::adjointOfGradients)
        : PointFunction.apply("harmonics", operands[0], values, slopes, table::gradients);
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
