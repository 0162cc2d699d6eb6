package org.cotangent.gpu;

import java.util.List;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;

/**
 * The weights of one multilayer perceptron with one output, the energy of an atom.
 *
 * <p>Layer {@code l} maps {@code x} to {@code weights[l] x + biases[l]}; every layer but the last
 * is followed by the activation. Weights have shape {@code [outputs, inputs]} and biases {@code
 * [outputs]}, as in PyTorch's {@code Linear}, all of one type, float32 or float64.
 *
 * @param weights the matrices of the layers, first to last
 * @param biases the offsets of the layers, first to last
 * @param activation the function between layers
 */
public record NetworkParameters(List<Tensor> weights, List<Tensor> biases, Activation activation) {
  /**
   * Checks and keeps the parameters.
   *
   * @throws IllegalArgumentException if shapes do not fit together, the types differ or are not
   *     float32 or float64, or the last layer has not one output
   */
  public NetworkParameters {
    weights = List.copyOf(weights);
    biases = List.copyOf(biases);
    if (weights.isEmpty() || weights.size() != biases.size()) {
      throw new IllegalArgumentException(
          "a network needs one bias for each of at least one weight matrix, got "
              + weights.size()
              + " weights and "
              + biases.size()
              + " biases");
    }
    DType dtype = weights.getFirst().dtype();
    if (!dtype.isDifferentiable()) {
      throw new IllegalArgumentException("weights must be float32 or float64, got " + dtype);
    }
    for (int layer = 0; layer < weights.size(); layer++) {
      check(layer, weights.get(layer), biases.get(layer), dtype);
      if (layer > 0 && weights.get(layer).dim(1) != weights.get(layer - 1).dim(0)) {
        throw new IllegalArgumentException(
            "layer "
                + layer
                + " takes "
                + weights.get(layer).dim(1)
                + " inputs, layer "
                + (layer - 1)
                + " gives "
                + weights.get(layer - 1).dim(0)
                + " outputs");
      }
    }
    if (weights.getLast().dim(0) != 1) {
      throw new IllegalArgumentException(
          "the last layer must give one energy, its weights have shape "
              + weights.getLast().shape());
    }
  }

  private static void check(int layer, Tensor weight, Tensor bias, DType dtype) {
    if (weight.rank() != 2 || bias.rank() != 1 || weight.dim(0) != bias.dim(0)) {
      throw new IllegalArgumentException(
          "layer "
              + layer
              + " needs weights [outputs, inputs] and a bias [outputs], got shapes "
              + weight.shape()
              + " and "
              + bias.shape());
    }
    if (weight.size() == 0) {
      throw new IllegalArgumentException(
          "layer " + layer + " has weights of shape " + weight.shape() + ", nothing to multiply");
    }
    if (weight.dtype() != dtype || bias.dtype() != dtype) {
      throw new IllegalArgumentException(
          "layer "
              + layer
              + " has weights of "
              + weight.dtype()
              + " and a bias of "
              + bias.dtype()
              + ", the first weights are "
              + dtype);
    }
  }

  /** Returns the number of features that the first layer takes. */
  public int inputs() {
    return weights.getFirst().dim(1);
  }

  /** Returns the type of all parameters. */
  public DType dtype() {
    return weights.getFirst().dtype();
  }
}
