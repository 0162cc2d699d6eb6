/**
 * Tensors and their derivatives.
 *
 * <p>A {@link org.cotangent.autodiff.Tensor} is an immutable n-dimensional value. Every operation
 * on tensors is the application of one {@link org.cotangent.autodiff.Primitive}; when an operand is
 * recorded, so is the result, and the recorded computation can be differentiated to any order by
 * {@link org.cotangent.autodiff.Derivatives}.
 */
@NullMarked
package org.cotangent.autodiff;

import org.jspecify.annotations.NullMarked;
