package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.IntConsumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.descriptors.InvariantDescriptor;
import org.cotangent.atomistic.potentials.CompositionEnergies;
import org.cotangent.atomistic.potentials.NetworkPotential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Activation;
import org.cotangent.autodiff.nn.Mlp;
import org.cotangent.autodiff.nn.Parameters;

/**
 * Element networks on invariants of any kind, ready to be trained. Unless forces are taken back to
 * the positions, invariants and their derivatives, which do not depend on the weights, are computed
 * once.
 */
final class NetworkTraining implements Architecture.Prepared {
  private final TrainingOptions options;
  private final LabelledSystems data;
  private final FeatureStore features;
  private final NetworkPotential potential;
  private final ForceGradients gradients;
  private final long allowed;

  NetworkTraining(
      InvariantDescriptor descriptor,
      List<Integer> hidden,
      Activation activation,
      TrainingOptions options,
      LabelledSystems data,
      UniformRandomProvider random,
      Workers workers,
      IntConsumer described) {
    this.options = options;
    this.data = data;
    gradients = options.training().gradients().or(ForceGradients.FORWARD);
    allowed = DescriptionPlan.allowed(options);
    features =
        FeatureStore.of(
            descriptor,
            data,
            options.dtype(),
            gradients == ForceGradients.FORWARD ? allowed : 0,
            workers,
            described);
    DType dtype = options.dtype();
    Parameters.Builder standard = Parameters.builder();
    for (int type : descriptor.types()) {
      FeatureStatistics statistics = features.statistics(type);
      standard.add(type + ".mean", statistics.mean(dtype));
      standard.add(type + ".scale", statistics.scale(dtype));
    }
    List<Integer> sizes = new ArrayList<>();
    sizes.add(descriptor.size());
    sizes.addAll(hidden);
    sizes.add(1);
    Mlp network = new Mlp(sizes, activation);
    SortedMap<Integer, Double> constants =
        CompositionEnergies.byType(
            descriptor.types(),
            data.systems(),
            data.energies(),
            options.architecture().fixedCompositionWeights());
    standard.add(
        NetworkPotential.SCALE, Tensor.of(new double[] {scale(data, constants)}).cast(dtype));
    potential =
        new NetworkPotential(
            descriptor,
            network,
            NetworkPotential.initialise(descriptor, network, random, dtype),
            standard.build(),
            constants);
    features.standardise(potential);
  }

  /**
   * Returns what the networks' energies are multiplied by, in eV, so that they begin at the size of
   * what they are to learn whatever the material: the root mean square of the force components
   * times 1 Å, or, without forces, that of the energies per atom.
   */
  private static double scale(LabelledSystems data, SortedMap<Integer, Double> constants) {
    double forces = 0;
    long components = 0;
    double energies = 0;
    int known = 0;
    for (int k = 0; k < data.size(); k++) {
      System system = data.systems().get(k);
      if (data.hasForces(k)) {
        forces += data.forces().get(k).square().sum().item();
        components += 3L * system.size();
      }
      if (data.hasEnergy(k) && system.size() > 0) {
        double rest = data.energies()[k];
        for (int type : system.types()) {
          rest -= constants.getOrDefault(type, 0.0);
        }
        energies += rest * rest / (system.size() * (double) system.size());
        known++;
      }
    }
    double scale = Math.sqrt(forces > 0 ? forces / components : energies / Math.max(1, known));
    return scale > 0 ? scale : 1;
  }

  @Override
  public NetworkPotential potential() {
    return potential;
  }

  @Override
  public DescriptionPlan plan() {
    return new DescriptionPlan(
        gradients, data.size(), features.stored(), features.bytes(), allowed);
  }

  @Override
  public BatchModel training() {
    return new NetworkBatches(potential, data, features, gradients);
  }

  @Override
  public BatchModel other(LabelledSystems set, Workers workers, IntConsumer described) {
    FeatureStore ofSet =
        FeatureStore.of(
            potential.descriptor(),
            set,
            options.dtype(),
            allowed - features.bytes(),
            workers,
            described);
    ofSet.standardise(potential);
    return new NetworkBatches(potential, set, ofSet, ForceGradients.FORWARD);
  }
}
