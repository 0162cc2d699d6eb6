package org.cotangent.atomistic.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.descriptors.SoapInvariants;
import org.cotangent.atomistic.range.Range;
import org.cotangent.atomistic.range.Ranges;
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
    @JsonPropertyDescription("How far neighbors are seen, in Å.") @Range(above = 0) double cutoff,
    @JsonPropertyDescription("Over what distance before the cutoff neighbors fade out, in Å.")
        @Range(above = 0)
        double cutoffWidth,
    @JsonPropertyDescription("The width of the Gaussian that stands for a neighbor, in Å.")
        @Range(above = 0)
        double densityWidth,
    @JsonPropertyDescription("The highest n of the radial functions, from 0.") @Range(atLeast = 0)
        int maxRadial,
    @JsonPropertyDescription("The highest angular order l.") @Range(atLeast = 0) int maxAngular,
    @JsonPropertyDescription("The lengths of the networks' hidden layers.") @Range(atLeast = 1)
        List<Integer> hidden,
    @JsonPropertyDescription("What follows each hidden layer.") Activation activation,
    @JsonPropertyDescription(
            "Whether the repulsion of nuclei at short distance (ZBL) is taken off the labels and added by the potential.")
        boolean zbl,
    @JsonPropertyDescription(
            "Energies of atomic types, in eV, that are given; those of others are fitted.")
        @Range
        Map<Integer, Double> fixedCompositionWeights)
    implements Architecture {

  /** Checks the numbers. */
  public SoapNetworks {
    hidden = List.copyOf(hidden);
    fixedCompositionWeights = Map.copyOf(fixedCompositionWeights);
    Ranges.check(
        SoapNetworks.class,
        cutoff,
        cutoffWidth,
        densityWidth,
        maxRadial,
        maxAngular,
        hidden,
        activation,
        zbl,
        fixedCompositionWeights);
    Ranges.require(
        cutoffWidth <= cutoff, "cutoff_width", cutoffWidth, "at most the cutoff, " + cutoff);
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
