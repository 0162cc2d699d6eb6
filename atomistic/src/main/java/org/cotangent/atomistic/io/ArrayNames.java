package org.cotangent.atomistic.io;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the arrays of a data set are called, for files that hold arrays of many frames under names
 * ({@code .npz}, HDF5). The first array that is there counts. Arrays under other names become
 * entries and columns of the frames under the names they have, or the ones given here.
 *
 * @param types names of the atomic types, {@code [atoms]} or {@code [frames, atoms]}: atomic
 *     numbers, or symbols
 * @param positions names of the positions, {@code [frames, atoms, 3]}, or {@code [atoms, 3]} of a
 *     single frame
 * @param cell names of the lattice vectors, {@code [3, 3]}, {@code [frames, 3, 3]} or {@code
 *     [frames, 9]}; there may be none
 * @param pbc names of the three flags that say what is periodic, {@code [3]} or {@code [frames,
 *     3]}; without them, the directions whose lattice vector is not zero
 * @param renamed the name in frames for each name in files that is to be changed. Of several arrays
 *     that would get one name, the one that has it already counts, else the first in alphabetical
 *     order; but one whose shape fits before one whose shape does not. The others keep their names
 * @param labels what labels are made of, by their names in frames: arrays of these names that are
 *     made of something else are left out
 */
public record ArrayNames(
    List<String> types,
    List<String> positions,
    List<String> cell,
    List<String> pbc,
    Map<String, String> renamed,
    Map<String, LabelForm> labels) {

  /**
   * The names of the data sets that are in use: MD17 and its revisions, ANI-1, ANI-1x, SPICE,
   * QM7-X, and those of ASE. Energies and forces that are called {@code E}, {@code energies},
   * {@code dft_total_energy}, {@code F} or {@code force} are called {@code energy} and {@code
   * forces} in frames; other labels, such as {@code wb97x_dz.energy} of ANI-1x, keep their names.
   */
  public static final ArrayNames STANDARD =
      new ArrayNames(
          List.of("nuclear_charges", "z", "Z", "atomic_numbers", "numbers", "species", "atNUM"),
          List.of("coords", "R", "positions", "coordinates", "conformations", "pos", "atXYZ"),
          List.of("cell", "lattice", "box"),
          List.of("pbc"),
          Map.of(
              "E", "energy",
              "energies", "energy",
              "dft_total_energy", "energy",
              "F", "forces",
              "force", "forces"),
          Map.of(
              "energy", LabelForm.NUMBER,
              "forces", LabelForm.VECTORS,
              "stress", LabelForm.MATRIX,
              "virial", LabelForm.MATRIX));

  /** Copies lists and maps. */
  public ArrayNames {
    types = List.copyOf(types);
    positions = List.copyOf(positions);
    cell = List.copyOf(cell);
    pbc = List.copyOf(pbc);
    renamed = Map.copyOf(renamed);
    labels = Map.copyOf(labels);
  }

  /** Returns these names with other ones for the atomic types. */
  public ArrayNames withTypes(String... names) {
    return new ArrayNames(List.of(names), positions, cell, pbc, renamed, labels);
  }

  /** Returns these names with other ones for the positions. */
  public ArrayNames withPositions(String... names) {
    return new ArrayNames(types, List.of(names), cell, pbc, renamed, labels);
  }

  /** Returns these names with other ones for the lattice vectors. */
  public ArrayNames withCell(String... names) {
    return new ArrayNames(types, positions, List.of(names), pbc, renamed, labels);
  }

  /** Returns these names with one more array that has another name in frames. */
  public ArrayNames renaming(String inFile, String inFrames) {
    Map<String, String> more = new HashMap<>(renamed);
    more.put(inFile, inFrames);
    return new ArrayNames(types, positions, cell, pbc, more, labels);
  }

  /** Returns these names with one more label. */
  public ArrayNames withLabel(String inFrames, LabelForm form) {
    Map<String, LabelForm> more = new HashMap<>(labels);
    more.put(inFrames, form);
    return new ArrayNames(types, positions, cell, pbc, renamed, more);
  }

  /** Returns the name in frames of an array of a file. */
  String inFrames(String name) {
    return renamed.getOrDefault(name, name);
  }
}
