package org.cotangent.gpu;

/** The function applied to every hidden unit of a network. */
public enum Activation {
  /** {@code x / (1 + exp(-x))}. */
  SILU,
  /** The hyperbolic tangent. */
  TANH
}
