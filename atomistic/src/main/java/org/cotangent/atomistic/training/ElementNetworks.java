package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.atomistic.descriptors.NeighborDensity;
import org.cotangent.atomistic.potentials.CompositionEnergies;
import org.cotangent.atomistic.potentials.NetworkPotential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Activation;
import org.cotangent.autodiff.nn.Mlp;
import org.cotangent.autodiff.nn.Parameters;

/**
 * Element networks on a neighbor density ({@link NetworkPotential}). The descriptors and their
 * gradients do not depend on the weights and are computed once.
 *
 * @param cutoff how far neighbors are seen, in Å
 * @param radial the number of radial functions of the two-body terms
 * @param angularRadial the number of radial functions of the three-body terms
 * @param maxAngular the highest angular order of the three-body terms
 * @param hidden the lengths of the networks' hidden layers
 * @param activation what follows each hidden layer
 */
public record ElementNetworks(
    double cutoff,
    int radial,
    int angularRadial,
    int maxAngular,
    List<Integer> hidden,
    Activation activation)
    implements Architecture {

  /**
   * Features that hardly vary are not blown up by more than this beside the one that varies most.
   */
  private static final double SMALLEST_SCALE = 1e-3;

  @Override
  public Prepared prepare(
      TrainingOptions options,
      LabelledSystems data,
      UniformRandomProvider random,
      Workers workers,
      IntConsumer described) {
    NeighborDensity descriptor =
        new NeighborDensity(data.types(), cutoff, radial, angularRadial, maxAngular);
    FeatureStore features = FeatureStore.of(descriptor, data, options.dtype(), workers, described);
    NetworkPotential potential = initial(options, descriptor, features, data, random);
    ForceGradients gradients = options.training().gradients().or(ForceGradients.FORWARD);
    return new Prepared() {
      @Override
      public NetworkPotential potential() {
        return potential;
      }

      @Override
      public DescriptionPlan plan() {
        return new DescriptionPlan(
            gradients,
            data.size(),
            data.size(),
            features.bytes(),
            DescriptionPlan.allowed(options));
      }

      @Override
      public BatchModel training() {
        return new NetworkBatches(potential, data, features, gradients);
      }

      @Override
      public BatchModel other(LabelledSystems set, Workers same, IntConsumer heard) {
        return new NetworkBatches(
            potential,
            set,
            FeatureStore.of(descriptor, set, options.dtype(), same, heard),
            ForceGradients.FORWARD);
      }
    };
  }

  private NetworkPotential initial(
      TrainingOptions options,
      NeighborDensity descriptor,
      FeatureStore features,
      LabelledSystems data,
      UniformRandomProvider random) {
    DType dtype = options.dtype();
    Parameters.Builder standard = Parameters.builder();
    for (int type : descriptor.types()) {
      Tensor[] statistics = features.statistics(type);
      double[] scale = statistics[1].toDoubleArray();
      double floor = SMALLEST_SCALE * Arrays.stream(scale).max().orElse(1);
      for (int k = 0; k < scale.length; k++) {
        scale[k] = floor == 0 ? 1 : Math.max(scale[k], floor);
      }
      standard.add(type + ".mean", statistics[0].cast(dtype));
      standard.add(type + ".scale", Tensor.of(scale).cast(dtype));
    }
    List<Integer> sizes = new ArrayList<>();
    sizes.add(descriptor.size());
    sizes.addAll(hidden);
    sizes.add(1);
    Mlp network = new Mlp(sizes, activation);
    return new NetworkPotential(
        descriptor,
        network,
        NetworkPotential.initialise(descriptor, network, random, dtype),
        standard.build(),
        CompositionEnergies.byType(descriptor.types(), data.systems(), data.energies()));
  }
}
