package org.cotangent.atomistic.training;

import java.util.List;
import java.util.function.IntConsumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.atomistic.descriptors.SymmetryInvariants;
import org.cotangent.autodiff.nn.Activation;

/**
 * Element networks on symmetry functions ({@link SymmetryInvariants}), as Behler and Parrinello
 * introduced them (Phys. Rev. Lett. 98, 146401, 2007).
 *
 * @param cutoff how far neighbors are seen, in Å
 * @param radial the number of radial functions
 * @param angularRadial the number of radial functions of the angular ones
 * @param zetas the exponents of the angular functions
 * @param hidden the lengths of the networks' hidden layers
 * @param activation what follows each hidden layer
 */
public record BehlerParrinello(
    double cutoff,
    int radial,
    int angularRadial,
    List<Integer> zetas,
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
        new SymmetryInvariants(data.types(), cutoff, radial, angularRadial, zetas),
        hidden,
        activation,
        options,
        data,
        random,
        workers,
        described);
  }
}
