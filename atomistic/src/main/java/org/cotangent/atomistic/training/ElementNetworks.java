package org.cotangent.atomistic.training;

import java.util.List;
import java.util.function.IntConsumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.atomistic.descriptors.NeighborDensity;
import org.cotangent.autodiff.nn.Activation;

/**
 * Element networks on a neighbor density ({@link NeighborDensity}), a quick choice for small
 * molecules.
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

  @Override
  public Prepared prepare(
      TrainingOptions options,
      LabelledSystems data,
      UniformRandomProvider random,
      Workers workers,
      IntConsumer described) {
    return new NetworkTraining(
        new NeighborDensity(data.types(), cutoff, radial, angularRadial, maxAngular),
        hidden,
        activation,
        options,
        data,
        random,
        workers,
        described);
  }
}
