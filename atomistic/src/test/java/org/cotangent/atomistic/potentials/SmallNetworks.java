package org.cotangent.atomistic.potentials;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.NeighborDensity;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Activation;
import org.cotangent.autodiff.nn.Mlp;
import org.cotangent.autodiff.nn.Parameters;

/** A small network potential with random weights, and systems for it. */
public final class SmallNetworks {
  private SmallNetworks() {}

  public static NetworkPotential potential(DType dtype) {
    return potential(dtype, 3.5);
  }

  public static NetworkPotential potential(DType dtype, double cutoff) {
    NeighborDensity descriptor = new NeighborDensity(List.of(1, 8), cutoff, 3, 2, 1);
    Mlp network = new Mlp(List.of(descriptor.size(), 5, 1), Activation.TANH);
    Parameters weights =
        NetworkPotential.initialise(
            descriptor, network, RandomSource.SPLIT_MIX_64.create(11), DType.FLOAT64);
    Parameters.Builder standard = Parameters.builder();
    for (int type : descriptor.types()) {
      standard.add(type + ".mean", Tensor.full(DType.FLOAT64, 0.1, descriptor.size()));
      standard.add(type + ".scale", Tensor.full(DType.FLOAT64, 0.7, descriptor.size()));
    }
    return new NetworkPotential(
            descriptor,
            network,
            weights,
            standard.build(),
            new TreeMap<>(Map.of(1, -13.6, 8, -2041.3)))
        .to(dtype);
  }

  public static System water() {
    return System.molecule(
        new int[] {8, 1, 1},
        Tensor.of(new double[] {0, 0, 0.1, 0.76, 0.1, -0.5, -0.7, 0.2, -0.55}, 3, 3));
  }

  public static System crystal() {
    return new System(
        new int[] {1, 8},
        Tensor.of(new double[] {0.1, 0, 0.2, 1.3, 1.6, 1.4}, 2, 3),
        Tensor.of(new double[] {3, 0.2, 0.1, -0.2, 3.1, 0, 0.3, 0.1, 2.9}, 3, 3),
        new boolean[] {true, true, true});
  }
}
