/**
 * A potential that learns its own basis: radial functions with trained coefficients for each pair
 * of elements, products of the resulting densities on each atom, and one message pass between atoms
 * that respects rotations. {@link org.cotangent.atomistic.learnedbasis.LearnedBasis} has the
 * formulas.
 */
@NullMarked
package org.cotangent.atomistic.learnedbasis;

import org.jspecify.annotations.NullMarked;
