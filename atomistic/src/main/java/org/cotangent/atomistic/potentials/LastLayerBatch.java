package org.cotangent.atomistic.potentials;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.InputChecks;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.Tensor;

/**
 * The last layer of a potential for some systems, element by element.
 *
 * @param systems how many there are
 * @param energies of all atoms, {@code [atoms]}, in eV
 * @param features for each element those of its atoms, and 1 for its bias, {@code [atoms of the
 *     element, features + 1]}
 * @param systemOfAtom for all atoms, {@code [atoms]}
 * @param atoms for each element the numbers of its atoms, through all systems
 * @param system for each element the systems of its atoms
 */
record LastLayerBatch(
    int systems,
    Tensor energies,
    Tensor systemOfAtom,
    List<Tensor> features,
    List<Tensor> atoms,
    List<Tensor> system) {
  /** Systems whose features are computed at once have about this many atoms together. */
  private static final int ATOMS_AT_ONCE = 256;

  /** Returns the last layer of all atoms of the pairs. */
  static LastLayerBatch of(LastLayerPotential potential, PairBlocks pairs, Tensor positions) {
    LastLayerPotential.LastLayer layer = potential.lastLayer(pairs, positions);
    Tensor ones = Tensor.full(layer.features().dtype(), 1, pairs.atoms(), 1);
    Tensor all = Tensor.concatenate(1, List.of(layer.features(), ones));
    int[] systemOf = pairs.atomSystem();
    Tensor systemOfAll = Tensor.of(systemOf, systemOf.length);
    List<Tensor> features = new ArrayList<>();
    List<Tensor> atoms = new ArrayList<>();
    List<Tensor> system = new ArrayList<>();
    for (int type : potential.types()) {
      int[] ofType = pairs.atoms(type);
      atoms.add(Tensor.of(ofType, ofType.length));
      features.add(all.indexSelect(0, atoms.getLast()));
      system.add(systemOfAll.indexSelect(0, atoms.getLast()));
    }
    return new LastLayerBatch(
        pairs.systems().size(), layer.energies(), systemOfAll, features, atoms, system);
  }

  /** Computes the last layer of many systems, some at a time. */
  static void forEach(
      LastLayerPotential potential, List<System> systems, Consumer<LastLayerBatch> consumer) {
    InputChecks.checkTypes(systems, potential.types());
    int from = 0;
    while (from < systems.size()) {
      int to = from;
      for (int atoms = 0; to < systems.size() && atoms < ATOMS_AT_ONCE; to++) {
        atoms += systems.get(to).size();
      }
      List<System> some =
          systems.subList(from, to).stream().map(system -> system.to(potential.dtype())).toList();
      PairBlocks pairs = new PairBlocks(some, potential.cutoff());
      pairs.checkApart();
      consumer.accept(of(potential, pairs, pairs.positions()));
      from = to;
    }
  }

  /** Returns the energies of the systems, {@code [systems]}, in eV. */
  Tensor systemEnergies() {
    return energies.segmentSum(systemOfAtom, systems);
  }

  /** Returns a property of the atoms of an element summed over each system. */
  Tensor perSystem(int element, Tensor ofAtoms) {
    return ofAtoms.segmentSum(system.get(element), systems);
  }

  /** Returns the features summed over each system, {@code [systems, elements·(features + 1)]}. */
  Tensor sums() {
    List<Tensor> sums = new ArrayList<>();
    for (int element = 0; element < features.size(); element++) {
      sums.add(perSystem(element, features.get(element)));
    }
    return Tensor.concatenate(1, sums);
  }

  /**
   * Returns what the atoms of all elements have, in the order of the atoms.
   *
   * @param ofElements for each element a row for each of its atoms
   */
  Tensor joined(List<Tensor> ofElements) {
    int[] place = new int[energies.dim(0)];
    int next = 0;
    for (Tensor ofElement : atoms) {
      for (int atom : ofElement.toIntArray()) {
        place[atom] = next++;
      }
    }
    return Tensor.concatenate(0, ofElements).indexSelect(0, Tensor.of(place, place.length));
  }
}
