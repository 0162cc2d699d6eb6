package org.cotangent.atomistic;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.cotangent.atomistic.neighbors.NeighborBlocks;
import org.cotangent.atomistic.neighbors.NeighborListOptions;
import org.cotangent.atomistic.units.Quantities;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * An immutable set of atoms, alone or repeated periodically: what a model computes on.
 *
 * <ul>
 *   <li>{@code types}: one integer per atom, usually the atomic number (see {@link Elements});
 *   <li>{@code positions}: {@code [atoms, 3]}, float64 or float32, not wrapped into the cell;
 *   <li>{@code cell}: {@code [3, 3]}, of the same type, whose <b>rows</b> are the lattice vectors;
 *   <li>{@code pbc}: which of the three lattice directions are periodic. The row of a direction
 *       that is not must be zero.
 * </ul>
 *
 * Besides, a system carries the neighbor lists that were computed for it and custom data by name.
 *
 * <p>Lengths are in the unit of whoever made the system; readers of files use ångström. A system
 * may be empty. A periodic direction whose row is zero and a singular cell are accepted here, as
 * metatomic does; a neighbor list refuses them. Positions and cell must be finite.
 *
 * <p>The name is the field's own and hides {@link java.lang.System} where this class is imported.
 */
public final class System {
  private static final Comparator<NeighborListOptions> LIST_ORDER =
      Comparator.comparing(NeighborListOptions::strict)
          .thenComparing(NeighborListOptions::fullList)
          .thenComparing(NeighborListOptions::cutoff);

  private final int[] types;
  private final Tensor positions;
  private final Tensor cell;
  private final boolean[] pbc;
  private final SequencedMap<NeighborListOptions, TensorBlock> neighborLists;
  private final SequencedMap<String, TensorMap> data;

  /**
   * Creates a system.
   *
   * @param types the atomic types, copied
   * @param positions {@code [types.length, 3]}, float64 or float32
   * @param cell {@code [3, 3]}, of the type of {@code positions}; rows are lattice vectors
   * @param pbc three flags, copied
   * @throws IllegalArgumentException if a shape or type is another, if the cell row of a direction
   *     without periodicity is not exactly zero, or if a number is not finite
   */
  public System(int[] types, Tensor positions, Tensor cell, boolean[] pbc) {
    this(types.clone(), positions, cell, Tensor.of(pbc, pbc.length), Map.of(), Map.of());
  }

  private System(
      int[] types,
      Tensor positions,
      Tensor cell,
      Tensor pbc,
      Map<NeighborListOptions, TensorBlock> neighborLists,
      Map<String, TensorMap> data) {
    SystemChecks.checkPositions(types.length, positions);
    SystemChecks.checkCell(cell, positions.dtype());
    SystemChecks.checkPbc(pbc);
    this.types = types;
    this.positions = positions;
    this.cell = cell;
    this.pbc = (boolean[]) TensorData.of(pbc);
    for (int axis = 0; axis < 3; axis++) {
      SystemChecks.checkRow(axis, cell, this.pbc[axis]);
    }
    SystemChecks.checkFinite("positions", "atom", positions);
    SystemChecks.checkFinite("cell", "row", cell);
    SequencedMap<NeighborListOptions, TensorBlock> lists = new TreeMap<>(LIST_ORDER);
    lists.putAll(neighborLists);
    this.neighborLists = Collections.unmodifiableSequencedMap(lists);
    this.data = Collections.unmodifiableSequencedMap(new TreeMap<>(data));
  }

  /**
   * Creates a system from tensors.
   *
   * @param types {@code [atoms]}, integers of any width, which must fit into 32 bits
   * @param positions {@code [atoms, 3]}, float64 or float32
   * @param cell {@code [3, 3]}, of the type of {@code positions}
   * @param pbc {@code [3]}, bool
   * @throws IllegalArgumentException as the constructor, and if {@code types} are not integers
   */
  public static System of(Tensor types, Tensor positions, Tensor cell, Tensor pbc) {
    return new System(SystemChecks.typesOf(types), positions, cell, pbc, Map.of(), Map.of());
  }

  /**
   * Returns a system without periodicity: its cell is zero.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public static System molecule(int[] types, Tensor positions) {
    SystemChecks.checkPositions(types.length, positions);
    return new System(types, positions, Tensor.zeros(positions.dtype(), 3, 3), new boolean[3]);
  }

  /** Returns the number of atoms. */
  public int size() {
    return types.length;
  }

  /** Returns a copy of the atomic types. */
  public int[] types() {
    return types.clone();
  }

  /** Returns the type of one atom. */
  public int type(int atom) {
    return types[atom];
  }

  /** Returns the positions, {@code [atoms, 3]}. */
  public Tensor positions() {
    return positions;
  }

  /** Returns the cell, {@code [3, 3]}, whose rows are the lattice vectors. */
  public Tensor cell() {
    return cell;
  }

  /** Returns a copy of the three flags that say which lattice directions are periodic. */
  public boolean[] pbc() {
    return pbc.clone();
  }

  /** Returns whether a lattice direction (0, 1 or 2) is periodic. */
  public boolean pbc(int direction) {
    return pbc[direction];
  }

  /** Returns the type of positions and cell: float64 or float32. */
  public DType dtype() {
    return positions.dtype();
  }

  /**
   * Returns the volume of the cell, |det(cell)|.
   *
   * @throws IllegalStateException if one of the directions is not periodic
   */
  public double volume() {
    if (!(pbc[0] && pbc[1] && pbc[2])) {
      throw new IllegalStateException(
          "a volume needs three periodic directions, this system has pbc = "
              + Arrays.toString(pbc));
    }
    double[] c = cell.toDoubleArray();
    return Math.abs(
        c[0] * (c[4] * c[8] - c[5] * c[7])
            + c[1] * (c[5] * c[6] - c[3] * c[8])
            + c[2] * (c[3] * c[7] - c[4] * c[6]));
  }

  /**
   * Returns this system with other positions, of the same shape and type, and the same custom data.
   * Neighbor lists are left behind: their vectors belong to the positions that they were computed
   * for.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public System withPositions(Tensor positions) {
    return new System(types, positions, cell, Tensor.of(pbc, 3), Map.of(), data);
  }

  /**
   * Returns this system with another cell, of the same type, and the same periodic directions and
   * custom data. Neighbor lists are left behind, as in {@link #withPositions}.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public System withCell(Tensor cell) {
    return new System(types, positions, cell, Tensor.of(pbc, 3), Map.of(), data);
  }

  /**
   * Returns this system with positions, cell, neighbor lists and custom data rounded to the given
   * type, as constants; the system itself when it has that type already.
   *
   * @throws IllegalArgumentException if the type is neither float64 nor float32
   */
  public System to(DType dtype) {
    if (dtype == dtype()) {
      return this;
    }
    Map<NeighborListOptions, TensorBlock> lists = new TreeMap<>(LIST_ORDER);
    neighborLists.forEach((options, block) -> lists.put(options, converted(block, dtype)));
    Map<String, TensorMap> maps = new TreeMap<>();
    data.forEach((name, map) -> maps.put(name, converted(map, dtype)));
    return new System(
        types, converted(positions, dtype), converted(cell, dtype), Tensor.of(pbc, 3), lists, maps);
  }

  private static TensorMap converted(TensorMap map, DType dtype) {
    return TensorMap.of(
        map.keys(),
        map.blocks().stream().map(block -> converted(block, dtype)).toList(),
        map.info());
  }

  private static TensorBlock converted(TensorBlock block, DType dtype) {
    TensorBlock result =
        TensorBlock.of(
            converted(block.values(), dtype),
            block.samples(),
            block.components(),
            block.properties());
    for (Map.Entry<String, TensorBlock> gradient : block.gradients().entrySet()) {
      result = result.withGradient(gradient.getKey(), converted(gradient.getValue(), dtype));
    }
    return result;
  }

  private static Tensor converted(Tensor tensor, DType dtype) {
    Object array =
        switch (dtype) {
          case FLOAT64 -> tensor.toDoubleArray();
          case FLOAT32 -> tensor.toFloatArray();
          default ->
              throw new IllegalArgumentException(
                  "a system can be float64 or float32, not " + dtype);
        };
    return TensorData.wrap(dtype, tensor.shape(), array);
  }

  // ------------------------------------------------------------------- neighbor lists and data

  /**
   * Returns this system with one more neighbor list.
   *
   * @param options what the list was asked for with
   * @param block the pairs, see {@link NeighborBlocks}; that its vectors are right is for {@link
   *     NeighborBlocks#checkVectors} to check
   * @throws IllegalArgumentException if the block has not the labels of a neighbor list or another
   *     type than the system, or if there is a list for equal options already
   */
  public System withNeighborList(NeighborListOptions options, TensorBlock block) {
    NeighborBlocks.checkLabels(block, dtype());
    if (neighborLists.containsKey(options)) {
      throw new IllegalArgumentException(
          "the system has a neighbor list for " + options + " already");
    }
    Map<NeighborListOptions, TensorBlock> lists = new TreeMap<>(LIST_ORDER);
    lists.putAll(neighborLists);
    lists.put(options, block);
    return new System(types, positions, cell, Tensor.of(pbc, 3), lists, data);
  }

  /**
   * Returns the neighbor list for these options.
   *
   * @throws IllegalArgumentException if there is none
   */
  public TensorBlock neighborList(NeighborListOptions options) {
    TensorBlock block = neighborLists.get(options);
    if (block == null) {
      throw new IllegalArgumentException(
          "the system has no neighbor list for "
              + options
              + ", only for "
              + neighborLists.keySet()
              + ": add it with withNeighborList");
    }
    return block;
  }

  /**
   * Returns all neighbor lists, ordered by {@code strict}, {@code fullList} and {@code cutoff}: the
   * order of metatomic.
   */
  public SequencedMap<NeighborListOptions, TensorBlock> neighborLists() {
    return neighborLists;
  }

  /**
   * Returns this system with one more piece of custom data, such as what a model requests from its
   * engine beyond types, positions and cell.
   *
   * @param name the name of a quantity, see {@link Quantities#checkDataName}
   * @param map of the type of the system; {@code info} may name the unit as {@code "unit"}
   * @throws IllegalArgumentException if the name is not allowed or taken, or the type is another
   */
  public System withData(String name, TensorMap map) {
    Quantities.checkDataName(name);
    if (data.containsKey(name)) {
      throw new IllegalArgumentException(
          "the system has data called '" + name + "' already: replace it with replaceData");
    }
    return replaceData(name, map);
  }

  /**
   * As {@link #withData}, in place of the data of that name if there is some.
   *
   * @throws IllegalArgumentException if the name is not allowed, or the type is another
   */
  public System replaceData(String name, TensorMap map) {
    Quantities.checkDataName(name);
    if (map.size() > 0 && map.block(0).dtype() != dtype()) {
      throw new IllegalArgumentException(
          "data of a system must be of its type, '"
              + name
              + "' and the system are "
              + map.block(0).dtype()
              + " and "
              + dtype());
    }
    Map<String, TensorMap> maps = new TreeMap<>(data);
    maps.put(name, map);
    return new System(types, positions, cell, Tensor.of(pbc, 3), neighborLists, maps);
  }

  /**
   * Returns a piece of custom data.
   *
   * @throws IllegalArgumentException if there is none of that name, or it is not one that data may
   *     have
   */
  public TensorMap data(String name) {
    Quantities.checkDataName(name);
    TensorMap map = data.get(name);
    if (map == null) {
      throw new IllegalArgumentException(
          "the system has no data called '" + name + "', only " + data.keySet());
    }
    return map;
  }

  /** Returns all custom data by name, in alphabetical order. */
  public SequencedMap<String, TensorMap> data() {
    return data;
  }

  @Override
  public String toString() {
    String start = "System with " + size() + " atoms, ";
    if (!pbc[0] && !pbc[1] && !pbc[2]) {
      return start + "non periodic";
    }
    return start + "periodic cell: " + Arrays.toString(cell.toDoubleArray());
  }
}
