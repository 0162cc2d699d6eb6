package org.cotangent.autodiff.optim;

import org.cotangent.autodiff.nn.Parameters;

/**
 * Improves parameters step by step along their gradients. It remembers what its rule needs between
 * steps, so that one instance serves one training; it is not for several threads at once.
 *
 * <p>In the formulas of the implementations g is the gradient, p the parameter, η the learning rate
 * of this step, t = 1, 2, … its number; everything remembered begins at 0. Arithmetic is in the
 * element type of each parameter.
 */
public interface Optimizer {
  /**
   * Returns the parameters after one step, as constants.
   *
   * @param parameters of the same names, types and shapes in every step
   * @param gradients of a loss by the parameters, under the same names
   * @throws IllegalArgumentException if names, types or shapes do not fit; nothing has changed then
   * @throws IllegalStateException if the schedule returns a learning rate that is negative or not
   *     finite
   */
  Parameters step(Parameters parameters, Parameters gradients);

  /** Returns the learning rate that the next step would use. */
  double learningRate();

  /** Returns a copy of what is remembered, from which {@link #restore} goes on exactly. */
  OptimizerState state();

  /**
   * Goes on from a state that {@link #state} of an optimiser with the same settings returned.
   *
   * @throws IllegalArgumentException if the state is not one of such an optimiser
   */
  void restore(OptimizerState state);
}
