package org.cotangent.atomistic.learnedbasis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.atomistic.RefusedSystemException;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.InputChecks;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Energies and forces of batches of a set of systems as functions of the weights of a {@link
 * LearnedBasisPotential}. The functions of pairs and their derivatives by positions do not depend
 * on the weights: they are computed once for every system, as far as memory allows, and forces are
 * led from the energy's derivatives by those functions to the atoms by one linear map.
 */
public final class LearnedBasisTraining {
  private final LearnedBasis form;
  private final DType dtype;
  private final List<System> systems;

  /** For each system its description, or null where it is made when it is needed. */
  private final @Nullable Described[] described;

  private final int stored;
  private final long bytes;

  /**
   * What of a system does not depend on the weights.
   *
   * @param element for each atom the position of its type
   * @param first for each pair its first atom
   * @param second for each pair its second atom
   * @param vectors {@code [pairs, 3]}, in Å
   * @param radial {@code [pairs, radial]}
   * @param angular {@code [pairs, components]}
   * @param jacobian of both by the pair's vector, {@code [pairs, 3, radial + components]}
   */
  private record Described(
      int[] element,
      int[] first,
      int[] second,
      Tensor vectors,
      Tensor radial,
      Tensor angular,
      Tensor jacobian) {

    /** Returns how many bytes its arrays take. */
    long bytes() {
      long numbers = 0L + vectors.size() + radial.size() + angular.size() + jacobian.size();
      return numbers * vectors.dtype().bytes()
          + 4L * (element.length + first.length + second.length);
    }
  }

  private LearnedBasisTraining(
      LearnedBasis form, DType dtype, List<System> systems, @Nullable Described[] described) {
    this.form = form;
    this.dtype = dtype;
    this.systems = systems;
    this.described = described;
    int count = 0;
    long sum = 0;
    for (Described one : described) {
      count += one == null ? 0 : 1;
      sum += one == null ? 0 : one.bytes();
    }
    stored = count;
    bytes = sum;
  }

  /**
   * Computes the functions of all pairs in float64 and keeps them in {@code dtype}.
   *
   * @throws RefusedSystemException if an atom is of a type that the form does not know, or two
   *     atoms are at the same place
   */
  public static LearnedBasisTraining of(LearnedBasis form, List<System> systems, DType dtype) {
    return of(form, systems, dtype, Long.MAX_VALUE);
  }

  /**
   * As {@link #of(LearnedBasis, List, DType)}, keeping no more than a number of bytes: what comes
   * after the systems that fit is computed whenever it is needed, with the same result.
   */
  public static LearnedBasisTraining of(
      LearnedBasis form, List<System> systems, DType dtype, long bytesAtMost) {
    InputChecks.checkTypes(systems, form.types());
    @Nullable Described[] all = new Described[systems.size()];
    long left = bytesAtMost;
    for (int s = 0; s < all.length; s++) {
      try {
        Described one = describe(form, systems.get(s), dtype);
        left -= one.bytes();
        all[s] = left >= 0 ? one : null;
      } catch (RefusedSystemException alone) {
        throw alone.after(s);
      }
    }
    return new LearnedBasisTraining(form, dtype, systems, all);
  }

  /** Returns of how many systems the functions of pairs are kept. */
  public int stored() {
    return stored;
  }

  /** Returns how many bytes they take. */
  public long bytes() {
    return bytes;
  }

  private Described described(int system) {
    Described one = described[system];
    return one == null ? describe(form, systems.get(system), dtype) : one;
  }

  private static Described describe(LearnedBasis form, System system, DType dtype) {
    PairBlocks pairs = new PairBlocks(List.of(system.to(DType.FLOAT64)), form.cutoff());
    pairs.checkApart();
    Tensor vectors = pairs.vectors(pairs.positions());
    EdgeFunctions edges = EdgeFunctions.of(form, vectors);
    int[] element = new int[system.size()];
    for (int i = 0; i < element.length; i++) {
      element[i] = form.types().indexOf(system.type(i));
    }
    return new Described(
        element,
        pairs.first(),
        pairs.second(),
        vectors.cast(dtype),
        edges.radial().cast(dtype),
        edges.angular().cast(dtype),
        EdgeFunctions.jacobian(form, vectors).cast(dtype));
  }

  /**
   * Returns a potential to start from: random weights, and factors with which the mean square of
   * every invariant of some systems is one.
   *
   * @param some which systems decide the factors
   * @param constants the constant energy of each atomic type, in eV
   */
  public LearnedBasisPotential initial(
      UniformRandomProvider random, int[] some, SortedMap<Integer, Double> constants) {
    LearnedBasisNetwork network = new LearnedBasisNetwork(form);
    Parameters weights = network.initialise(random, dtype);
    Batch batch = batch(some);
    Tensor scale = network.scales(batch.radial, batch.angular, batch.at, weights);
    return new LearnedBasisPotential(
        network, weights, LearnedBasisPotential.standard(scale), constants);
  }

  /**
   * Energies, without the constants of the elements, and forces.
   *
   * @param energies {@code [systems]}, in eV
   * @param forces {@code [atoms, 3]}, in eV/Å
   * @param virials minus the derivative by strain, {@code [systems, 3, 3]}, in eV
   */
  public record Output(Tensor energies, Tensor forces, Tensor virials) {}

  /**
   * Returns the output for a batch, on the tape of the weights. The energy is differentiated back
   * to the functions of pairs, and their stored derivatives lead on to the atoms.
   *
   * @param chosen which systems of the set, from 0
   */
  public Output output(LearnedBasisPotential potential, int[] chosen, Parameters weights) {
    Batch batch = batch(chosen);
    Surroundings at = batch.at;
    Tensor radial = batch.radial.variable();
    Tensor angular = batch.angular.variable();
    Tensor energies = potential.network().energies(radial, angular, at, weights, potential.scale());
    List<Tensor> slopes =
        Derivatives.partialPullback(
            List.of(energies), List.of(radial, angular), List.of(energies.onesLike()));
    Tensor byVector = // the derivative of the energy by each pair's vector, [pairs, 3]
        batch.jacobian.matmul(Tensor.concatenate(1, slopes).unsqueeze(2)).squeeze(2);
    Tensor forces =
        byVector
            .segmentSum(at.center(), at.atoms())
            .subtract(byVector.segmentSum(at.neighbor(), at.atoms()));
    return new Output(
        energies.segmentSum(batch.system, chosen.length),
        forces.indexSelect(0, at.place()),
        virials(batch.vectors, byVector, batch.system.indexSelect(0, at.center()), chosen.length));
  }

  /** −Σ r ⊗ dE/dr over the pairs of each system: a strain ε moves r by r·ε. */
  private static Tensor virials(Tensor vectors, Tensor byVector, Tensor system, int systems) {
    return vectors
        .unsqueeze(2)
        .multiply(byVector.unsqueeze(1))
        .segmentSum(system, systems)
        .negate();
  }

  /**
   * As {@link #output}, by differentiating the energy back to the positions: slower, and the same
   * to rounding.
   */
  public Output outputThroughPositions(
      LearnedBasisPotential potential, int[] chosen, Parameters weights) {
    List<System> batch = Arrays.stream(chosen).mapToObj(k -> systems.get(k).to(dtype)).toList();
    PairBlocks pairs = new PairBlocks(batch, form.cutoff());
    Surroundings at = Surroundings.of(pairs, form.types());
    Tensor positions = pairs.positions().variable();
    Tensor vectors = pairs.vectors(positions).indexSelect(0, at.pair());
    Tensor moved = vectors.variable();
    Tensor energies = potential.networkEnergies(at, moved, weights);
    Tensor byVector =
        Derivatives.pullback(List.of(energies), List.of(moved), List.of(energies.onesLike()))
            .getFirst();
    Tensor slope =
        Derivatives.pullback(List.of(vectors), List.of(positions), List.of(byVector)).getFirst();
    int[] systemOf = pairs.atomSystem();
    Tensor system = Tensor.of(systemOf, systemOf.length);
    return new Output(
        energies.indexSelect(0, at.place()).segmentSum(system, chosen.length),
        slope.negate(),
        virials(
            vectors,
            byVector,
            system.indexSelect(0, at.atom()).indexSelect(0, at.center()),
            chosen.length));
  }

  /** Systems put together, in the order of their surroundings. */
  private record Batch(
      Surroundings at,
      Tensor system,
      Tensor vectors,
      Tensor radial,
      Tensor angular,
      Tensor jacobian) {}

  private Batch batch(int[] chosen) {
    int atoms = 0;
    int pairs = 0;
    Described[] parts = new Described[chosen.length];
    for (int b = 0; b < chosen.length; b++) {
      parts[b] = described(chosen[b]);
      atoms += parts[b].element.length;
      pairs += parts[b].first.length;
    }
    int[] element = new int[atoms];
    int[] system = new int[atoms];
    int[] first = new int[pairs];
    int[] second = new int[pairs];
    List<Tensor> vectors = new ArrayList<>();
    List<Tensor> radial = new ArrayList<>();
    List<Tensor> angular = new ArrayList<>();
    List<Tensor> jacobian = new ArrayList<>();
    int atom = 0;
    int pair = 0;
    for (int b = 0; b < chosen.length; b++) {
      Described one = parts[b];
      vectors.add(one.vectors);
      radial.add(one.radial);
      angular.add(one.angular);
      jacobian.add(one.jacobian);
      for (int p = 0; p < one.first.length; p++, pair++) {
        first[pair] = atom + one.first[p];
        second[pair] = atom + one.second[p];
      }
      for (int type : one.element) {
        system[atom] = b;
        element[atom++] = type;
      }
    }
    Surroundings at = Surroundings.of(element, first, second, form.types().size());
    return new Batch(
        at,
        Tensor.of(system, atoms).indexSelect(0, at.atom()),
        Tensor.concatenate(0, vectors).indexSelect(0, at.pair()),
        Tensor.concatenate(0, radial).indexSelect(0, at.pair()),
        Tensor.concatenate(0, angular).indexSelect(0, at.pair()),
        Tensor.concatenate(0, jacobian).indexSelect(0, at.pair()));
  }
}
