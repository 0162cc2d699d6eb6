package org.cotangent.atomistic.training;

import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.nn.Parameters;

/**
 * Batches of labelled systems: what a potential in training gives for them, and what it should. The
 * labels that a system has, its number of atoms and the constants of its elements are looked up
 * once.
 */
final class ForceBatches {
  private final LabelledSystems data;
  private final BatchModel model;
  private final DType dtype;
  private final int[] atoms;
  private final double[] constants;
  private final boolean[] hasEnergy;
  private final boolean[] hasForces;
  private final boolean[] hasVirial;

  /**
   * Looks through the data.
   *
   * @param potential whose constants are taken off the reference energies
   * @throws IllegalArgumentException if the data have labels that the model does not give
   */
  ForceBatches(LearnedPotential potential, LabelledSystems data, BatchModel model) {
    this.data = data;
    this.model = model;
    dtype = potential.dtype();
    int count = data.size();
    atoms = new int[count];
    constants = new double[count];
    hasEnergy = new boolean[count];
    hasForces = new boolean[count];
    hasVirial = new boolean[count];
    boolean virials = false;
    for (int k = 0; k < count; k++) {
      atoms[k] = data.systems().get(k).size();
      constants[k] = potential.constantEnergy(data.systems().get(k));
      hasEnergy[k] = data.hasEnergy(k);
      hasForces[k] = data.hasForces(k);
      hasVirial[k] = data.hasVirial(k);
      virials |= hasVirial[k];
    }
    if (virials && !model.hasVirials()) {
      throw new IllegalArgumentException(
          "the data have virials, which %s cannot be trained on; leave them out or choose another architecture"
              .formatted(potential.getClass().getSimpleName()));
    }
  }

  /** Returns the number of systems. */
  int size() {
    return atoms.length;
  }

  /** Returns the number of atoms of each system; not to be changed. */
  int[] atoms() {
    return atoms;
  }

  /** Returns what the weights give for a batch. */
  BatchModel.Output output(int[] systems, Parameters weights) {
    return model.output(systems, weights);
  }

  /** Returns how many labels of each kind some systems have. */
  Targets.Counts counts(int[] systems) {
    int energies = 0;
    int forces = 0;
    int virials = 0;
    for (int k : systems) {
      energies += hasEnergy[k] ? 1 : 0;
      forces += hasForces[k] ? atoms[k] : 0;
      virials += hasVirial[k] ? 1 : 0;
    }
    return new Targets.Counts(energies, forces, virials);
  }

  /** Returns what the weights should give. */
  Targets targets(int[] systems) {
    int count = systems.length;
    Targets.Builder targets = new Targets.Builder(count, atoms(systems));
    for (int k : systems) {
      targets.add(
          atoms[k],
          hasEnergy[k] ? data.energies()[k] - constants[k] : Double.NaN,
          hasForces[k] ? data.forces().get(k) : null,
          hasVirial[k] ? data.virials().get(k) : null);
    }
    return targets.build(dtype);
  }

  private int atoms(int[] systems) {
    int sum = 0;
    for (int k : systems) {
      sum += atoms[k];
    }
    return sum;
  }
}
