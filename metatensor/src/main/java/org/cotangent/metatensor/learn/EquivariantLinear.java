package org.cotangent.metatensor.learn;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.metatensor.Labels;

/**
 * {@link Linear} layers that commute with rotations: only invariant blocks, those with {@code
 * o3_lambda} 0 and {@code o3_sigma} 1 or those one names, have a bias.
 */
public final class EquivariantLinear extends ModuleMap {
  /** Layers of the same sizes for every key, with biases where they are allowed. */
  public EquivariantLinear(Labels keys, int inputs, int outputs) {
    this(keys, Linear.same(inputs, keys), Linear.same(outputs, keys), true, InvariantKeys.DEFAULT);
  }

  /**
   * Layers of any sizes.
   *
   * @param inputs for each key the number of properties of its block
   * @param outputs for each key the number of properties of the result
   * @param bias whether invariant blocks have a bias
   * @param invariant which keys are invariant, in some of their dimensions
   * @throws IllegalArgumentException if there is not one of each for each key, or the keys do not
   *     have these dimensions
   */
  public EquivariantLinear(
      Labels keys, List<Integer> inputs, List<Integer> outputs, boolean bias, Labels invariant) {
    super(keys, Linear.layers(keys, inputs, outputs, biases(keys, bias, invariant)));
  }

  private static List<Boolean> biases(Labels keys, boolean bias, Labels invariant) {
    List<Boolean> biases = new ArrayList<>();
    for (boolean is : InvariantKeys.among(keys, invariant)) {
      biases.add(bias && is);
    }
    return biases;
  }
}
