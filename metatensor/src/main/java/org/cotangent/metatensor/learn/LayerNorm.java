package org.cotangent.metatensor.learn;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.nn.Layer;
import org.cotangent.metatensor.Labels;

/**
 * A {@link SampleNorm} for each key, with {@code k.weight} and {@code k.bias} {@code [properties]}.
 * Several components make this no equivariant layer: see {@link InvariantLayerNorm}.
 */
public final class LayerNorm extends ModuleMap {
  /** Normalisations of blocks of that many properties, with ε = 1e-5, weight, bias and centring. */
  public LayerNorm(Labels keys, int properties) {
    super(keys, new SampleNorm(properties, 1e-5, true, true, true));
  }

  /**
   * Normalisations of any sizes.
   *
   * @param properties for each key the number of properties of its block
   * @param epsilon ε, positive
   * @param weight whether there are weights
   * @param bias whether there are biases
   * @param centred whether the mean is subtracted
   * @throws IllegalArgumentException if there is not one size for each key
   */
  public LayerNorm(
      Labels keys,
      List<Integer> properties,
      double epsilon,
      boolean weight,
      boolean bias,
      boolean centred) {
    super(keys, layers(keys, properties, epsilon, weight, bias, centred));
  }

  private static List<Layer> layers(
      Labels keys,
      List<Integer> properties,
      double epsilon,
      boolean weight,
      boolean bias,
      boolean centred) {
    requireOnePerKey("numbers of properties", properties, keys);
    List<Layer> layers = new ArrayList<>();
    for (int size : properties) {
      layers.add(new SampleNorm(size, epsilon, weight, bias, centred));
    }
    return layers;
  }
}
