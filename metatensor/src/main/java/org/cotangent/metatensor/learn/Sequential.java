package org.cotangent.metatensor.learn;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.metatensor.TensorMap;

/**
 * Layers one after the other. The parameters of layer j, if it has any, are those under its number:
 * {@code 0.…}, {@code 2.…}.
 *
 * @param layers in the order in which they are applied
 */
public record Sequential(List<MapLayer> layers) implements MapLayer {
  /** Copies the list. */
  public Sequential {
    layers = List.copyOf(layers);
  }

  /** Returns these layers one after the other. */
  public static Sequential of(MapLayer... layers) {
    return new Sequential(List.of(layers));
  }

  @Override
  public Parameters initialise(UniformRandomProvider random, DType dtype) {
    Parameters.Builder builder = Parameters.builder();
    for (int j = 0; j < layers.size(); j++) {
      builder.addAll(Integer.toString(j), layers.get(j).initialise(random, dtype));
    }
    return builder.build();
  }

  @Override
  public TensorMap apply(Parameters parameters, TensorMap map) {
    TensorMap h = map;
    for (int j = 0; j < layers.size(); j++) {
      String name = Integer.toString(j);
      Parameters own = parameters.contains(name) ? parameters.under(name) : Parameters.empty();
      h = layers.get(j).apply(own, h);
    }
    return h;
  }
}
