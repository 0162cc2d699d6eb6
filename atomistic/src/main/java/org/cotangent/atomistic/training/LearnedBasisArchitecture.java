package org.cotangent.atomistic.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.learnedbasis.LearnedBasis;
import org.cotangent.atomistic.learnedbasis.LearnedBasisPotential;
import org.cotangent.atomistic.learnedbasis.LearnedBasisTraining;
import org.cotangent.atomistic.potentials.CompositionEnergies;
import org.cotangent.atomistic.range.Range;
import org.cotangent.atomistic.range.Ranges;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.nn.Parameters;

/**
 * A {@link LearnedBasis} of the elements in the data. The functions of pairs and their derivatives
 * do not depend on the weights and are computed once.
 *
 * @param cutoff how far neighbors are seen, in Å
 * @param radial the number of radial functions
 * @param maxAngular the highest angular order
 * @param channels the number of channels
 * @param layers 1, or 2 with one message pass
 * @param hidden the lengths of the two hidden layers of the readout
 * @param zbl whether the repulsion of nuclei is taken off the labels and added by the potential
 * @param fixedCompositionWeights energies of atomic types, in eV, that are given; those of others
 *     are fitted
 */
public record LearnedBasisArchitecture(
    @JsonPropertyDescription("How far neighbors are seen, in Å.") @Range(above = 0) double cutoff,
    @JsonPropertyDescription("Radial functions of a distance, which the learned ones are made of.")
        @Range(atLeast = 1)
        int radial,
    @JsonPropertyDescription("The highest angular order l, from 2 to 6.")
        @Range(atLeast = 2, atMost = 6)
        int maxAngular,
    @JsonPropertyDescription("Channels: learned radial functions for each l.") @Range(atLeast = 1)
        int channels,
    @JsonPropertyDescription("1, or 2 with one message pass between neighbors.")
        @Range(oneOf = {1, 2})
        int layers,
    @JsonPropertyDescription("The lengths of the two hidden layers of the readout.")
        @Range(atLeast = 1, fewest = 2, most = 2)
        List<Integer> hidden,
    @JsonPropertyDescription(
            "Whether the repulsion of nuclei at short distance (ZBL) is taken off the labels and"
                + " added by the potential.")
        boolean zbl,
    @JsonPropertyDescription(
            "Energies of atomic types, in eV, that are given; those of others are fitted.")
        @Range
        Map<Integer, Double> fixedCompositionWeights)
    implements Architecture {

  /** How many systems, spread evenly, decide the scales of the invariants. */
  private static final int SCALED_BY = 50;

  /** How many systems a thread describes before it takes others. */
  private static final int GROUP = 32;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one of them is not that of a {@link LearnedBasis}
   */
  public LearnedBasisArchitecture {
    hidden = List.copyOf(hidden);
    fixedCompositionWeights = Map.copyOf(fixedCompositionWeights);
    Ranges.check(
        LearnedBasisArchitecture.class,
        cutoff,
        radial,
        maxAngular,
        channels,
        layers,
        hidden,
        zbl,
        fixedCompositionWeights);
  }

  /** As above without a repulsion and with all energies of types fitted. */
  public LearnedBasisArchitecture(
      double cutoff, int radial, int maxAngular, int channels, int layers, List<Integer> hidden) {
    this(cutoff, radial, maxAngular, channels, layers, hidden, false, Map.of());
  }

  @Override
  public Prepared prepare(
      TrainingOptions options,
      LabelledSystems data,
      UniformRandomProvider random,
      Workers workers,
      IntConsumer described) {
    LearnedBasis form =
        new LearnedBasis(data.types(), cutoff, radial, maxAngular, channels, layers, hidden);
    long allowed = DescriptionPlan.allowed(options);
    ForceGradients gradients = options.training().gradients().or(ForceGradients.FORWARD);
    LearnedBasisTraining training =
        describe(
            form,
            data,
            options.dtype(),
            gradients == ForceGradients.FORWARD ? allowed : 0,
            workers,
            described);
    int count = Math.min(SCALED_BY, data.size());
    int[] some = new int[count];
    for (int k = 0; k < count; k++) {
      some[k] = (int) ((long) k * data.size() / count);
    }
    LearnedBasisPotential potential =
        training.initial(
            random,
            some,
            CompositionEnergies.byType(
                form.types(), data.systems(), data.energies(), fixedCompositionWeights));
    return new Prepared() {
      @Override
      public LearnedBasisPotential potential() {
        return potential;
      }

      @Override
      public DescriptionPlan plan() {
        return new DescriptionPlan(
            gradients, data.size(), training.stored(), training.bytes(), allowed);
      }

      @Override
      public BatchModel training() {
        return batches(potential, training, gradients);
      }

      @Override
      public BatchModel other(LabelledSystems set, Workers same, IntConsumer heard) {
        LearnedBasisTraining described =
            describe(form, set, options.dtype(), allowed - training.bytes(), same, heard);
        return batches(potential, described, ForceGradients.FORWARD);
      }
    };
  }

  /** Describes a set, list by list, with no more than a number of bytes for all. */
  private static LearnedBasisTraining describe(
      LearnedBasis form,
      LabelledSystems data,
      DType dtype,
      long bytesAtMost,
      Workers workers,
      IntConsumer described) {
    List<Integer> starts = new ArrayList<>();
    for (int from = 0; from < data.size(); from += GROUP) {
      starts.add(from);
    }
    List<LearnedBasisTraining> parts =
        workers.map(
            starts,
            from -> {
              int to = Math.min(from + GROUP, data.size());
              double share = (double) (to - from) / data.size();
              return data.naming(
                  from,
                  () ->
                      LearnedBasisTraining.of(
                          form,
                          data.systems().subList(from, to),
                          dtype,
                          (long) (share * bytesAtMost)));
            },
            done -> described.accept(Math.min(done * GROUP, data.size())));
    return LearnedBasisTraining.concatenate(data.systems(), parts);
  }

  private static BatchModel batches(
      LearnedBasisPotential potential, LearnedBasisTraining set, ForceGradients gradients) {
    return new BatchModel() {
      @Override
      public boolean hasVirials() {
        return true;
      }

      @Override
      public Output output(int[] systems, Parameters weights) {
        LearnedBasisTraining.Output found =
            gradients == ForceGradients.FORWARD
                ? set.output(potential, systems, weights)
                : set.outputThroughPositions(potential, systems, weights);
        return new Output(found.energies(), found.forces(), found.virials());
      }
    };
  }
}
