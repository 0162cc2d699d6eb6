package org.cotangent.autodiff.optim;

import org.cotangent.autodiff.nn.Parameters;

/**
 * What an optimiser remembers between steps.
 *
 * @param steps how many steps were made
 * @param tensors the remembered tensors, as {@code first_moment.layers.0.weight}
 */
public record OptimizerState(long steps, Parameters tensors) {
  /** Checks the count. */
  public OptimizerState {
    if (steps < 0) {
      throw new IllegalArgumentException("the number of steps cannot be " + steps);
    }
  }
}
