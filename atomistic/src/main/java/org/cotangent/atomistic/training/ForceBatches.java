package org.cotangent.atomistic.training;

import java.util.Arrays;
import java.util.List;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.potentials.NetworkPotential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.metatensor.TensorBlock;

/** Energies and forces of batches of labelled systems, on the tape of the networks' weights. */
final class ForceBatches {
  private final NetworkPotential potential;
  private final LabelledSystems data;
  private final FeatureStore features;
  private final ForceGradients gradients;

  ForceBatches(
      NetworkPotential potential,
      LabelledSystems data,
      FeatureStore features,
      ForceGradients gradients) {
    this.potential = potential;
    this.data = data;
    this.features = features;
    this.gradients = gradients;
  }

  /**
   * What the networks give for a batch, without the elements' constants.
   *
   * @param energies {@code [systems]}, in eV
   * @param forces {@code [atoms, 3]}, in eV/Å
   */
  record Output(Tensor energies, Tensor forces) {}

  Output output(int[] systems, Parameters weights) {
    return switch (gradients) {
      case FORWARD -> forward(systems, weights);
      case REVERSE -> reverse(systems, weights);
    };
  }

  private Output forward(int[] systems, Parameters weights) {
    TensorBlock energy = potential.networkEnergies(features.batch(systems), weights).block();
    TensorBlock slope = energy.gradient("positions");
    int[] start = starts(systems);
    int[] system = slope.samples().column("system");
    int[] atom = slope.samples().column("atom");
    int[] place = new int[system.length];
    boolean all = place.length == start[systems.length];
    for (int row = 0; row < place.length; row++) {
      place[row] = start[system[row]] + atom[row];
      all &= place[row] == row;
    }
    Tensor rows = slope.values().squeeze(-1).negate();
    return new Output(
        energy.values().squeeze(1),
        all ? rows : rows.segmentSum(Tensor.of(place, place.length), start[systems.length]));
  }

  private Output reverse(int[] systems, Parameters weights) {
    List<System> chosen =
        Arrays.stream(systems).mapToObj(k -> data.systems().get(k).to(potential.dtype())).toList();
    PairBlocks pairs = new PairBlocks(chosen, potential.cutoff());
    Tensor positions = pairs.positions().variable();
    Tensor energies =
        potential
            .networkEnergies(potential.descriptor().compute(pairs, positions, false), weights)
            .block()
            .values()
            .squeeze(1);
    Tensor slope =
        Derivatives.pullback(List.of(energies), List.of(positions), List.of(energies.onesLike()))
            .getFirst();
    return new Output(energies, slope.negate());
  }

  /** Returns the loss of a batch, recorded. */
  Tensor loss(int[] systems, Parameters weights, ForceLoss loss) {
    return loss(systems, output(systems, weights), loss);
  }

  /** Returns the loss of a batch, recorded, from what the networks gave for it. */
  Tensor loss(int[] systems, Output output, ForceLoss loss) {
    return loss.of(
        output.energies(),
        energyTargets(systems),
        atoms(systems),
        output.forces(),
        forces(systems));
  }

  private int[] starts(int[] systems) {
    int[] start = new int[systems.length + 1];
    for (int b = 0; b < systems.length; b++) {
      start[b + 1] = start[b] + data.systems().get(systems[b]).size();
    }
    return start;
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
    int atoms = starts(systems)[systems.length];
    Tensor all =
        systems.length == 0
            ? Tensor.zeros(DType.FLOAT64, Shape.of(0, 3))
            : Tensor.concatenate(
                0, Arrays.stream(systems).mapToObj(k -> data.forces().get(k)).toList());
    return all.reshape(Shape.of(atoms, 3)).cast(potential.dtype());
  }
}
