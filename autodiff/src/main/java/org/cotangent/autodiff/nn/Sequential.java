package org.cotangent.autodiff.nn;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;

/**
 * Layers one after the other. The parameters of layer k, if it has any, are those under its number:
 * {@code 0.weight}, {@code 2.weight}, …
 *
 * @param layers in the order in which they are applied
 */
public record Sequential(List<Layer> layers) implements Layer {
  /** Copies the list. */
  public Sequential {
    layers = List.copyOf(layers);
  }

  /** Returns these layers one after the other. */
  public static Sequential of(Layer... layers) {
    return new Sequential(List.of(layers));
  }

  @Override
  public Parameters initialise(UniformRandomProvider random, DType dtype) {
    Parameters.Builder builder = Parameters.builder();
    for (int k = 0; k < layers.size(); k++) {
      builder.addAll(Integer.toString(k), layers.get(k).initialise(random, dtype));
    }
    return builder.build();
  }

  @Override
  public Tensor apply(Parameters parameters, Tensor x) {
    Tensor h = x;
    for (int k = 0; k < layers.size(); k++) {
      String name = Integer.toString(k);
      Parameters own = parameters.contains(name) ? parameters.under(name) : Parameters.empty();
      h = layers.get(k).apply(own, h);
    }
    return h;
  }
}
