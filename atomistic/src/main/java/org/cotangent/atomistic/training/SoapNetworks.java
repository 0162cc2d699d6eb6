package org.cotangent.atomistic.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;
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
 * @param zbl whether the repulsion of nuclei is taken off the labels and added by the potential
 * @param fixedCompositionWeights energies of atomic types, in eV, that are given; those of others
 *     are fitted
 */
public record SoapNetworks(
    @JsonPropertyDescription("How far neighbors are seen, in Å.") double cutoff,
    @JsonPropertyDescription("Over what distance before the cutoff neighbors fade out, in Å.")
        double cutoffWidth,
    @JsonPropertyDescription("The width of the Gaussian that stands for a neighbor, in Å.")
        double densityWidth,
    @JsonPropertyDescription("The highest n of the radial functions, from 0.") int maxRadial,
    @JsonPropertyDescription("The highest angular order l.") int maxAngular,
    @JsonPropertyDescription("The lengths of the networks' hidden layers.") List<Integer> hidden,
    @JsonPropertyDescription("What follows each hidden layer.") Activation activation,
    @JsonPropertyDescription(
            "Whether the repulsion of nuclei at short distance (ZBL) is taken off the labels and added by the potential.")
        boolean zbl,
    @JsonPropertyDescription(
            "Energies of atomic types, in eV, that are given; those of others are fitted.")
        Map<Integer, Double> fixedCompositionWeights)
    implements Architecture {

  /** Checks the numbers. */
  public SoapNetworks {
    hidden = List.copyOf(hidden);
    fixedCompositionWeights = Map.copyOf(fixedCompositionWeights);
    OptionRange.requirePositive("cutoff", cutoff);
    OptionRange.require(
        cutoffWidth > 0 && cutoffWidth <= cutoff,
        "cutoff_width",
        cutoffWidth,
        "above 0 and at most the cutoff");
    OptionRange.requirePositive("density_width", densityWidth);
    OptionRange.require(maxRadial >= 0, "max_radial", maxRadial, "0 or more");
    OptionRange.require(maxAngular >= 0, "max_angular", maxAngular, "0 or more");
    OptionRange.require(
        hidden.stream().allMatch(n -> n >= 1), "hidden", hidden, "a list of numbers of 1 or more");
  }

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
