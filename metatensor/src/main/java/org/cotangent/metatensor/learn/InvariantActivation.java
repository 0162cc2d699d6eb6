package org.cotangent.metatensor.learn;

import org.cotangent.autodiff.nn.Activation;
import org.cotangent.metatensor.Labels;

/**
 * An activation of the invariant blocks, those with {@code o3_lambda} 0 and {@code o3_sigma} 1 or
 * those one names; other blocks stay as they are. (An activation of all blocks is a {@link
 * ModuleMap} of it.)
 */
public final class InvariantActivation extends ModuleMap {
  /** An activation of blocks with {@code o3_lambda} 0 and {@code o3_sigma} 1. */
  public InvariantActivation(Labels keys, Activation activation) {
    this(keys, activation, InvariantKeys.DEFAULT);
  }

  /**
   * An activation of the blocks one names.
   *
   * @param invariant which keys are invariant, in some of their dimensions
   * @throws IllegalArgumentException if the keys do not have these dimensions
   */
  public InvariantActivation(Labels keys, Activation activation, Labels invariant) {
    super(keys, InvariantKeys.layers(keys, invariant, k -> activation, k -> Activation.IDENTITY));
  }
}
