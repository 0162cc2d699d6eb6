package org.cotangent.atomistic.potentials;

import java.util.List;
import java.util.TreeMap;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.descriptors.InvariantDescriptor;
import org.cotangent.atomistic.descriptors.NeighborDensity;
import org.cotangent.atomistic.descriptors.SoapInvariants;
import org.cotangent.atomistic.descriptors.SymmetryInvariants;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Activation;
import org.cotangent.autodiff.nn.Mlp;
import org.cotangent.autodiff.nn.Parameters;

/** A potential for H, C and O with random weights: untrained, but with all that a real one has. */
public final class SmallPotential {
  private SmallPotential() {}

  /** Returns the potential of a seed. */
  public static NetworkPotential of(long seed, DType dtype) {
    return of(new NeighborDensity(List.of(1, 6, 8), 4, 3, 2, 2), seed, dtype);
  }

  /** Returns potentials on invariants of each kind, and one with a repulsion of nuclei. */
  public static List<LearnedPotential> ofEachKind(long seed, DType dtype) {
    List<Integer> types = List.of(1, 6, 8);
    return List.of(
        of(seed, dtype),
        of(new SoapInvariants(types, 4, 2, 0.5, 2, 2), seed, dtype),
        of(new SymmetryInvariants(types, 4, 4, 2, List.of(1, 3)), seed, dtype),
        new RepulsionPotential(of(seed, dtype)));
  }

  private static NetworkPotential of(InvariantDescriptor descriptor, long seed, DType dtype) {
    Mlp network = new Mlp(List.of(descriptor.size(), 8, 1), Activation.SILU);
    Parameters.Builder standard = Parameters.builder();
    TreeMap<Integer, Double> constants = new TreeMap<>();
    for (int type : descriptor.types()) {
      double[] mean = new double[descriptor.size()];
      double[] scale = new double[descriptor.size()];
      for (int k = 0; k < mean.length; k++) {
        mean[k] = 0.01 * type + 0.001 * k;
        scale[k] = 0.5 + 0.01 * k;
      }
      standard.add(type + ".mean", Tensor.of(mean).cast(dtype));
      standard.add(type + ".scale", Tensor.of(scale).cast(dtype));
      constants.put(type, -10.0 * type - 1.0 / 3);
    }
    standard.add(NetworkPotential.SCALE, Tensor.of(new double[] {1.5}).cast(dtype));
    return new NetworkPotential(
        descriptor,
        network,
        NetworkPotential.initialise(
            descriptor, network, RandomSource.XO_RO_SHI_RO_128_PP.create(seed), dtype),
        standard.build(),
        constants);
  }
}
