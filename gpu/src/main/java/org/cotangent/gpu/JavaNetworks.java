package org.cotangent.gpu;

import java.util.List;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The same networks in plain Java, for a fallback that the caller allowed: an ordinary loop in
 * float64, rounded once at the end. Aparapi's own Java mode takes several times as long as such a
 * loop.
 */
final class JavaNetworks {
  private record Layer(double[] weights, double[] bias) {}

  private record Network(List<Layer> layers, Activation activation) {}

  private final List<Network> networks;
  private final DType dtype;
  private final int inputs;

  JavaNetworks(List<NetworkParameters> networks) {
    this.networks = networks.stream().map(JavaNetworks::copy).toList();
    this.dtype = networks.getFirst().dtype();
    this.inputs = networks.getFirst().inputs();
  }

  private static Network copy(NetworkParameters network) {
    Layer[] layers = new Layer[network.weights().size()];
    for (int l = 0; l < layers.length; l++) {
      layers[l] = new Layer(doubles(network.weights().get(l)), doubles(network.biases().get(l)));
    }
    return new Network(List.of(layers), network.activation());
  }

  private static double[] doubles(Tensor tensor) {
    double[] values = new double[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.at(i);
    }
    return values;
  }

  Tensor energies(Tensor features, int[] networkOf) {
    Object energies = dtype.newArray(networkOf.length);
    double[] row = new double[inputs];
    for (int atom = 0; atom < networkOf.length; atom++) {
      for (int in = 0; in < inputs; in++) {
        row[in] = features.at(atom * inputs + in);
      }
      double energy = energy(networks.get(networkOf[atom]), row);
      if (dtype == DType.FLOAT32) {
        ((float[]) energies)[atom] = (float) energy;
      } else {
        ((double[]) energies)[atom] = energy;
      }
    }
    return TensorData.wrap(dtype, Shape.of(networkOf.length), energies);
  }

  private static double energy(Network network, double[] row) {
    double[] x = row;
    for (int l = 0; l < network.layers().size(); l++) {
      Layer layer = network.layers().get(l);
      double[] y = layer.bias().clone();
      for (int out = 0; out < y.length; out++) {
        for (int in = 0; in < x.length; in++) {
          y[out] += layer.weights()[out * x.length + in] * x[in];
        }
        if (l < network.layers().size() - 1) {
          y[out] =
              network.activation() == Activation.TANH
                  ? Math.tanh(y[out])
                  : y[out] / (1 + Math.exp(-y[out]));
        }
      }
      x = y;
    }
    return x[0];
  }
}
