package org.cotangent.autodiff.nn;

import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;

/** Functions applied element by element between layers; as layers they have no parameters. */
public enum Activation implements Layer {
  /** x/(1 + e⁻ˣ): Hendrycks and Gimpel, arXiv:1606.08415, there called SiLU. */
  SILU,
  /** The hyperbolic tangent. */
  TANH,
  /** max(0, x); the derivative at 0 is 0. */
  RELU,
  /** x·Φ(x) = x/2·(1 + erf(x/√2)), not its approximation by tanh: arXiv:1606.08415. */
  GELU,
  /** log(1 + eˣ). */
  SOFTPLUS,
  /** 1/(1 + e⁻ˣ). */
  SIGMOID,
  /** x itself. */
  IDENTITY;

  /** Returns the function of every element of x. */
  public Tensor apply(Tensor x) {
    return switch (this) {
      case SILU -> x.silu();
      case TANH -> x.tanh();
      case RELU -> x.relu();
      case GELU -> x.gelu();
      case SOFTPLUS -> x.softplus();
      case SIGMOID -> x.sigmoid();
      case IDENTITY -> x;
    };
  }

  /** Returns no parameters. */
  @Override
  public Parameters initialise(UniformRandomProvider random, DType dtype) {
    return Parameters.empty();
  }

  @Override
  public Tensor apply(Parameters parameters, Tensor x) {
    return apply(x);
  }
}
