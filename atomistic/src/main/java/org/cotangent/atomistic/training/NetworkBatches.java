package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.potentials.NetworkPotential;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;

/**
 * Batches of a {@link NetworkPotential}.
 *
 * @param features those of the data, standardised; read with {@link ForceGradients#FORWARD} only
 */
record NetworkBatches(
    NetworkPotential potential,
    LabelledSystems data,
    FeatureStore features,
    ForceGradients gradients)
    implements BatchModel {

  @Override
  public boolean hasVirials() {
    return true;
  }

  @Override
  public Output output(int[] systems, Parameters weights) {
    return gradients == ForceGradients.REVERSE
        ? reverse(systems, weights)
        : forward(systems, weights);
  }

  /**
   * The energy is differentiated back to the features, whose stored derivatives lead on to forces
   * and virials by one linear map.
   */
  private Output forward(int[] systems, Parameters weights) {
    List<List<StoredFeatures>> ofSystems = Arrays.stream(systems).mapToObj(features::of).toList();
    List<Integer> types = potential.types();
    List<List<StoredFeatures>> parts = new ArrayList<>();
    List<Tensor> inputs = new ArrayList<>();
    List<Tensor> energies = new ArrayList<>();
    List<Tensor> ones = new ArrayList<>();
    int[] starts = starts(systems);
    int atoms = starts[systems.length];
    int[] systemOf = new int[atoms];
    int atom = 0;
    for (int t = 0; t < types.size(); t++) {
      int place = t;
      List<StoredFeatures> ofType = ofSystems.stream().map(one -> one.get(place)).toList();
      for (int s = 0; s < systems.length; s++) {
        int end = atom + ofType.get(s).atoms().length;
        Arrays.fill(systemOf, atom, end, s);
        atom = end;
      }
      Tensor input =
          Tensor.concatenate(0, ofType.stream().map(StoredFeatures::values).toList()).variable();
      parts.add(ofType);
      if (input.dim(0) > 0) {
        Tensor found = potential.networkEnergies(types.get(t), input, weights);
        inputs.add(input);
        energies.add(found);
        ones.add(found.onesLike());
      }
    }
    Tensor slopes = Tensor.concatenate(0, Derivatives.partialPullback(energies, inputs, ones));
    Tensor assembled =
        new ForceAssembly(parts, starts, features.features(), ForceAssembly.Form.FORCES)
            .apply(slopes);
    return new Output(
        Tensor.concatenate(0, energies)
            .squeeze(1)
            .segmentSum(Tensor.of(systemOf, systemOf.length), systems.length),
        assembled.slice(0, 0, atoms),
        assembled
            .slice(0, atoms, atoms + 3 * systems.length)
            .reshape(Shape.of(systems.length, 3, 3)));
  }

  /** Where the atoms of each of these systems begin, and how many there are in all. */
  private int[] starts(int[] systems) {
    int[] starts = new int[systems.length + 1];
    for (int b = 0; b < systems.length; b++) {
      starts[b + 1] = starts[b] + data.systems().get(systems[b]).size();
    }
    return starts;
  }

  /** The energy is differentiated back to the vectors of pairs and to the positions. */
  private Output reverse(int[] systems, Parameters weights) {
    List<System> chosen =
        Arrays.stream(systems).mapToObj(k -> data.systems().get(k).to(potential.dtype())).toList();
    PairBlocks pairs = new PairBlocks(chosen, potential.cutoff());
    Tensor positions = pairs.positions().variable();
    Tensor vectors = pairs.vectors(positions);
    Tensor moved = vectors.variable();
    Tensor energies =
        potential.networkEnergies(pairs.withVectors(moved), positions.detach(), weights);
    Tensor byVector =
        Derivatives.pullback(List.of(energies), List.of(moved), List.of(energies.onesLike()))
            .getFirst();
    Tensor slope =
        Derivatives.pullback(List.of(vectors), List.of(positions), List.of(byVector)).getFirst();
    int[] atomSystem = pairs.atomSystem();
    int[] pairSystem = Arrays.stream(pairs.first()).map(i -> atomSystem[i]).toArray();
    return new Output(
        energies.segmentSum(Tensor.of(atomSystem, atomSystem.length), systems.length),
        slope.negate(),
        vectors
            .unsqueeze(2)
            .multiply(byVector.unsqueeze(1))
            .segmentSum(Tensor.of(pairSystem, pairSystem.length), systems.length)
            .negate());
  }
}
