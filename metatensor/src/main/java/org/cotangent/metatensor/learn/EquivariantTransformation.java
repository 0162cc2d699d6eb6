package org.cotangent.metatensor.learn;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Layer;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.metatensor.Labels;

/**
 * Any layers made equivariant: invariant blocks, those with {@code o3_lambda} 0 and {@code
 * o3_sigma} 1 or those one names, pass through their layer; any other block is multiplied by what
 * the layer makes of its norm over the component, which does not change when the block is rotated.
 */
public final class EquivariantTransformation extends ModuleMap {
  /** Transformations by a layer for each key. */
  public EquivariantTransformation(Labels keys, List<? extends Layer> layers) {
    this(keys, layers, InvariantKeys.DEFAULT);
  }

  /**
   * Transformations by a layer for each key.
   *
   * @param layers one for each key, which keeps the number of properties if the block is not
   *     invariant
   * @param invariant which keys are invariant, in some of their dimensions
   * @throws IllegalArgumentException if there is not one layer for each key, or the keys do not
   *     have these dimensions
   */
  public EquivariantTransformation(Labels keys, List<? extends Layer> layers, Labels invariant) {
    requireOnePerKey("layers", layers, keys);
    super(keys, InvariantKeys.layers(keys, invariant, layers::get, k -> new Gate(layers.get(k))));
  }

  /** x·f(|x|), with the norm over the only component, {@code [samples, component, properties]}. */
  private record Gate(Layer layer) implements Layer {
    @Override
    public Parameters initialise(UniformRandomProvider random, DType dtype) {
      return layer.initialise(random, dtype);
    }

    @Override
    public Tensor apply(Parameters parameters, Tensor x) {
      if (x.rank() != 3) {
        throw new IllegalArgumentException(
            "an equivariant transformation needs blocks [samples, component, properties], got "
                + x.shape());
      }
      Tensor factor = layer.apply(parameters, x.norm(1).unsqueeze(1));
      if (factor.rank() != 3 || factor.dim(-1) != x.dim(-1)) {
        throw new IllegalArgumentException(
            "the layer of a covariant block must keep its "
                + x.dim(-1)
                + " properties, it made values of shape "
                + factor.shape());
      }
      return x.multiply(factor);
    }
  }
}
