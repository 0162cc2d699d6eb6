package org.cotangent.atomistic;

import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;

/** What must hold of the tensors that a {@link System} is made of. */
final class SystemChecks {
  private SystemChecks() {}

  /** Returns integers of any width as 32-bit ones. */
  static int[] typesOf(Tensor types) {
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

  static void checkPositions(int atoms, Tensor positions) {
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

  static void checkCell(Tensor cell, DType dtype) {
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

  static void checkPbc(Tensor pbc) {
    if (!pbc.shape().equals(Shape.of(3))) {
      throw new IllegalArgumentException("pbc must have shape [3], it has shape " + pbc.shape());
    }
    if (pbc.dtype() != DType.BOOL) {
      throw new IllegalArgumentException("pbc must be bool, it is " + pbc.dtype());
    }
  }

  /** Checks that the row of a direction without periodicity is zero. */
  static void checkRow(int axis, Tensor cell, boolean periodic) {
    double x = cell.at(3 * axis);
    double y = cell.at(3 * axis + 1);
    double z = cell.at(3 * axis + 2);
    if (!periodic && (x != 0 || y != 0 || z != 0)) {
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

  static void checkFinite(String what, String row, Tensor values) {
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
