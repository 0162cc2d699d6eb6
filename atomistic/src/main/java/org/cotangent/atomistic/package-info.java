/**
 * Atoms and their energies: the way from files of structures to models that move atoms.
 *
 * <p>A {@link org.cotangent.atomistic.System} holds types, positions and a cell. Files are read by
 * {@code io} and, with labels for training, by {@code data}; {@code neighbors} and {@code
 * descriptors} turn positions into labelled blocks with explicit gradients; {@code potentials},
 * {@code learnedbasis} and {@code linearace} make energies of them; {@code training} and {@code
 * leastsquares} find the weights; {@code model}, {@code modelfile}, {@code engine} and {@code
 * dynamics} use the result.
 */
@NullMarked
package org.cotangent.atomistic;

import org.jspecify.annotations.NullMarked;
