package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.potentials.EnergyDerivatives;
import org.cotangent.atomistic.potentials.PairPotential;
import org.cotangent.atomistic.potentials.RepulsionPotential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * A training of what is left of the labels without the repulsion of nuclei: any architecture is
 * prepared for the rest, and the repulsion, computed once, is added to all that it gives.
 */
final class RepulsionTraining implements Architecture.Prepared {
  /** So many systems are worked on together. */
  private static final int GROUP = 32;

  private final Architecture.Prepared rest;
  private final RepulsionPotential potential;
  private final BatchModel training;

  private RepulsionTraining(Architecture.Prepared rest, Repulsion ofData) {
    this.rest = rest;
    potential = new RepulsionPotential(rest.potential());
    training = ofData.addedTo(rest.training());
  }

  /** Prepares an architecture, with the repulsion if it asks for it. */
  static Architecture.Prepared prepare(
      TrainingOptions options,
      LabelledSystems data,
      UniformRandomProvider random,
      Workers workers,
      IntConsumer described) {
    Architecture architecture = options.architecture();
    if (!architecture.zbl()) {
      return architecture.prepare(options, data, random, workers, described);
    }
    RepulsionPotential.checkReach(data.types(), architecture.cutoff());
    Repulsion repulsion = Repulsion.of(data.types(), data, options.dtype());
    return new RepulsionTraining(
        architecture.prepare(options, repulsion.takenOff(data), random, workers, described),
        repulsion);
  }

  @Override
  public RepulsionPotential potential() {
    return potential;
  }

  @Override
  public DescriptionPlan plan() {
    return rest.plan();
  }

  @Override
  public BatchModel training() {
    return training;
  }

  @Override
  public BatchModel other(LabelledSystems data, Workers workers, IntConsumer described) {
    return Repulsion.of(potential.types(), data, potential.dtype())
        .addedTo(rest.other(data, workers, described));
  }

  /**
   * The energies, forces and virials of the repulsion in some systems.
   *
   * @param energies in eV
   * @param forces of each system, {@code [atoms, 3]}, in eV/Å, float64
   * @param virials of each system, {@code [3, 3]}, in eV, float64
   * @param dtype of what it is added to
   */
  private record Repulsion(
      double[] energies, List<Tensor> forces, List<Tensor> virials, DType dtype) {
    static Repulsion of(List<Integer> types, LabelledSystems data, DType dtype) {
      PairPotential repulsion = RepulsionPotential.repulsion(types, DType.FLOAT64);
      double[] energies = new double[data.size()];
      List<Tensor> forces = new ArrayList<>();
      List<Tensor> virials = new ArrayList<>();
      for (int from = 0; from < data.size(); from += GROUP) {
        List<System> group = data.systems().subList(from, Math.min(from + GROUP, data.size()));
        EnergyDerivatives found = data.naming(from, () -> EnergyDerivatives.of(repulsion, group));
        int atom = 0;
        for (int k = 0; k < group.size(); k++) {
          energies[from + k] = found.energies().at(k);
          forces.add(found.forces().slice(0, atom, atom + group.get(k).size()));
          virials.add(found.strainGradients().get(k).negate());
          atom += group.get(k).size();
        }
      }
      return new Repulsion(energies, forces, virials, dtype);
    }

    /** Returns data whose labels are what is left without it. */
    LabelledSystems takenOff(LabelledSystems data) {
      double[] rest = data.energies().clone();
      List<Tensor> ofForces = new ArrayList<>();
      List<Tensor> ofVirials = new ArrayList<>();
      for (int k = 0; k < rest.length; k++) {
        rest[k] -= energies[k];
        ofForces.add(data.forces().get(k).subtract(forces.get(k)));
        ofVirials.add(data.virials().get(k).subtract(virials.get(k)));
      }
      return new LabelledSystems(data.systems(), rest, ofForces, ofVirials, data.names());
    }

    BatchModel addedTo(BatchModel rest) {
      return new BatchModel() {
        @Override
        public boolean hasVirials() {
          return rest.hasVirials();
        }

        @Override
        public Output output(int[] systems, Parameters weights) {
          Output found = rest.output(systems, weights);
          double[] energy = new double[systems.length];
          List<Tensor> force = new ArrayList<>();
          List<Tensor> virial = new ArrayList<>();
          for (int b = 0; b < systems.length; b++) {
            energy[b] = energies[systems[b]];
            force.add(forces.get(systems[b]));
            virial.add(virials.get(systems[b]));
          }
          @Nullable Tensor virialsOfRest = found.virials();
          return new Output(
              found.energies().add(Tensor.of(energy).cast(dtype)),
              found.forces().add(Tensor.concatenate(0, force).cast(dtype)),
              virialsOfRest == null
                  ? null
                  : virialsOfRest.add(Tensor.stack(0, virial).cast(dtype)));
        }
      };
    }
  }
}
