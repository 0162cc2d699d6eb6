package org.cotangent.atomistic.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.descriptors.NeighborDensity;
import org.cotangent.atomistic.range.Range;
import org.cotangent.atomistic.range.Ranges;
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
 * @param zbl whether the repulsion of nuclei is taken off the labels and added by the potential
 * @param fixedCompositionWeights energies of atomic types, in eV, that are given; those of others
 *     are fitted
 */
public record ElementNetworks(
    @JsonPropertyDescription("How far neighbors are seen, in Å.") @Range(above = 0) double cutoff,
    @JsonPropertyDescription("Radial functions of the two-body terms.") @Range(atLeast = 1)
        int radial,
    @JsonPropertyDescription("Radial functions of the three-body terms.") @Range(atLeast = 1)
        int angularRadial,
    @JsonPropertyDescription("The highest angular order of the three-body terms.")
        @Range(atLeast = 0)
        int maxAngular,
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
  public ElementNetworks {
    hidden = List.copyOf(hidden);
    fixedCompositionWeights = Map.copyOf(fixedCompositionWeights);
    Ranges.check(
        ElementNetworks.class,
        cutoff,
        radial,
        angularRadial,
        maxAngular,
        hidden,
        activation,
        zbl,
        fixedCompositionWeights);
  }

  /** As above without a repulsion and with all energies of types fitted. */
  public ElementNetworks(
      double cutoff,
      int radial,
      int angularRadial,
      int maxAngular,
      List<Integer> hidden,
      Activation activation) {
    this(cutoff, radial, angularRadial, maxAngular, hidden, activation, false, Map.of());
  }

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
