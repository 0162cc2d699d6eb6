package org.cotangent.autodiff.internal;

import org.cotangent.autodiff.Tensor;

/**
 * A primitive that can add the product of a cotangent with its derivative to a sum in place. A
 * backward sweep that nothing records then needs neither the product by itself nor a new sum, which
 * for large tensors takes longer than the product: fresh arrays are cleared and are in no cache.
 *
 * <p>What {@code vjp} of such a primitive returns has an array of its own, unless it is that of the
 * cotangent, of the result, or of an operand; it is nothing that the primitive keeps.
 */
public interface AddedDerivative {
  /**
   * Adds what {@code vjp} would return; rounding and the signs of zeros may be others than where
   * that is made first.
   *
   * @param sum shaped like the operand; nobody else has seen its array yet
   */
  void addVjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result, Tensor sum);
}
