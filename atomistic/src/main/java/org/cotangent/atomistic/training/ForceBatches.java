package org.cotangent.atomistic.training;

import java.util.Arrays;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;

/**
 * Batches of labelled systems: what a potential in training gives for them, and what it should.
 *
 * @param potential whose constants are taken off the reference energies
 */
record ForceBatches(LearnedPotential potential, LabelledSystems data, BatchModel model) {

  /** Returns what the weights give for a batch. */
  BatchModel.Output output(int[] systems, Parameters weights) {
    return model.output(systems, weights);
  }

  /** Returns the loss of a batch, recorded. */
  Tensor loss(int[] systems, Parameters weights, ForceLoss loss) {
    return loss(systems, output(systems, weights), loss);
  }

  /** Returns the loss of a batch, recorded, from what the weights gave for it. */
  Tensor loss(int[] systems, BatchModel.Output output, ForceLoss loss) {
    return loss.of(
        output.energies(),
        energyTargets(systems),
        atoms(systems),
        output.forces(),
        forces(systems));
  }

  /** The reference energies without the elements' constants, {@code [systems]}. */
  Tensor energyTargets(int[] systems) {
    double[] targets = new double[systems.length];
    for (int b = 0; b < systems.length; b++) {
      int k = systems[b];
      targets[b] = data.energies()[k] - potential.constantEnergy(data.systems().get(k));
    }
    return Tensor.of(targets).cast(potential.dtype());
  }

  private Tensor atoms(int[] systems) {
    double[] atoms = new double[systems.length];
    for (int b = 0; b < systems.length; b++) {
      atoms[b] = data.systems().get(systems[b]).size();
    }
    return Tensor.of(atoms).cast(potential.dtype());
  }

  /** The reference forces, {@code [atoms, 3]}. */
  Tensor forces(int[] systems) {
    int atoms = data.starts(systems)[systems.length];
    Tensor all =
        systems.length == 0
            ? Tensor.zeros(DType.FLOAT64, Shape.of(0, 3))
            : Tensor.concatenate(
                0, Arrays.stream(systems).mapToObj(k -> data.forces().get(k)).toList());
    return all.reshape(Shape.of(atoms, 3)).cast(potential.dtype());
  }
}
