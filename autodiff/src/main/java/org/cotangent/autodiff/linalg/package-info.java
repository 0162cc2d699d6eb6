/**
 * Linear algebra of stacks of matrices: systems, determinants, decompositions and least squares,
 * with derivatives of any order.
 *
 * <p>The last two axes hold the matrices, the axes before them are batch axes. Everything is
 * computed in double precision; results of float32 operands are rounded once, at the end. The
 * primitives are ordinary {@link org.cotangent.autodiff.CustomPrimitive}s.
 */
@NullMarked
package org.cotangent.autodiff.linalg;

import org.jspecify.annotations.NullMarked;
