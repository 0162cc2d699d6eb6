package org.cotangent.autodiff;

/**
 * A primitive that somebody adds from outside: a function with rules of its own. Usually none is
 * needed, because a function composed of tensor operations has all derivatives already. One is
 * worth it where the composition is slow or inexact, or where the value comes from elsewhere (a
 * table, another program) and its derivative is known.
 *
 * <ol>
 *   <li>Implement the interface with a record whose components are the attributes (numbers, axes).
 *       Everything that is differentiated is an operand.
 *   <li>{@link #evaluate} computes the value; nothing is recorded in it, so loops over {@link
 *       Tensor#toDoubleArray} are as good as tensor operations.
 *   <li>{@link #vjp} and {@link #jvp} are made of tensor operations on {@code operands}, {@code
 *       result} and the given cotangent or tangent, and of nothing else: that is what makes
 *       derivatives of any order, in any mix of directions, right. {@code vjp} returns the shape of
 *       the operand, {@code jvp} the shape of the result.
 *   <li>Offer a method that checks the operands and calls {@link #apply}.
 *   <li>Test the rules with {@link GradientCheck}.
 * </ol>
 *
 * <p>Gaussians of a distance around centers, a radial basis:
 *
 * {@snippet class="org.cotangent.autodiff.RadialGaussian" region="primitive"}
 *
 * <p>Its test compares the rules with differences of the value, with differences of themselves, and
 * with each other:
 *
 * {@snippet class="org.cotangent.autodiff.CustomPrimitiveTest" region="check"}
 */
public non-sealed interface CustomPrimitive extends Primitive {
  /** Applies the primitive to operands and records it if one of them is recorded. */
  default Tensor apply(Tensor... operands) {
    Tensor[] own = operands.clone();
    Tensor value = Recording.off(() -> evaluate(own));
    return Tensor.result(value.dtype, value.shape, value.data, this, own);
  }
}
