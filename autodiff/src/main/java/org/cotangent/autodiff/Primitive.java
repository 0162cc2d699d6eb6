package org.cotangent.autodiff;

import org.jspecify.annotations.Nullable;

/**
 * One operation of the closed set from which every computation is made, together with its rules.
 *
 * <p>A primitive is a value: its attributes (axes, constants) are part of it, its operands are not.
 * Applied to operands y = p(x₀, x₁, …), with J_k the derivative of y by operand k, it knows
 *
 * <ul>
 *   <li>{@link #evaluate}: the value,
 *   <li>{@link #vjp}: J_kᵀ·cotangent, what reverse mode needs,
 *   <li>{@link #jvp}: J_k·tangent, what forward mode needs.
 * </ul>
 *
 * <p>Both rules are written with tensor operations, so that a derivative is itself a recorded
 * computation and can be differentiated again, in either direction. Rules see one operand at a
 * time; the engine adds up what several operands contribute and asks only for what is needed.
 */
public sealed interface Primitive
    permits Source,
        Argument,
        Unary,
        UnaryWithConstant,
        Binary,
        SiluDerivative,
        Comparison,
        Selection,
        Reduction,
        Shaping,
        Joining,
        Indexing,
        Discrete,
        Product,
        CustomPrimitive {

  /** Returns the name under which listings, drawings and error messages show the operation. */
  String label();

  /**
   * Computes the value. Operands are of the types and shapes that the operation's method on {@link
   * Tensor} has checked.
   */
  Tensor evaluate(Tensor... operands);

  /**
   * Returns the cotangent of one operand, of that operand's shape and type.
   *
   * @param operand which operand, from 0
   * @param cotangent the cotangent of the result, of its shape
   * @param operands all operands
   * @param result the value that {@link #evaluate} returned
   * @return the product of {@code cotangent} with the derivative by that operand, or null if the
   *     derivative is zero everywhere
   */
  @Nullable Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result);

  /**
   * Returns the tangent of the result when one operand moves along {@code tangent}.
   *
   * @return a tensor of the result's shape, or null if the derivative is zero everywhere
   */
  @Nullable Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result);

  /**
   * Returns the tangent of the result when several operands move at once: the sum of what {@link
   * #jvp} gives for each, unless a primitive can do with less than one full result per operand.
   *
   * @param tangents of the operands, null for those that do not move; at least one is not null
   * @return a tensor of the result's shape, or null if the derivative is zero everywhere
   */
  default @Nullable Tensor pushforward(
      @Nullable Tensor[] tangents, Tensor[] operands, Tensor result) {
    Tensor sum = null;
    for (int operand = 0; operand < tangents.length; operand++) {
      Tensor tangent = tangents[operand];
      if (tangent != null) {
        Tensor moved = jvp(operand, tangent, operands, result);
        sum = sum == null ? moved : moved == null ? sum : sum.add(moved);
      }
    }
    return sum;
  }

  /**
   * Returns whether the result depends differentiably on an operand; false for conditions, indices,
   * and operands of which only the shape is used.
   */
  default boolean isDifferentiable(int operand) {
    return true;
  }
}
