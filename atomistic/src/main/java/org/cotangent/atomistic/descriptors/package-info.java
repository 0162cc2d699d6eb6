/**
 * What surrounds an atom, as numbers: functions of the vectors to its neighbors.
 *
 * <p>A {@link org.cotangent.atomistic.descriptors.Descriptor} gives for systems a map with a block
 * for each type of center, on request with explicit gradients by positions, cell or strain. Names
 * and hyper-parameters are featomic's.
 */
@NullMarked
package org.cotangent.atomistic.descriptors;

import org.jspecify.annotations.NullMarked;
