/**
 * Contractions for potentials that respect rotations. Features are tensors {@code [components,
 * atoms, channels]}: the components of one atom and channel turn with the frame, channels stay by
 * themselves, and atoms are ordered by element so that those of one element lie together.
 *
 * <p>Every operation here is linear in each of its operands, and so are its adjoints: each family
 * is a sum Σ x·y·z seen from x, from y or from z, and its rules lead from one view to another. That
 * makes derivatives of all orders as cheap as the value.
 */
@NullMarked
package org.cotangent.autodiff.equivariant;

import org.jspecify.annotations.NullMarked;
