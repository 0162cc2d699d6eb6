package org.cotangent.atomistic.neighbors;

import org.cotangent.atomistic.System;

/**
 * The pairs of atoms, periodic images included, that are closer than a cutoff.
 *
 * <p>Pair p goes from atom {@code first()[p]} to the image of atom {@code second()[p]} that is
 * moved by the integer combination {@code shift()[3p..3p+2]} of the lattice vectors:
 *
 * <pre>  vector = r[second] - r[first] + a·cell[0] + b·cell[1] + c·cell[2]</pre>
 *
 * for the positions as they are given, inside of the cell or not. The order is fixed: by first,
 * then second atom, then shift, each ascending. An atom pairs with its own images, never with
 * itself; two atoms at the same place are a pair with vector zero. A half list has each pair once,
 * with first &lt; second, or, for an atom and its image, with the lexicographically positive shift.
 */
public final class NeighborList {
  private final NeighborListOptions options;
  private final int[] first;
  private final int[] second;
  private final int[] shift;
  private final double[] vectors;

  NeighborList(
      NeighborListOptions options, int[] first, int[] second, int[] shift, double[] vectors) {
    this.options = options;
    this.first = first;
    this.second = second;
    this.shift = shift;
    this.vectors = vectors;
  }

  /**
   * Finds the pairs of a system in a time proportional to the number of its atoms.
   *
   * <p>Distances are computed in double precision, also for a float32 system. Large systems are
   * shared among the threads of the common pool; the result does not depend on their number.
   *
   * @throws IllegalArgumentException if the lattice vectors of the periodic directions are linearly
   *     dependent, or if there are more pairs than arrays can hold
   */
  public static NeighborList compute(System system, NeighborListOptions options) {
    return ListBuilder.build(new CellList(system, options.cutoff()), options);
  }

  /** Returns what was asked for. */
  public NeighborListOptions options() {
    return options;
  }

  /** Returns the number of pairs. */
  public int size() {
    return first.length;
  }

  /** Returns the first atom of each pair, {@code [pairs]}: not a copy, to be read only. */
  public int[] first() {
    return first;
  }

  /** Returns the second atom of each pair, {@code [pairs]}: not a copy, to be read only. */
  public int[] second() {
    return second;
  }

  /**
   * Returns the cell shifts, {@code [pairs, 3]} in row-major order: not a copy, to be read only.
   */
  public int[] shift() {
    return shift;
  }

  /**
   * Returns the vectors from the first to the second atom, {@code [pairs, 3]} in row-major order:
   * not a copy, to be read only.
   */
  public double[] vectors() {
    return vectors;
  }

  @Override
  public String toString() {
    return "NeighborList of " + size() + " pairs, " + options;
  }
}
