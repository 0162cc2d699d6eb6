package org.cotangent.atomistic.training;

import java.util.Arrays;
import java.util.List;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.potentials.NetworkPotential;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.metatensor.TensorBlock;

/** Batches of a {@link NetworkPotential}. */
record NetworkBatches(
    NetworkPotential potential,
    LabelledSystems data,
    FeatureStore features,
    ForceGradients gradients)
    implements BatchModel {

  @Override
  public boolean hasVirials() {
    return false;
  }

  @Override
  public Output output(int[] systems, Parameters weights) {
    return gradients == ForceGradients.REVERSE
        ? reverse(systems, weights)
        : forward(systems, weights);
  }

  private Output forward(int[] systems, Parameters weights) {
    TensorBlock energy = potential.networkEnergies(features.batch(systems), weights).block();
    TensorBlock slope = energy.gradient("positions");
    int[] start = data.starts(systems);
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
        all ? rows : rows.segmentSum(Tensor.of(place, place.length), start[systems.length]),
        null);
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
    return new Output(energies, slope.negate(), null);
  }
}
