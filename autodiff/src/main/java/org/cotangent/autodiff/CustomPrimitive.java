package org.cotangent.autodiff;

/**
 * A primitive that somebody adds from outside: implement {@link #evaluate}, {@link #vjp} and {@link
 * #jvp}, both rules with tensor operations only, and apply it with {@link #apply}. {@link
 * GradientCheck} tells whether the rules are right.
 */
public non-sealed interface CustomPrimitive extends Primitive {
  /** Applies the primitive to operands and records it if one of them is recorded. */
  default Tensor apply(Tensor... operands) {
    Tensor value = evaluate(operands);
    return Tensor.result(value.dtype, value.shape, value.data, this, operands);
  }
}
