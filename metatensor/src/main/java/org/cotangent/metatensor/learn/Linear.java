package org.cotangent.metatensor.learn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cotangent.autodiff.nn.Layer;
import org.cotangent.metatensor.Labels;

/**
 * A linear layer for each key, along the properties: x·weightᵀ + bias, with {@code k.weight} {@code
 * [outputs, inputs]} and {@code k.bias} {@code [outputs]}. A constant bias has no part in explicit
 * gradients (metatensor-learn 0.6 adds it to them as well).
 */
public final class Linear extends ModuleMap {
  /** Linear layers with a bias, of the same sizes for every key. */
  public Linear(Labels keys, int inputs, int outputs) {
    this(keys, same(inputs, keys), same(outputs, keys), true);
  }

  /**
   * Linear layers of any sizes.
   *
   * @param inputs for each key the number of properties of its block
   * @param outputs for each key the number of properties of the result
   * @param bias whether there are biases
   * @throws IllegalArgumentException if there is not one of each for each key
   */
  public Linear(Labels keys, List<Integer> inputs, List<Integer> outputs, boolean bias) {
    super(keys, layers(keys, inputs, outputs, Collections.nCopies(keys.size(), bias)));
  }

  static List<Integer> same(int size, Labels keys) {
    return Collections.nCopies(keys.size(), size);
  }

  static List<Layer> layers(
      Labels keys, List<Integer> inputs, List<Integer> outputs, List<Boolean> biases) {
    requireOnePerKey("numbers of inputs", inputs, keys);
    requireOnePerKey("numbers of outputs", outputs, keys);
    List<Layer> layers = new ArrayList<>(keys.size());
    for (int k = 0; k < keys.size(); k++) {
      layers.add(
          new org.cotangent.autodiff.nn.Linear(inputs.get(k), outputs.get(k), biases.get(k)));
    }
    return layers;
  }
}
