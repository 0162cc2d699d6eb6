package org.cotangent.atomistic.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.descriptors.SymmetryInvariants;
import org.cotangent.atomistic.range.Range;
import org.cotangent.atomistic.range.Ranges;
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
 * @param zbl whether the repulsion of nuclei is taken off the labels and added by the potential
 * @param fixedCompositionWeights energies of atomic types, in eV, that are given; those of others
 *     are fitted
 */
public record BehlerParrinello(
    @JsonPropertyDescription("How far neighbors are seen, in Å.")
        @Range(above = SymmetryInvariants.FIRST)
        double cutoff,
    @JsonPropertyDescription("Radial functions of a pair.") @Range(atLeast = 1) int radial,
    @JsonPropertyDescription("Radial functions of the angular ones.") @Range(atLeast = 0)
        int angularRadial,
    @JsonPropertyDescription("The exponents zeta of the angular functions.") @Range(atLeast = 1)
        List<Integer> zetas,
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
  public BehlerParrinello {
    hidden = List.copyOf(hidden);
    fixedCompositionWeights = Map.copyOf(fixedCompositionWeights);
    zetas = List.copyOf(zetas);
    Ranges.check(
        BehlerParrinello.class,
        cutoff,
        radial,
        angularRadial,
        zetas,
        hidden,
        activation,
        zbl,
        fixedCompositionWeights);
  }

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
