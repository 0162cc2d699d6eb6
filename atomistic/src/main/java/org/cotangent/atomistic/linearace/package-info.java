/**
 * Potentials that are linear in a systematic basis, the atomic cluster expansion, and their fit by
 * least squares to energies, forces and virials. {@link
 * org.cotangent.atomistic.linearace.LinearAce} has the formulas.
 */
@NullMarked
package org.cotangent.atomistic.linearace;

import org.jspecify.annotations.NullMarked;
