package org.cotangent.metatensor.learn;

import java.util.List;
import org.cotangent.autodiff.nn.Activation;
import org.cotangent.metatensor.Labels;

/**
 * A {@link SampleNorm} for each invariant key, those with {@code o3_lambda} 0 and {@code o3_sigma}
 * 1 or those one names; other blocks stay as they are.
 */
public final class InvariantLayerNorm extends ModuleMap {
  /** Normalisations of blocks of that many properties, with ε = 1e-5, weight, bias and centring. */
  public InvariantLayerNorm(Labels keys, int properties) {
    this(keys, Linear.same(properties, keys), 1e-5, true, true, true, InvariantKeys.DEFAULT);
  }

  /**
   * Normalisations of any sizes.
   *
   * @param properties for each key the number of properties of its block
   * @param epsilon ε, positive
   * @param weight whether there are weights
   * @param bias whether there are biases
   * @param centred whether the mean is subtracted
   * @param invariant which keys are invariant, in some of their dimensions
   * @throws IllegalArgumentException if there is not one size for each key, or the keys do not have
   *     these dimensions
   */
  public InvariantLayerNorm(
      Labels keys,
      List<Integer> properties,
      double epsilon,
      boolean weight,
      boolean bias,
      boolean centred,
      Labels invariant) {
    requireOnePerKey("numbers of properties", properties, keys);
    super(
        keys,
        InvariantKeys.layers(
            keys,
            invariant,
            k -> new SampleNorm(properties.get(k), epsilon, weight, bias, centred),
            k -> Activation.IDENTITY));
  }
}
