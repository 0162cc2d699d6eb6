/**
 * Layers that act on maps, and data sets with their loaders.
 *
 * <p>A {@link org.cotangent.metatensor.learn.MapLayer} is to a {@link
 * org.cotangent.metatensor.TensorMap} what a {@link org.cotangent.autodiff.nn.Layer} is to a
 * tensor: a description without state, applied with {@link org.cotangent.autodiff.nn.Parameters}.
 * Most of them are a {@link org.cotangent.metatensor.learn.ModuleMap}, which has a layer of its own
 * for the block of each key. Explicit gradients follow through all of them by the chain rule.
 */
@NullMarked
package org.cotangent.metatensor.learn;

import org.jspecify.annotations.NullMarked;
