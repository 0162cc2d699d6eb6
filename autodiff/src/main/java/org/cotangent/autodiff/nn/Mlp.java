package org.cotangent.autodiff.nn;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;

/**
 * A multilayer perceptron: linear layers with an activation after each but the last. Input {@code
 * […, sizes.getFirst()]}, output {@code […, sizes.getLast()]}; parameters {@code layers.0.weight},
 * {@code layers.0.bias}, {@code layers.1.weight}, …
 *
 * @param sizes lengths of the input, of each hidden layer, and of the output
 * @param activation what follows every layer but the last
 * @param weights how the weights begin
 * @param biases how the biases begin
 */
public record Mlp(
    List<Integer> sizes, Activation activation, Initialiser weights, Initialiser biases)
    implements Layer {

  /** Checks and copies the sizes. */
  public Mlp {
    sizes = List.copyOf(sizes);
    if (sizes.size() < 2 || sizes.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "a perceptron needs the sizes of its input and its output, all at least 1, got " + sizes);
    }
  }

  /** A perceptron whose layers begin as PyTorch's do, uniformly within ±1/√inputs. */
  public Mlp(List<Integer> sizes, Activation activation) {
    this(sizes, activation, Initialiser.LINEAR_DEFAULT, Initialiser.LINEAR_DEFAULT);
  }

  /** Returns a perceptron of these sizes: input, hidden layers, output. */
  public static Mlp of(Activation activation, int... sizes) {
    List<Integer> list = new ArrayList<>();
    for (int size : sizes) {
      list.add(size);
    }
    return new Mlp(list, activation);
  }

  /** Returns the linear layer of this number, from 0. */
  private Linear linear(int layer) {
    return new Linear(sizes.get(layer), sizes.get(layer + 1), true, weights, biases);
  }

  @Override
  public Parameters initialise(UniformRandomProvider random, DType dtype) {
    Parameters.Builder builder = Parameters.builder();
    for (int layer = 0; layer < sizes.size() - 1; layer++) {
      builder.addAll("layers." + layer, linear(layer).initialise(random, dtype));
    }
    return builder.build();
  }

  @Override
  public Tensor apply(Parameters parameters, Tensor x) {
    return last(parameters, hidden(parameters, x));
  }

  /** Returns what the last layer gets, {@code […, sizes.get(sizes.size() - 2)]}. */
  public Tensor hidden(Parameters parameters, Tensor x) {
    Parameters layers = parameters.under("layers");
    Tensor h = x;
    for (int layer = 0; layer < sizes.size() - 2; layer++) {
      h = activation.apply(linear(layer).apply(layers.under(Integer.toString(layer)), h));
    }
    return h;
  }

  /** Returns what the last layer, which is linear, makes of {@link #hidden}. */
  public Tensor last(Parameters parameters, Tensor hidden) {
    int last = sizes.size() - 2;
    return linear(last).apply(parameters.under("layers." + last), hidden);
  }
}
