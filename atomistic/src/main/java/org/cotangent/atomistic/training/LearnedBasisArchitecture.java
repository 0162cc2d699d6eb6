package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.atomistic.learnedbasis.LearnedBasis;
import org.cotangent.atomistic.learnedbasis.LearnedBasisPotential;
import org.cotangent.atomistic.learnedbasis.LearnedBasisTraining;
import org.cotangent.atomistic.potentials.CompositionEnergies;
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
 */
public record LearnedBasisArchitecture(
    double cutoff, int radial, int maxAngular, int channels, int layers, List<Integer> hidden)
    implements Architecture {

  /** How many systems, spread evenly, decide the scales of the invariants. */
  private static final int SCALED_BY = 50;

  /** How many systems a thread describes before it takes others. */
  private static final int GROUP = 32;

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
            CompositionEnergies.byType(form.types(), data.systems(), data.energies()));
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
