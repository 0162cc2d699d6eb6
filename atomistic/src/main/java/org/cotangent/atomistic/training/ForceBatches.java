package org.cotangent.atomistic.training;

import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;

/**
 * Batches of labelled systems: what a potential in training gives for them, and what it should.
 *
 * @param potential whose constants are taken off the reference energies
 */
record ForceBatches(LearnedPotential potential, LabelledSystems data, BatchModel model) {
  /** Checks that the model gives what the data have. */
  ForceBatches {
    if (data.hasVirials() && !model.hasVirials()) {
      throw new IllegalArgumentException(
          "the data have virials, which %s cannot be trained on; leave them out or choose another architecture"
              .formatted(potential.getClass().getSimpleName()));
    }
  }

  /** Returns what the weights give for a batch. */
  BatchModel.Output output(int[] systems, Parameters weights) {
    return model.output(systems, weights);
  }

  /** Returns what they should give. */
  Targets targets(int[] systems) {
    double[] constants = new double[systems.length];
    for (int b = 0; b < constants.length; b++) {
      constants[b] = potential.constantEnergy(data.systems().get(systems[b]));
    }
    return Targets.of(data, systems, constants, potential.dtype());
  }

  /**
   * Returns what some systems contribute to the loss of a batch, recorded.
   *
   * @param batch the number of labels in the whole batch
   */
  Tensor loss(int[] systems, Parameters weights, ForceLoss loss, Targets.Counts batch) {
    return loss.of(output(systems, weights), targets(systems), batch);
  }
}
