package org.cotangent.atomistic;

import java.util.Arrays;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

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
 * Lengths are in the unit of whoever made the system; readers of files use ångström. A system may
 * be empty. A periodic direction whose row is zero and a singular cell are accepted here, as
 * metatomic does; a neighbor list refuses them. Positions and cell must be finite.
 *
 * <p>The name is the field's own and hides {@link java.lang.System} where this class is imported.
 */
public final class System {
  private final int[] types;
  private final Tensor positions;
  private final Tensor cell;
  private final boolean[] pbc;

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
    this(types.clone(), positions, cell, Tensor.of(pbc, pbc.length), true);
  }

  private System(int[] types, Tensor positions, Tensor cell, Tensor pbc, boolean owned) {
    checkPositions(types.length, positions);
    checkCell(cell, positions.dtype());
    checkPbc(pbc);
    this.types = types;
    this.positions = positions;
    this.cell = cell;
    this.pbc = (boolean[]) TensorData.of(pbc);
    for (int axis = 0; axis < 3; axis++) {
      checkRow(axis);
    }
    checkFinite("positions", "atom", positions);
    checkFinite("cell", "row", cell);
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
    return new System(typesOf(types), positions, cell, pbc, true);
  }

  /**
   * Returns a system without periodicity: its cell is zero.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public static System molecule(int[] types, Tensor positions) {
    checkPositions(types.length, positions);
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
   * Returns this system with other positions, of the same shape and type.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public System withPositions(Tensor positions) {
    return new System(types, positions, cell, Tensor.of(pbc, 3), true);
  }

  /**
   * Returns this system with another cell, of the same type, and the same periodic directions.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public System withCell(Tensor cell) {
    return new System(types, positions, cell, Tensor.of(pbc, 3), true);
  }

  /**
   * Returns this system with positions and cell rounded to the given type, as constants; the system
   * itself when it has that type already.
   *
   * @throws IllegalArgumentException if the type is neither float64 nor float32
   */
  public System to(DType dtype) {
    if (dtype == dtype()) {
      return this;
    }
    return new System(
        types, converted(positions, dtype), converted(cell, dtype), Tensor.of(pbc, 3), true);
  }

  private static Tensor converted(Tensor tensor, DType dtype) {
    Object data =
        switch (dtype) {
          case FLOAT64 -> tensor.toDoubleArray();
          case FLOAT32 -> tensor.toFloatArray();
          default ->
              throw new IllegalArgumentException(
                  "a system can be float64 or float32, not " + dtype);
        };
    return TensorData.wrap(dtype, tensor.shape(), data);
  }

  @Override
  public String toString() {
    String start = "System with " + size() + " atoms, ";
    if (!pbc[0] && !pbc[1] && !pbc[2]) {
      return start + "non periodic";
    }
    return start + "periodic cell: " + Arrays.toString(cell.toDoubleArray());
  }

  // -------------------------------------------------------------------------------- checks

  private static int[] typesOf(Tensor types) {
    if (types.rank() != 1) {
      throw new IllegalArgumentException(
          "types must have shape [atoms], they have shape " + types.shape());
    }
    int[] out = new int[types.size()];
    switch (types.dtype()) {
      case INT32, INT64, INT16, INT8, UINT64, UINT32, UINT16, UINT8 -> {
        for (int i = 0; i < out.length; i++) {
          double type = types.at(i);
          out[i] = (int) type;
          if (out[i] != type) {
            throw new IllegalArgumentException(
                "the type of atom " + i + ", " + type + ", does not fit into 32 bits");
          }
        }
      }
      default ->
          throw new IllegalArgumentException("types must be integers, they are " + types.dtype());
    }
    return out;
  }

  private static void checkPositions(int atoms, Tensor positions) {
    if (!positions.shape().equals(Shape.of(atoms, 3))) {
      throw new IllegalArgumentException(
          "positions must have shape ["
              + atoms
              + ", 3] for "
              + atoms
              + " types, they have shape "
              + positions.shape());
    }
    if (!positions.dtype().isDifferentiable()) {
      throw new IllegalArgumentException(
          "positions must be float64 or float32, they are " + positions.dtype());
    }
  }

  private static void checkCell(Tensor cell, DType dtype) {
    if (!cell.shape().equals(Shape.of(3, 3))) {
      throw new IllegalArgumentException(
          "the cell must have shape [3, 3], it has shape " + cell.shape());
    }
    if (cell.dtype() != dtype) {
      throw new IllegalArgumentException(
          "the cell must be of the same type as the positions, they are "
              + cell.dtype()
              + " and "
              + dtype);
    }
  }

  private static void checkPbc(Tensor pbc) {
    if (!pbc.shape().equals(Shape.of(3))) {
      throw new IllegalArgumentException("pbc must have shape [3], it has shape " + pbc.shape());
    }
    if (pbc.dtype() != DType.BOOL) {
      throw new IllegalArgumentException("pbc must be bool, it is " + pbc.dtype());
    }
  }

  private void checkRow(int axis) {
    double x = cell.at(3 * axis);
    double y = cell.at(3 * axis + 1);
    double z = cell.at(3 * axis + 2);
    if (!pbc[axis] && (x != 0 || y != 0 || z != 0)) {
      throw new IllegalArgumentException(
          "direction "
              + axis
              + " is not periodic, so row "
              + axis
              + " of the cell must be zero, it is ["
              + x
              + ", "
              + y
              + ", "
              + z
              + "]");
    }
  }

  private static void checkFinite(String what, String row, Tensor values) {
    for (int i = 0; i < values.size(); i++) {
      double value = values.at(i);
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            what
                + " must be finite, "
                + row
                + " "
                + i / 3
                + " has "
                + "xyz".charAt(i % 3)
                + " = "
                + value);
      }
    }
  }
}
