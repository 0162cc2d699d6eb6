package org.cotangent.atomistic.learnedbasis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
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
  /**
   * How many atoms, or somewhat more, are described together: larger arrays cost less per element.
   */
  private static final int ATOMS_AT_ONCE = 256;

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
    int from = 0;
    while (from < all.length) {
      int to = from;
      int atoms = 0;
      while (to < all.length && atoms < ATOMS_AT_ONCE) {
        atoms += systems.get(to++).size();
      }
      try {
        for (Described one : describe(form, systems.subList(from, to), dtype)) {
          left -= one.bytes();
          all[from++] = left >= 0 ? one : null;
        }
      } catch (RefusedSystemException refusal) {
        throw refusal.after(from);
      }
    }
    return new LearnedBasisTraining(form, dtype, systems, all);
  }

  /**
   * Puts together what was made of parts of a list.
   *
   * @param systems all of them
   * @param parts what was made of the first of them, of those after these, and so on
   */
  public static LearnedBasisTraining concatenate(
      List<System> systems, List<LearnedBasisTraining> parts) {
    List<@Nullable Described> described = new ArrayList<>();
    for (LearnedBasisTraining part : parts) {
      described.addAll(Arrays.asList(part.described));
    }
    LearnedBasisTraining first = parts.getFirst();
    return new LearnedBasisTraining(
        first.form, first.dtype, systems, described.toArray(Described[]::new));
  }

  /** Returns of how many systems the functions of pairs are kept. */
  public int stored() {
    return stored;
  }

  /** Returns how many bytes they take. */
  public long bytes() {
    return bytes;
  }

  /** Returns what is kept of some systems and describes the others, all at once. */
  private Described[] described(int[] chosen) {
    Described[] parts = new Described[chosen.length];
    List<System> others = new ArrayList<>();
    for (int k : chosen) {
      if (described[k] == null) {
        others.add(systems.get(k));
      }
    }
    Iterator<Described> made =
        others.isEmpty() ? Collections.emptyIterator() : describe(form, others, dtype).iterator();
    for (int b = 0; b < chosen.length; b++) {
      Described kept = described[chosen[b]];
      parts[b] = kept == null ? made.next() : kept;
    }
    return parts;
  }

  /** Describes systems together: what is found for a pair does not depend on the others. */
  private static List<Described> describe(LearnedBasis form, List<System> systems, DType dtype) {
    PairBlocks pairs =
        new PairBlocks(
            systems.stream().map(system -> system.to(DType.FLOAT64)).toList(), form.cutoff());
    pairs.checkApart();
    Tensor vectors = pairs.vectors(pairs.positions());
    EdgeFunctions.Differentiated edges = EdgeFunctions.differentiated(form, vectors);
    Tensor radial = edges.functions().radial().cast(dtype);
    Tensor angular = edges.functions().angular().cast(dtype);
    Tensor jacobian = edges.jacobian().cast(dtype);
    Tensor cast = vectors.cast(dtype);
    List<Described> all = new ArrayList<>();
    int atom = 0;
    int from = 0;
    for (System system : systems) {
      int[] element = new int[system.size()];
      for (int i = 0; i < element.length; i++) {
        element[i] = form.types().indexOf(system.type(i));
      }
      int to = from;
      while (to < pairs.first().length && pairs.first()[to] < atom + element.length) {
        to++;
      }
      all.add(
          new Described(
              element,
              moved(pairs.first(), from, to, atom),
              moved(pairs.second(), from, to, atom),
              cast.slice(0, from, to),
              radial.slice(0, from, to),
              angular.slice(0, from, to),
              jacobian.slice(0, from, to)));
      from = to;
      atom += element.length;
    }
    return all;
  }

  /** Returns part of a list of atoms, counted from another atom. */
  private static int[] moved(int[] atoms, int from, int to, int by) {
    int[] part = Arrays.copyOfRange(atoms, from, to);
    for (int k = 0; k < part.length; k++) {
      part[k] -= by;
    }
    return part;
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
    Described[] parts = described(chosen);
    for (Described one : parts) {
      atoms += one.element.length;
      pairs += one.first.length;
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
