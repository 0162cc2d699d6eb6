/** Neighbor lists: which pairs of atoms, periodic images included, are closer than a cutoff. */
@NullMarked
package org.cotangent.atomistic.neighbors;

import org.jspecify.annotations.NullMarked;
