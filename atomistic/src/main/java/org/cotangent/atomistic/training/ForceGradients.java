package org.cotangent.atomistic.training;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a loss on forces gets at the forces. All ways give the same loss and the same gradients. */
public enum ForceGradients {
  /** The way that is cheaper for the architecture and the data, as far as memory allows. */
  @JsonProperty("chosen")
  CHOSEN,

  /**
   * Forces are the explicit gradient of the energy, led on from the descriptor: one forward pass
   * and one backward pass.
   */
  @JsonProperty("forward")
  FORWARD,

  /**
   * Forces are the derivative of the energy by positions, taken back through the descriptor, and
   * the loss is differentiated through that again: double backward.
   */
  @JsonProperty("reverse")
  REVERSE;

  /** Returns this, or where the choice is free, {@code choice}. */
  ForceGradients or(ForceGradients choice) {
    return this == CHOSEN ? choice : this;
  }
}
