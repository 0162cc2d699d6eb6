package org.cotangent.metatensor.learn;

import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.metatensor.TensorMap;

/**
 * A part of a network that acts on maps: a description without state, which may be shared by
 * threads and applied with any parameters of its names and shapes.
 */
public interface MapLayer {
  /**
   * Returns parameters to start from; random numbers are drawn in a fixed order.
   *
   * @param dtype f64 or f32
   */
  Parameters initialise(UniformRandomProvider random, DType dtype);

  /**
   * Returns what the layer makes of a map. Explicit gradients follow by the chain rule.
   *
   * @param parameters of the names and shapes that {@link #initialise} returns
   * @throws IllegalArgumentException if a parameter is absent, a shape does not fit, or the layer
   *     is not made for a block of the map
   */
  TensorMap apply(Parameters parameters, TensorMap map);
}
