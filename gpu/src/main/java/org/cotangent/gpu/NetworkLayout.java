package org.cotangent.gpu;

import java.lang.reflect.Array;
import java.util.List;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * Several networks as the flat arrays that a kernel reads: Aparapi knows no objects and copies
 * arrays of more than one dimension at every call.
 *
 * <p>{@code table[k]} is where network {@code k} starts in {@code table}: the number of layers, 1
 * for tanh or 0 for silu, then four numbers for each layer: inputs, outputs, and where its weights
 * and its bias start in {@code parameters}.
 *
 * @param table the networks' structure
 * @param parameters all weights and biases, a {@code float[]} or {@code double[]}
 * @param dtype the type of the parameters
 * @param networks how many networks there are
 * @param inputs the number of features, the same for all networks
 * @param widest the largest number of outputs of any hidden layer, 0 without hidden layers
 */
record NetworkLayout(
    int[] table, Object parameters, DType dtype, int networks, int inputs, int widest) {

  static NetworkLayout of(List<NetworkParameters> networks) {
    if (networks.isEmpty()) {
      throw new IllegalArgumentException("at least one network is needed, got none");
    }
    DType dtype = networks.getFirst().dtype();
    int inputs = networks.getFirst().inputs();
    int entries = networks.size();
    int numbers = 0;
    for (int k = 0; k < networks.size(); k++) {
      NetworkParameters network = networks.get(k);
      if (network.dtype() != dtype || network.inputs() != inputs) {
        throw new IllegalArgumentException(
            "network "
                + k
                + " takes "
                + network.inputs()
                + " features of "
                + network.dtype()
                + ", network 0 takes "
                + inputs
                + " of "
                + dtype
                + "; all must agree");
      }
      entries += 2 + 4 * network.weights().size();
      for (int layer = 0; layer < network.weights().size(); layer++) {
        numbers =
            Math.addExact(
                numbers, network.weights().get(layer).size() + network.biases().get(layer).size());
      }
    }
    int[] table = new int[entries];
    Object parameters = dtype.newArray(numbers);
    int cursor = networks.size();
    int offset = 0;
    int widest = 0;
    for (int k = 0; k < networks.size(); k++) {
      NetworkParameters network = networks.get(k);
      table[k] = cursor;
      table[cursor++] = network.weights().size();
      table[cursor++] = network.activation() == Activation.TANH ? 1 : 0;
      for (int layer = 0; layer < network.weights().size(); layer++) {
        Tensor weight = network.weights().get(layer);
        table[cursor++] = weight.dim(1);
        table[cursor++] = weight.dim(0);
        table[cursor++] = offset;
        offset = append(weight, parameters, offset);
        table[cursor++] = offset;
        offset = append(network.biases().get(layer), parameters, offset);
        if (layer < network.weights().size() - 1) {
          widest = Math.max(widest, weight.dim(0));
        }
      }
    }
    return new NetworkLayout(table, parameters, dtype, networks.size(), inputs, widest);
  }

  private static int append(Tensor tensor, Object parameters, int offset) {
    Object source = TensorData.of(tensor);
    System.arraycopy(source, 0, parameters, offset, Array.getLength(source));
    return offset + tensor.size();
  }
}
