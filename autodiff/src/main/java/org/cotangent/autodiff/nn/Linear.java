package org.cotangent.autodiff.nn;

import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;

/**
 * x·weightᵀ + bias. Input {@code […, in]}, output {@code […, out]}; parameters {@code weight}
 * {@code [out, in]} and, if it has one, {@code bias} {@code [out]}, as in PyTorch.
 *
 * @param in length of the last axis of the input
 * @param out length of the last axis of the output
 * @param bias whether a bias is added
 * @param weights how the weight begins
 * @param biases how the bias begins
 */
public record Linear(int in, int out, boolean bias, Initialiser weights, Initialiser biases)
    implements Layer {

  /** Checks the sizes. */
  public Linear {
    if (in < 1 || out < 1) {
      throw new IllegalArgumentException(
          "a linear layer needs at least one input and one output, got " + in + " and " + out);
    }
  }

  /** A layer that begins as PyTorch's does, uniformly within ±1/√in. */
  public Linear(int in, int out, boolean bias) {
    this(in, out, bias, Initialiser.LINEAR_DEFAULT, Initialiser.LINEAR_DEFAULT);
  }

  @Override
  public Parameters initialise(UniformRandomProvider random, DType dtype) {
    Parameters.Builder builder = Parameters.builder();
    builder.add("weight", weights.draw(random, dtype, in, out, out, in));
    if (bias) {
      builder.add("bias", biases.draw(random, dtype, in, out, out));
    }
    return builder.build();
  }

  @Override
  public Tensor apply(Parameters parameters, Tensor x) {
    Tensor weight = parameters.get("weight");
    if (weight.rank() != 2 || weight.dim(0) != out || weight.dim(1) != in) {
      throw new IllegalArgumentException(
          "a linear layer from "
              + in
              + " to "
              + out
              + " needs a weight ["
              + out
              + ", "
              + in
              + "], got "
              + weight.shape());
    }
    if (x.rank() == 0 || x.dim(-1) != in) {
      throw new IllegalArgumentException(
          "a linear layer from "
              + in
              + " to "
              + out
              + " needs an input […, "
              + in
              + "], got "
              + x.shape());
    }
    return bias ? x.linear(weight, parameters.get("bias")) : x.linear(weight);
  }
}
