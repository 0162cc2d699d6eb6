package org.cotangent.atomistic.training;

/** How a loss on forces gets at the forces. Both ways give the same loss and the same gradients. */
public enum ForceGradients {
  /**
   * Forces are the explicit gradient of the energy, led on from the descriptor: one forward pass
   * and one backward pass.
   */
  FORWARD,

  /**
   * Forces are the derivative of the energy by positions, taken back through the descriptor, and
   * the loss is differentiated through that again: double backward.
   */
  REVERSE
}
