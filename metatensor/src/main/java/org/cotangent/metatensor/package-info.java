/** Labelled, block-sparse tensors with explicit gradients. */
@NullMarked
package org.cotangent.metatensor;

import org.jspecify.annotations.NullMarked;
