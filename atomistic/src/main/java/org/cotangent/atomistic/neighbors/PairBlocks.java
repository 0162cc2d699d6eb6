package org.cotangent.atomistic.neighbors;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cotangent.atomistic.RefusedSystemException;
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
  private final int[] start;
  private final int[] systemOf;
  private final int[] first;
  private final int[] second;
  private final int[] shift;
  private final boolean periodic;

  /** The first pair of atoms at the same place, or -1. */
  private final int coincident;

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
    this(systems, lists(systems, cutoff));
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
    this(systems, found(systems, lists));
  }

  private PairBlocks(PairBlocks pairs, Tensor vectors) {
    systems = pairs.systems;
    start = pairs.start;
    systemOf = pairs.systemOf;
    first = pairs.first;
    second = pairs.second;
    shift = pairs.shift;
    periodic = pairs.periodic;
    coincident = pairs.coincident;
    atomSystem = pairs.atomSystem;
    atomType = pairs.atomType;
    given = vectors;
  }

  private PairBlocks(List<System> systems, Found[] lists) {
    if (systems.isEmpty()) {
      throw new IllegalArgumentException("there are no systems: give at least one");
    }
    given = null;
    this.systems = List.copyOf(systems);
    start = new int[systems.size() + 1];
    int pairs = 0;
    for (int s = 0; s < systems.size(); s++) {
      start[s + 1] = start[s] + systems.get(s).size();
      pairs += lists[s].first.length;
    }
    systemOf = new int[pairs];
    first = new int[pairs];
    second = new int[pairs];
    shift = new int[3 * pairs];
    int at = 0;
    int together = -1;
    boolean shifted = false;
    for (int s = 0; s < systems.size(); s++) {
      Found list = lists[s];
      java.lang.System.arraycopy(list.shift, 0, shift, 3 * at, list.shift.length);
      if (together < 0 && list.coincident >= 0) {
        together = at + list.coincident;
      }
      for (int p = 0; p < list.first.length; p++, at++) {
        systemOf[at] = s;
        first[at] = start[s] + list.first[p];
        second[at] = start[s] + list.second[p];
        shifted |= (shift[3 * at] | shift[3 * at + 1] | shift[3 * at + 2]) != 0;
      }
    }
    periodic = shifted;
    coincident = together;
    atomSystem = new int[atoms()];
    atomType = new int[atoms()];
    for (int s = 0; s < systems.size(); s++) {
      java.util.Arrays.fill(atomSystem, start[s], start[s + 1], s);
      java.lang.System.arraycopy(
          systems.get(s).types(), 0, atomType, start[s], systems.get(s).size());
    }
  }

  /**
   * The pairs of one system.
   *
   * @param coincident the first pair whose atoms are at the same place, or -1
   */
  private record Found(int[] first, int[] second, int[] shift, int coincident) {
    static Found of(NeighborList list) {
      double[] v = list.vectors();
      int together = -1;
      for (int p = list.size() - 1; p >= 0; p--) {
        if (v[3 * p] == 0 && v[3 * p + 1] == 0 && v[3 * p + 2] == 0) {
          together = p;
        }
      }
      return new Found(list.first(), list.second(), list.shift(), together);
    }
  }

  private static Found[] found(List<System> systems, List<NeighborList> lists) {
    if (lists.size() != systems.size()) {
      throw new IllegalArgumentException(
          lists.size() + " neighbor lists for " + systems.size() + " systems: each needs one");
    }
    Found[] found = new Found[lists.size()];
    for (int s = 0; s < found.length; s++) {
      NeighborListOptions options = lists.get(s).options();
      if (!options.fullList() || !options.strict()) {
        throw new IllegalArgumentException(
            "pairs are taken from strict full lists, that of system " + s + " has " + options);
      }
      found[s] = Found.of(lists.get(s));
    }
    return found;
  }

  private static List<NeighborList> lists(List<System> systems, double cutoff) {
    List<NeighborList> lists = new ArrayList<>();
    for (int s = 0; s < systems.size(); s++) {
      try {
        lists.add(NeighborList.compute(systems.get(s), NeighborListOptions.full(cutoff)));
      } catch (IllegalArgumentException refusal) {
        throw new RefusedSystemException(s, "", ": " + refusal.getMessage(), refusal);
      }
    }
    return lists;
  }

  /**
   * Checks that no two atoms, or an atom and an image of another, are at the same place, where most
   * models of energies are not defined.
   *
   * @throws IllegalArgumentException naming the first two that are
   */
  public void checkApart() {
    if (coincident >= 0) {
      int s = systemOf[coincident];
      throw new RefusedSystemException(
          s,
          "atoms "
              + (first[coincident] - start[s])
              + " and "
              + (second[coincident] - start[s])
              + " of ",
          " are at the same place, move or remove one of them");
    }
  }

  /**
   * Returns the vectors of all pairs, from the first to the second atom, {@code [pairs, 3]}.
   *
   * @param positions the positions of all atoms, {@code [atoms, 3]}: those of the systems, possibly
   *     recorded
   */
  public Tensor vectors(Tensor positions) {
    int[] all = new int[first.length];
    java.util.Arrays.setAll(all, p -> p);
    return block(all, positions).values().squeeze(-1);
  }

  /**
   * Returns the same pairs with these vectors, whatever the positions: to differentiate by the
   * vectors themselves.
   *
   * @param vectors {@code [pairs, 3]}, possibly recorded
   */
  public PairBlocks withVectors(Tensor vectors) {
    return new PairBlocks(this, vectors);
  }

  /** Returns whether somebody may differentiate vectors made from these positions. */
  public boolean isRecorded(Tensor positions) {
    return positions.isRecorded()
        || (given != null && given.isRecorded())
        || systems.stream().anyMatch(system -> system.cell().isRecorded());
  }

  /** Returns the first atom of each pair, {@code [pairs]}: not a copy, to be read only. */
  public int[] first() {
    return first;
  }

  /** Returns the second atom of each pair, {@code [pairs]}: not a copy, to be read only. */
  public int[] second() {
    return second;
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
    Found[] lists = new Found[systems.size()];
    for (int s = 0; s < lists.length; s++) {
      int atoms = systems.get(s).size();
      int pairs = Math.multiplyExact(atoms, atoms) - atoms;
      Found list = new Found(new int[pairs], new int[pairs], new int[3 * pairs], -1);
      int at = 0;
      for (int i = 0; i < atoms; i++) {
        for (int j = 0; j < atoms; j++) {
          if (i != j) {
            list.first[at] = i;
            list.second[at++] = j;
          }
        }
      }
      lists[s] = list;
    }
    return new PairBlocks(systems, lists);
  }

  /** Returns the systems. */
  public List<System> systems() {
    return systems;
  }

  /** Returns the number of atoms of all systems. */
  public int atoms() {
    return start[systems.size()];
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
    return java.util.stream.IntStream.range(0, atoms()).filter(a -> type(a) == type).toArray();
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
    java.util.Arrays.fill(number, -1);
    for (int c = 0; c < centers.length; c++) {
      number[centers[c]] = c;
    }
    int types = neighborTypes.size();
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
              gradients(chosen).by(gradient, block.values().squeeze(-1), VECTOR));
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
    int[] chosen = new int[first.length];
    int count = 0;
    for (int p = 0; p < first.length; p++) {
      if (type(first[p]) == firstType
          && type(second[p]) == secondType
          && (full || firstType != secondType || isPositive(p))) {
        chosen[count++] = p;
      }
    }
    chosen = java.util.Arrays.copyOf(chosen, count);
    VectorGradients labels = gradients(chosen);
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
    return new Between(block, pick(first, chosen), pick(second, chosen));
  }

  /** Whether a pair of atoms, not its reverse, belongs to a half list. */
  private boolean isPositive(int pair) {
    if (first[pair] != second[pair]) {
      return first[pair] < second[pair];
    }
    for (int a = 0; a < 3; a++) {
      if (shift[3 * pair + a] != 0) {
        return shift[3 * pair + a] > 0;
      }
    }
    return false;
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
      flat[2 * k + 1] = atoms[k] - start[s];
    }
    return Labels.ofFlat(List.of("system", "atom"), flat);
  }

  /** Returns the types that occur, ascending. */
  public int[] types() {
    return java.util.Arrays.stream(atomType).sorted().distinct().toArray();
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
            .indexSelect(0, index(pick(second, chosen)))
            .subtract(positions.indexSelect(0, index(pick(first, chosen))));
    if (periodic) {
      vectors = vectors.add(cellShifts(chosen));
    }
    return vectors;
  }

  /** Σ_a shift[a]·cell[a] of each pair, {@code [pairs, 3]}. */
  private Tensor cellShifts(int[] chosen) {
    int[] shifts = new int[3 * chosen.length];
    for (int k = 0; k < chosen.length; k++) {
      java.lang.System.arraycopy(shift, 3 * chosen[k], shifts, 3 * k, 3);
    }
    return CellImages.of(pick(systemOf, chosen), shifts)
        .displacements(
            Tensor.concatenate(0, systems.stream().map(s -> s.cell().unsqueeze(0)).toList()));
  }

  private VectorGradients gradients(int[] chosen) {
    int[] system = pick(systemOf, chosen);
    int[] one = new int[chosen.length];
    int[] other = new int[chosen.length];
    int[] shifts = new int[3 * chosen.length];
    for (int k = 0; k < chosen.length; k++) {
      one[k] = first[chosen[k]] - start[system[k]];
      other[k] = second[chosen[k]] - start[system[k]];
      java.lang.System.arraycopy(shift, 3 * chosen[k], shifts, 3 * k, 3);
    }
    return new VectorGradients(system, one, other, shifts);
  }

  private static int[] pick(int[] from, int[] indices) {
    int[] out = new int[indices.length];
    for (int k = 0; k < out.length; k++) {
      out[k] = from[indices[k]];
    }
    return out;
  }

  private static Tensor index(int[] entries) {
    return TensorData.wrap(DType.INT32, Shape.of(entries.length), entries);
  }
}
