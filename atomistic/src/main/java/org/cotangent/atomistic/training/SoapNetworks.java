package org.cotangent.atomistic.training;

import java.util.List;
import java.util.function.IntConsumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.atomistic.descriptors.SoapInvariants;
import org.cotangent.autodiff.nn.Activation;

/**
 * Element networks on the SOAP power spectrum ({@link SoapInvariants}).
 *
 * @param cutoff how far neighbors are seen, in Å
 * @param cutoffWidth over what distance before the cutoff they fade out, in Å
 * @param densityWidth the width of the Gaussian that stands for a neighbor, in Å
 * @param maxRadial the highest n of the radial functions
 * @param maxAngular the highest angular order
 * @param hidden the lengths of the networks' hidden layers
 * @param activation what follows each hidden layer
 */
public record SoapNetworks(
    double cutoff,
    double cutoffWidth,
    double densityWidth,
    int maxRadial,
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
        new SoapInvariants(data.types(), cutoff, cutoffWidth, densityWidth, maxRadial, maxAngular),
        hidden,
        activation,
        options,
        data,
        random,
        workers,
        described);
  }
}
