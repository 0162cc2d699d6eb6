package org.cotangent.autodiff;

/**
 * Operands: x, index of the same rank and no longer than x on the other axes. Element p of the
 * result, which has the shape of the index, is x at p with its entry on the axis replaced by
 * index[p].
 */
record Gather(int axis) implements Indexing {
  @Override
  public String label() {
    return "gather";
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    Tensor x = operands[0];
    Tensor index = operands[1];
    Object out = Workspace.array(x.dtype, index.size());
    int width = x.dtype.width();
    if (x.rank() == index.rank() && x.shape.with(axis, 0).equals(index.shape.with(axis, 0))) {
      int count = x.shape.dim(axis);
      int[] entries = Indexing.entries(label(), index, count);
      int outer = x.shape.sizeBefore(axis);
      Picking.elements(x.data, outer, count, x.shape.sizeAfter(axis), entries, width, out);
    } else {
      int[] from = positions(label(), x, index, axis);
      Picking.elements(x.data, 1, from.length, 1, from, width, out);
    }
    return new Tensor(x.dtype, index.shape, out);
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    return new ScatterAdd(axis).apply(cotangent, operands[1], operands[0]);
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return apply(tangent, operands[1]);
  }

  /** Where in {@code x} each element of the index points, in row-major order. */
  static int[] positions(String operation, Tensor x, Tensor index, int axis) {
    boolean fits = x.rank() == index.rank();
    for (int k = 0; k < x.rank() && fits; k++) {
      fits = k == axis || index.shape.dim(k) <= x.shape.dim(k);
    }
    if (!fits) {
      throw Errors.shapes(
          operation,
          x,
          index,
          "the index needs the same rank, and may be longer only on axis " + axis);
    }
    int[] positions = Indexing.entries(operation, index, x.shape.dim(axis)).clone();
    int rank = x.rank();
    int[] strides = x.shape.strides();
    int[] at = new int[rank];
    int base = 0; // of the current element without its entry on the axis
    for (int i = 0; i < positions.length; i++) {
      positions[i] = base + positions[i] * strides[axis];
      for (int k = rank - 1; k >= 0; k--) {
        int stride = k == axis ? 0 : strides[k];
        base += stride;
        if (++at[k] < index.shape.dim(k)) {
          break;
        }
        base -= stride * at[k];
        at[k] = 0;
      }
    }
    return positions;
  }
}
