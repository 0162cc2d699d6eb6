package org.cotangent.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;

/** Networks and features from a seed, and their energies by a plain loop in float64. */
final class RandomNetworks {
  private final Random random;
  final DType dtype;
  final List<NetworkParameters> networks = new ArrayList<>();

  RandomNetworks(long seed, DType dtype) {
    this.random = new Random(seed);
    this.dtype = dtype;
  }

  /** Adds a network with these numbers of units, the first being the features, the last being 1. */
  RandomNetworks add(Activation activation, int... units) {
    List<Tensor> weights = new ArrayList<>();
    List<Tensor> biases = new ArrayList<>();
    for (int l = 1; l < units.length; l++) {
      weights.add(normal(1 / Math.sqrt(units[l - 1]), units[l], units[l - 1]));
      biases.add(normal(0.5, units[l]));
    }
    networks.add(new NetworkParameters(weights, biases, activation));
    return this;
  }

  Tensor features(int atoms) {
    return normal(1, atoms, networks.getFirst().inputs());
  }

  int[] networkOf(int atoms) {
    return random.ints(atoms, 0, networks.size()).toArray();
  }

  private Tensor normal(double scale, int... shape) {
    int size = 1;
    for (int dim : shape) {
      size *= dim;
    }
    if (dtype == DType.FLOAT64) {
      double[] values = new double[size];
      for (int i = 0; i < size; i++) {
        values[i] = scale * random.nextGaussian();
      }
      return Tensor.of(values, shape);
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return Tensor.of(values, shape);
  }

  /** The reference: one atom after the other, in float64 whatever the networks' type. */
  double[] reference(Tensor features, int[] networkOf) {
    double[] energies = new double[networkOf.length];
    for (int atom = 0; atom < energies.length; atom++) {
      NetworkParameters network = networks.get(networkOf[atom]);
      double[] x = new double[network.inputs()];
      for (int i = 0; i < x.length; i++) {
        x[i] = features.get(atom, i);
      }
      for (int l = 0; l < network.weights().size(); l++) {
        Tensor w = network.weights().get(l);
        double[] y = new double[w.dim(0)];
        for (int o = 0; o < y.length; o++) {
          double sum = network.biases().get(l).get(o);
          for (int i = 0; i < x.length; i++) {
            sum += w.get(o, i) * x[i];
          }
          boolean last = l == network.weights().size() - 1;
          y[o] =
              last
                  ? sum
                  : network.activation() == Activation.TANH
                      ? Math.tanh(sum)
                      : sum / (1 + Math.exp(-sum));
        }
        x = y;
      }
      energies[atom] = x[0];
    }
    return energies;
  }

  /**
   * The rounding error allowed: a sum of n products of numbers of order one is known to about n
   * units in the last place, and errors of one layer enter the next with weights of order one.
   */
  double tolerance() {
    int products = 0;
    for (NetworkParameters network : networks) {
      int own = 0;
      for (Tensor w : network.weights()) {
        own += w.dim(1) + 4;
      }
      products = Math.max(products, own);
    }
    return products * (dtype == DType.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1f));
  }
}
