/** Atoms, descriptors, potentials and training. */
@NullMarked
package org.cotangent.atomistic;

import org.jspecify.annotations.NullMarked;
