package org.cotangent.atomistic.neighbors;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of several systems as labelled vectors, on the tape and, if wanted, with explicit
 * gradients: the ground that descriptors stand on. Atoms are numbered through all systems.
 */
public final class PairBlocks {
  private static final Labels VECTOR = Labels.range("vector", 3);
  private static final List<String> PAIR =
      List.of(
          "system", "first_atom", "second_atom", "cell_shift_a", "cell_shift_b", "cell_shift_c");

  private final List<System> systems;
  private final NumberedPairs pairs;

  /** The system and the type of every atom. */
  private final int[] atomSystem;

  private final int[] atomType;

  /** Vectors that take the place of those from positions, {@code [pairs, 3]}. */
  private final @Nullable Tensor given;

  /**
   * Finds the pairs of systems.
   *
   * @param systems of one element type
   * @param cutoff in the unit of the positions; every ordered pair up to it is found
   * @throws IllegalArgumentException as {@link NeighborList#compute}, naming the system, and if
   *     there is none
   */
  public PairBlocks(List<System> systems, double cutoff) {
    this(systems, NumberedPairs.compute(systems, cutoff), null);
  }

  /**
   * Takes the pairs of systems from lists that were found before.
   *
   * @param systems of one element type
   * @param lists a strict full list for each system
   * @throws IllegalArgumentException if there is not one list for each system, or one is a half
   *     list or not strict
   */
  public PairBlocks(List<System> systems, List<NeighborList> lists) {
    this(systems, NumberedPairs.of(systems, lists), null);
  }

  private PairBlocks(List<System> systems, NumberedPairs pairs, @Nullable Tensor given) {
    this.systems = List.copyOf(systems);
    this.pairs = pairs;
    this.given = given;
    atomSystem = new int[pairs.atoms()];
    atomType = new int[pairs.atoms()];
    for (int s = 0; s < systems.size(); s++) {
      int from = pairs.start()[s];
      Arrays.fill(atomSystem, from, pairs.start()[s + 1], s);
      java.lang.System.arraycopy(systems.get(s).types(), 0, atomType, from, systems.get(s).size());
    }
  }

  /**
   * Checks that no two atoms, or an atom and an image of another, are at the same place, where most
   * models of energies are not defined.
   *
   * @throws IllegalArgumentException naming the first two that are
   */
  public void checkApart() {
    pairs.checkApart();
  }

  /**
   * Returns the vectors of all pairs, from the first to the second atom, {@code [pairs, 3]}.
   *
   * @param positions the positions of all atoms, {@code [atoms, 3]}: those of the systems, possibly
   *     recorded
   */
  public Tensor vectors(Tensor positions) {
    return vectors(IntStream.range(0, pairs.size()).toArray(), positions);
  }

  /**
   * Returns the same pairs with these vectors, whatever the positions: to differentiate by the
   * vectors themselves.
   *
   * @param vectors {@code [pairs, 3]}, possibly recorded
   */
  public PairBlocks withVectors(Tensor vectors) {
    return new PairBlocks(systems, pairs, vectors);
  }

  /** Returns whether somebody may differentiate vectors made from these positions. */
  public boolean isRecorded(Tensor positions) {
    return positions.isRecorded()
        || (given != null && given.isRecorded())
        || systems.stream().anyMatch(system -> system.cell().isRecorded());
  }

  /** Returns the first atom of each pair, {@code [pairs]}: not a copy, to be read only. */
  public int[] first() {
    return pairs.first();
  }

  /** Returns the second atom of each pair, {@code [pairs]}: not a copy, to be read only. */
  public int[] second() {
    return pairs.second();
  }

  /** Returns the system of each atom, {@code [atoms]}: not a copy, to be read only. */
  public int[] atomSystem() {
    return atomSystem;
  }

  /**
   * Returns all ordered pairs of two different atoms of the same system, whatever their distance,
   * without images: what sums over all atoms stand on, such as those in reciprocal space.
   */
  public static PairBlocks ofAllAtoms(List<System> systems) {
    return new PairBlocks(systems, NumberedPairs.ofAllAtoms(systems), null);
  }

  /** Returns the systems. */
  public List<System> systems() {
    return systems;
  }

  /** Returns the number of atoms of all systems. */
  public int atoms() {
    return pairs.atoms();
  }

  /** Returns the system of an atom. */
  public int system(int atom) {
    return atomSystem[atom];
  }

  /** Returns the type of an atom. */
  public int type(int atom) {
    return atomType[atom];
  }

  /** Returns the atoms of one type, ascending. */
  public int[] atoms(int type) {
    return IntStream.range(0, atoms()).filter(a -> type(a) == type).toArray();
  }

  /** Returns the positions of all atoms, {@code [atoms, 3]}. */
  public Tensor positions() {
    return Tensor.concatenate(0, systems.stream().map(System::positions).toList());
  }

  /**
   * Returns the pairs whose first atom is of one type, ordered by that atom and the type of the
   * second.
   *
   * @param type the type of the first atoms
   * @param neighborTypes the types of the second atoms
   * @param positions the positions of all atoms, {@code [atoms, 3]}: those of the systems, possibly
   *     recorded
   * @param gradients which explicit gradients the block carries
   * @throws IllegalArgumentException if a second atom is of a type that is not named
   */
  public Selection select(
      int type, List<Integer> neighborTypes, Tensor positions, Set<PairGradient> gradients) {
    int[] centers = atoms(type);
    int[] number = new int[atoms()];
    Arrays.fill(number, -1);
    for (int c = 0; c < centers.length; c++) {
      number[centers[c]] = c;
    }
    int types = neighborTypes.size();
    int[] first = pairs.first();
    int[] second = pairs.second();
    int[] slotOf = new int[first.length];
    int[] start = new int[centers.length * types + 1];
    for (int p = 0; p < first.length; p++) {
      slotOf[p] = -1;
      if (number[first[p]] >= 0) {
        int kind = neighborTypes.indexOf(atomType[second[p]]);
        if (kind < 0) {
          throw new IllegalArgumentException(
              "a neighbor is of type %d, expected are %s"
                  .formatted(atomType[second[p]], neighborTypes));
        }
        slotOf[p] = number[first[p]] * types + kind;
        start[slotOf[p] + 1]++;
      }
    }
    for (int slot = 0; slot + 1 < start.length; slot++) {
      start[slot + 1] += start[slot];
    }
    int[] next = start.clone();
    int[] chosen = new int[start[start.length - 1]];
    int[] slot = new int[chosen.length];
    for (int p = 0; p < first.length; p++) {
      if (slotOf[p] >= 0) {
        slot[next[slotOf[p]]] = slotOf[p];
        chosen[next[slotOf[p]]++] = p;
      }
    }
    TensorBlock block = block(chosen, positions);
    for (PairGradient gradient : gradients) {
      block =
          block.withGradient(
              gradient.parameter(),
              pairs.labels(chosen).by(gradient, block.values().squeeze(-1), VECTOR));
    }
    return new Selection(block, samples(centers), slot, start);
  }

  /**
   * Pairs whose first atom is of one type.
   *
   * @param block the vectors from the first to the second atom: samples {@code (pair)}, component
   *     {@code vector}, values {@code [pairs, 3, 1]}
   * @param centers labels {@code (system, atom)} of all atoms of that type
   * @param slot for each pair the row of its first atom in {@code centers}, times the number of
   *     types, plus the place of the type of its second atom among them; ascending
   * @param start where the pairs of each slot begin, {@code [centers·types + 1]}
   */
  public record Selection(TensorBlock block, Labels centers, int[] slot, int[] start) {}

  /**
   * The pairs between atoms of two types.
   *
   * @param block the vectors from the first to the second atom: samples {@code (system, first_atom,
   *     second_atom, cell_shift_a, cell_shift_b, cell_shift_c)}, component {@code vector}, values
   *     {@code [pairs, 3, 1]}
   * @param first the first atom of each pair, numbered through all systems
   * @param second the second atom of each pair, numbered through all systems
   */
  public record Between(TensorBlock block, int[] first, int[] second) {}

  /**
   * Returns the pairs from atoms of one type to atoms of another or the same.
   *
   * @param firstType the type of the first atoms
   * @param secondType the type of the second atoms
   * @param positions the positions of all atoms, {@code [atoms, 3]}: those of the systems, possibly
   *     recorded
   * @param full whether each pair is there in both orientations; if not, once, which matters for
   *     two equal types only: as in a half {@link NeighborList}
   * @param gradients which explicit gradients the block carries
   */
  public Between between(
      int firstType, int secondType, Tensor positions, boolean full, Set<PairGradient> gradients) {
    int[] first = pairs.first();
    int[] second = pairs.second();
    int[] chosen = new int[first.length];
    int count = 0;
    for (int p = 0; p < first.length; p++) {
      if (type(first[p]) == firstType
          && type(second[p]) == secondType
          && (full || firstType != secondType || pairs.isOfHalfList(p))) {
        chosen[count++] = p;
      }
    }
    chosen = Arrays.copyOf(chosen, count);
    VectorGradients labels = pairs.labels(chosen);
    int[] samples = new int[6 * count];
    for (int k = 0; k < count; k++) {
      samples[6 * k] = labels.system()[k];
      samples[6 * k + 1] = labels.first()[k];
      samples[6 * k + 2] = labels.second()[k];
      java.lang.System.arraycopy(labels.shift(), 3 * k, samples, 6 * k + 3, 3);
    }
    Tensor vectors = vectors(chosen, positions);
    TensorBlock block =
        TensorBlock.of(
            vectors.unsqueeze(-1),
            Labels.ofFlat(PAIR, samples),
            List.of(VECTOR),
            Labels.range("distance", 1));
    for (PairGradient gradient : gradients) {
      block = block.withGradient(gradient.parameter(), labels.by(gradient, vectors, VECTOR));
    }
    return new Between(
        block, NumberedPairs.pick(first, chosen), NumberedPairs.pick(second, chosen));
  }

  /**
   * Returns the labels {@code (system, atom)} of atoms.
   *
   * @param atoms numbered through all systems
   */
  public Labels samples(int[] atoms) {
    int[] flat = new int[2 * atoms.length];
    for (int k = 0; k < atoms.length; k++) {
      int s = atomSystem[atoms[k]];
      flat[2 * k] = s;
      flat[2 * k + 1] = atoms[k] - pairs.start()[s];
    }
    return Labels.ofFlat(List.of("system", "atom"), flat);
  }

  /** Returns the types that occur, ascending. */
  public int[] types() {
    return Arrays.stream(atomType).sorted().distinct().toArray();
  }

  private TensorBlock block(int[] chosen, Tensor positions) {
    return TensorBlock.of(
        vectors(chosen, positions).unsqueeze(-1),
        Labels.range("pair", chosen.length),
        List.of(VECTOR),
        Labels.range("distance", 1));
  }

  private Tensor vectors(int[] chosen, Tensor positions) {
    if (given != null) {
      return given.indexSelect(0, index(chosen));
    }
    Tensor vectors =
        positions
            .indexSelect(0, index(NumberedPairs.pick(pairs.second(), chosen)))
            .subtract(positions.indexSelect(0, index(NumberedPairs.pick(pairs.first(), chosen))));
    return pairs.periodic() ? vectors.add(pairs.images(chosen).displacements(cells())) : vectors;
  }

  /** The cells, {@code [systems, 3, 3]}. */
  private Tensor cells() {
    return Tensor.concatenate(0, systems.stream().map(s -> s.cell().unsqueeze(0)).toList());
  }

  private static Tensor index(int[] entries) {
    return TensorData.wrap(DType.INT32, Shape.of(entries.length), entries);
  }
}
