/**
 * Functions of a distance, with derivatives of any order: the radial integrals of a smeared density
 * with a radial basis, exact or tabulated, and the primitive that puts them on the tape.
 */
@NullMarked
package org.cotangent.atomistic.descriptors.radial;

import org.jspecify.annotations.NullMarked;
