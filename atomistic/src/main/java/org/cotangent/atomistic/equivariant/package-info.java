/**
 * Quantities that turn with the system, as blocks with a component {@code o3_mu} = -l … l and keys
 * {@code o3_lambda} = l and {@code o3_sigma} (1, or -1 where an inversion adds another sign): how
 * rotations act on them ({@link org.cotangent.atomistic.equivariant.WignerMatrices}), and how two
 * of them make others ({@link org.cotangent.atomistic.equivariant.ClebschGordanProduct}).
 */
@NullMarked
package org.cotangent.atomistic.equivariant;

import org.jspecify.annotations.NullMarked;
