/**
 * Labelled, block-sparse tensors with explicit gradients, after metatensor's data model.
 *
 * <p>A {@link org.cotangent.metatensor.TensorMap} holds a {@link
 * org.cotangent.metatensor.TensorBlock} for each of its keys; a block has values {@code [samples,
 * components…, properties]}, {@link org.cotangent.metatensor.Labels} that say what each axis stands
 * for, and gradients, which are blocks again. Operations, by topic in classes such as {@link
 * org.cotangent.metatensor.Arithmetic}, {@link org.cotangent.metatensor.Reductions} and {@link
 * org.cotangent.metatensor.Manipulation}, are recorded on the tape and lead gradients on.
 */
@NullMarked
package org.cotangent.metatensor;

import org.jspecify.annotations.NullMarked;
