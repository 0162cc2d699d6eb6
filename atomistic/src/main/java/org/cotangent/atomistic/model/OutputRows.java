package org.cotangent.atomistic.model;

import java.util.List;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an output that is a sum of what atoms have: one per atom, or one per system, of all
 * atoms or of the selected ones.
 */
public final class OutputRows {
  private final Labels samples;
  private final int[] atoms;
  private final int[] rowOfAtom;

  /**
   * @param samples of the rows
   * @param atoms the atoms that rows are made of, numbered through all systems
   * @param rowOfAtom for each of these atoms its row
   */
  private OutputRows(Labels samples, int[] atoms, int[] rowOfAtom) {
    this.samples = samples;
    this.atoms = atoms;
    this.rowOfAtom = rowOfAtom;
  }

  /**
   * Returns the rows that a model is asked for.
   *
   * @param kind per system or per atom
   * @param selectedAtoms labels {@code (system, atom)}; null for all atoms
   * @throws IllegalArgumentException if the kind is another
   */
  public static OutputRows of(
      List<System> systems, SampleKind kind, @Nullable Labels selectedAtoms) {
    if (kind == SampleKind.ATOM_PAIR) {
      throw new IllegalArgumentException("an output of atoms has no rows for pairs of atoms");
    }
    int[] sizes = systems.stream().mapToInt(System::size).toArray();
    Labels chosen = selectedAtoms == null ? all(sizes) : selectedAtoms;
    int[] start = new int[sizes.length + 1];
    for (int s = 0; s < sizes.length; s++) {
      start[s + 1] = start[s] + sizes[s];
    }
    int[] atoms = new int[chosen.size()];
    int[] rows = new int[chosen.size()];
    for (int k = 0; k < atoms.length; k++) {
      atoms[k] = start[chosen.value(k, 0)] + chosen.value(k, 1);
      rows[k] = k;
    }
    if (kind == SampleKind.ATOM) {
      return new OutputRows(chosen, atoms, rows);
    }
    Labels samples =
        selectedAtoms == null
            ? Labels.range("system", sizes.length)
            : chosen.groupBy(List.of("system")).groups();
    for (int k = 0; k < atoms.length; k++) {
      rows[k] = samples.position(chosen.value(k, 0));
    }
    return new OutputRows(samples, atoms, rows);
  }

  /** Returns the labels {@code (system, atom)} of all atoms of systems of these sizes. */
  static Labels all(int[] sizes) {
    int total = java.util.Arrays.stream(sizes).sum();
    int[] flat = new int[2 * total];
    int at = 0;
    for (int s = 0; s < sizes.length; s++) {
      for (int atom = 0; atom < sizes[s]; atom++) {
        flat[at++] = s;
        flat[at++] = atom;
      }
    }
    return Labels.ofFlat(List.of("system", "atom"), flat);
  }

  /** Returns the samples of the rows. */
  public Labels samples() {
    return samples;
  }

  /**
   * Returns the rows' values on the tape.
   *
   * @param atomic what each atom of all systems has, {@code [atoms, …]}
   * @return {@code [rows, …]}: those of the rows' atoms, or their sums
   */
  public Tensor values(Tensor atomic) {
    return atomic
        .indexSelect(0, Tensor.of(atoms, atoms.length))
        .segmentSum(Tensor.of(rowOfAtom, rowOfAtom.length), samples.size());
  }

  /**
   * Returns the output in the layout of metatomic: one block, without components.
   *
   * @param property the name of the property, such as {@code "energy"}
   * @param atomic what each atom of all systems has, {@code [atoms]} or {@code [atoms, properties]}
   */
  public TensorMap map(String property, Tensor atomic) {
    Tensor values = values(atomic.rank() == 1 ? atomic.unsqueeze(1) : atomic);
    TensorBlock block =
        TensorBlock.of(values, samples, List.of(), Labels.range(property, values.dim(1)));
    return TensorMap.of(Labels.single(), List.of(block));
  }
}
