package org.cotangent.atomistic.neighbors;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;

/**
 * The pairs of several systems as labelled vectors, on the tape and, if wanted, with explicit
 * gradients: the ground that descriptors stand on. Atoms are numbered through all systems.
 */
public final class PairBlocks {
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

  /**
   * Finds the pairs of systems.
   *
   * @param systems of one element type
   * @param cutoff in the unit of the positions; every ordered pair up to it is found
   * @throws IllegalArgumentException as {@link NeighborList#compute}, naming the system
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
    if (lists.size() != systems.size()) {
      throw new IllegalArgumentException(
          lists.size() + " neighbor lists for " + systems.size() + " systems: each needs one");
    }
    this.systems = List.copyOf(systems);
    start = new int[systems.size() + 1];
    int pairs = 0;
    for (int s = 0; s < systems.size(); s++) {
      NeighborListOptions options = lists.get(s).options();
      if (!options.fullList() || !options.strict()) {
        throw new IllegalArgumentException(
            "pairs are taken from strict full lists, that of system " + s + " has " + options);
      }
      start[s + 1] = start[s] + systems.get(s).size();
      pairs += lists.get(s).size();
    }
    systemOf = new int[pairs];
    first = new int[pairs];
    second = new int[pairs];
    shift = new int[3 * pairs];
    int at = 0;
    int together = -1;
    boolean shifted = false;
    for (int s = 0; s < systems.size(); s++) {
      NeighborList list = lists.get(s);
      java.lang.System.arraycopy(list.shift(), 0, shift, 3 * at, 3 * list.size());
      for (int p = 0; p < list.size(); p++, at++) {
        systemOf[at] = s;
        first[at] = start[s] + list.first()[p];
        second[at] = start[s] + list.second()[p];
        double[] v = list.vectors();
        if (together < 0 && v[3 * p] == 0 && v[3 * p + 1] == 0 && v[3 * p + 2] == 0) {
          together = at;
        }
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

  private static List<NeighborList> lists(List<System> systems, double cutoff) {
    List<NeighborList> lists = new ArrayList<>();
    for (int s = 0; s < systems.size(); s++) {
      try {
        lists.add(NeighborList.compute(systems.get(s), NeighborListOptions.full(cutoff)));
      } catch (IllegalArgumentException refusal) {
        throw new IllegalArgumentException("system " + s + ": " + refusal.getMessage(), refusal);
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
      throw new IllegalArgumentException(
          "atoms "
              + (first[coincident] - start[s])
              + " and "
              + (second[coincident] - start[s])
              + " of system "
              + s
              + " are at the same place, move or remove one of them");
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

  /** Returns the systems. */
  public List<System> systems() {
    return systems;
  }

  /** Returns the number of atoms of all systems. */
  public int atoms() {
    return start[systems.size()];
  }

  /** Returns the type of an atom. */
  public int type(int atom) {
    return atomType[atom];
  }

  /** Returns the positions of all atoms, {@code [atoms, 3]}. */
  public Tensor positions() {
    return Tensor.concatenate(0, systems.stream().map(System::positions).toList());
  }

  /**
   * Returns the pairs whose first atom is of one type.
   *
   * @param type the type of the first atoms
   * @param positions the positions of all atoms, {@code [atoms, 3]}: those of the systems, possibly
   *     recorded
   * @param gradients whether the block carries an explicit gradient by positions
   */
  public Selection select(int type, Tensor positions, boolean gradients) {
    int[] centers = new int[atoms()];
    int[] number = new int[atoms()];
    int count = 0;
    for (int atom = 0; atom < atomType.length; atom++) {
      number[atom] = count;
      if (atomType[atom] == type) {
        centers[count++] = atom;
      }
    }
    int[] chosen =
        java.util.stream.IntStream.range(0, first.length)
            .filter(p -> type(first[p]) == type)
            .toArray();
    int[] center = new int[chosen.length];
    int[] neighborType = new int[chosen.length];
    for (int k = 0; k < chosen.length; k++) {
      center[k] = number[first[chosen[k]]];
      neighborType[k] = type(second[chosen[k]]);
    }
    TensorBlock block = block(chosen, positions);
    if (gradients) {
      block = block.withGradient("positions", gradient(chosen, block.dtype()));
    }
    return new Selection(
        block, samples(java.util.Arrays.copyOf(centers, count)), center, neighborType);
  }

  /**
   * Pairs whose first atom is of one type.
   *
   * @param block the vectors from the first to the second atom: samples {@code (pair)}, component
   *     {@code vector}, values {@code [pairs, 3, 1]}
   * @param centers labels {@code (system, atom)} of all atoms of that type
   * @param center for each pair its row in {@code centers}
   * @param neighborType the type of the second atom of each pair
   */
  public record Selection(TensorBlock block, Labels centers, int[] center, int[] neighborType) {}

  private TensorBlock block(int[] chosen, Tensor positions) {
    Tensor vectors =
        positions
            .indexSelect(0, index(pick(second, chosen)))
            .subtract(positions.indexSelect(0, index(pick(first, chosen))));
    if (periodic) {
      vectors = vectors.add(cellShifts(chosen));
    }
    return TensorBlock.of(
        vectors.unsqueeze(-1),
        Labels.range("pair", chosen.length),
        List.of(Labels.range("vector", 3)),
        Labels.range("distance", 1));
  }

  /** Σ_a shift[a]·cell[a] of each pair, {@code [pairs, 3]}. */
  private Tensor cellShifts(int[] chosen) {
    Tensor cells = Tensor.concatenate(0, systems.stream().map(s -> s.cell().unsqueeze(0)).toList());
    double[] shifts = new double[3 * chosen.length];
    for (int k = 0; k < chosen.length; k++) {
      for (int a = 0; a < 3; a++) {
        shifts[3 * k + a] = shift[3 * chosen[k] + a];
      }
    }
    return TensorData.wrap(DType.FLOAT64, Shape.of(chosen.length, 3, 1), shifts)
        .cast(cells.dtype())
        .multiply(cells.indexSelect(0, index(pick(systemOf, chosen))))
        .sum(1);
  }

  /**
   * The derivative of each vector: +1 by the second atom, -1 by the first, nothing for an image.
   */
  private TensorBlock gradient(int[] chosen, DType dtype) {
    int[] rows = new int[3 * 2 * chosen.length];
    double[] values = new double[9 * 2 * chosen.length];
    int count = 0;
    for (int k = 0; k < chosen.length; k++) {
      int pair = chosen[k];
      if (first[pair] == second[pair]) {
        continue; // an atom and its own image move together
      }
      for (int sign = -1; sign <= 1; sign += 2) {
        rows[3 * count] = k;
        rows[3 * count + 1] = systemOf[pair];
        rows[3 * count + 2] = (sign < 0 ? first : second)[pair] - start[systemOf[pair]];
        for (int axis = 0; axis < 3; axis++) {
          values[9 * count + 4 * axis] = sign;
        }
        count++;
      }
    }
    Tensor matrix =
        TensorData.wrap(
                DType.FLOAT64, Shape.of(count, 3, 3, 1), java.util.Arrays.copyOf(values, 9 * count))
            .cast(dtype);
    return TensorBlock.of(
        matrix,
        Labels.ofFlat(
            List.of("sample", "system", "atom"), java.util.Arrays.copyOf(rows, 3 * count)),
        List.of(Labels.range("xyz", 3), Labels.range("vector", 3)),
        Labels.range("distance", 1));
  }

  private Labels samples(int[] centers) {
    int[] flat = new int[2 * centers.length];
    for (int k = 0; k < centers.length; k++) {
      int s = atomSystem[centers[k]];
      flat[2 * k] = s;
      flat[2 * k + 1] = centers[k] - start[s];
    }
    return Labels.ofFlat(List.of("system", "atom"), flat);
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
