package org.cotangent.autodiff;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

/**
 * Picking entries along an axis by an index vector, and adding them back. The family is closed
 * under differentiation: picking and adding are each other's adjoint.
 */
sealed interface Indexing extends Primitive
    permits Indexing.IndexSelect,
        Indexing.IndexAdd,
        Indexing.SegmentSum,
        SegmentMax,
        Gather,
        ScatterAdd {

  /** Applies the primitive and records it. */
  default Tensor apply(Tensor... operands) {
    Tensor value = evaluate(operands);
    return Tensor.result(value.dtype, value.shape, value.data, this, operands);
  }

  @Override
  default boolean isDifferentiable(int operand) {
    return operand == 0;
  }

  /**
   * Checks an index vector and returns its entries.
   *
   * @throws IllegalArgumentException naming the first entry that is not below {@code length}
   */
  static int[] checked(String operation, Tensor index, int length) {
    if (index.rank() != 1) {
      throw new IllegalArgumentException(
          operation + " needs a vector of i32 or i64 as index, got " + index.dtype + index.shape);
    }
    return entries(operation, index, length);
  }

  /** As {@link #checked}, for an index of any shape. */
  static int[] entries(String operation, Tensor index, int length) {
    switch (index.dtype) {
      case INT32 -> {
        int[] entries = (int[]) index.data;
        int signs = 0; // negative once an entry is negative or too large
        for (int entry : entries) {
          signs |= entry | (length - 1 - entry);
        }
        if (signs < 0) {
          for (int k = 0; k < entries.length; k++) {
            if (entries[k] < 0 || entries[k] >= length) {
              throw outOfRange(operation, k, entries[k], length);
            }
          }
        }
        return entries;
      }
      case INT64 -> {
        long[] wide = (long[]) index.data;
        int[] entries = new int[wide.length];
        for (int k = 0; k < entries.length; k++) {
          if (wide[k] < 0 || wide[k] >= length) {
            throw outOfRange(operation, k, wide[k], length);
          }
          entries[k] = (int) wide[k];
        }
        return entries;
      }
      default ->
          throw new IllegalArgumentException(
              operation + " needs an index of i32 or i64, got " + index.dtype + index.shape);
    }
  }

  private static IllegalArgumentException outOfRange(
      String operation, int position, long entry, int length) {
    return new IllegalArgumentException(
        operation
            + ": entry "
            + position
            + " of the index is "
            + entry
            + (length <= 0
                ? ", the axis has no entries"
                : ", the axis has entries 0 to " + (length - 1)));
  }

  /** Operands: x, index [k]. Entry j of the result along the axis is entry index[j] of x. */
  record IndexSelect(int axis) implements Indexing {
    @Override
    public String label() {
      return "index_select";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      int count = x.shape.dim(axis);
      int[] index = checked(label(), operands[1], count);
      Shape shape = x.shape.with(label(), axis, index.length);
      Object out = Workspace.array(x.dtype, shape.size());
      int length = shape.sizeAfter(axis) * x.dtype.width();
      Picking.rows(x.data, shape.sizeBefore(axis), count, length, index, out);
      return new Tensor(x.dtype, shape, out);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return new IndexAdd(axis).apply(cotangent, operands[1], operands[0]);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return apply(tangent, operands[1]);
    }
  }

  /**
   * Operands: x, index [k], like. Zeros of the shape of {@code like}, with entry j of x along the
   * axis added at entry index[j]; additions are made in the order of j.
   */
  record IndexAdd(int axis) implements Indexing {
    @Override
    public String label() {
      return "index_add";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      return add(label(), operands[0], operands[1], axis, operands[2].shape.dim(axis));
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return new IndexSelect(axis).apply(cotangent, operands[1]);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return apply(tangent, operands[1], operands[2]);
    }
  }

  /** Operands: x [n, …], ids [n]. Row k of the result is the sum of the rows of x with id k. */
  record SegmentSum(int segments) implements Indexing {
    @Override
    public String label() {
      return "segment_sum";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      return SegmentAddition.isLarge(operands[0])
          ? SegmentAddition.of(operands[0], operands[1], segments)
          : add(label(), operands[0], operands[1], 0, segments);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return new IndexSelect(0).apply(cotangent, operands[1]);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return apply(tangent, operands[1]);
    }
  }

  private static Tensor add(String operation, Tensor x, Tensor ids, int axis, int count) {
    int[] index = checked(operation, ids, count);
    if (x.rank() == 0 || x.shape.dim(axis) != index.length) {
      throw Errors.shapes(
          operation, x, ids, "axis " + axis + " of the first must be as long as the index");
    }
    Shape shape = x.shape.with(operation, axis, count);
    int length = shape.sizeAfter(axis);
    int outer = shape.sizeBefore(axis);
    switch (x.dtype) {
      case FLOAT64 -> {
        double[] a = (double[]) x.data;
        double[] out = Workspace.zeroDoubles(shape.size());
        for (int o = 0; o < outer; o++) {
          if (length == 1) {
            addElements(a, o * index.length, index, out, o * count);
          } else {
            for (int k = 0; k < index.length; k++) {
              int from = (o * index.length + k) * length;
              KERNELS.accumulate(a, from, out, (o * count + index[k]) * length, length);
            }
          }
        }
        return new Tensor(x.dtype, shape, out);
      }
      case FLOAT32 -> {
        float[] a = (float[]) x.data;
        float[] out = Workspace.zeroFloats(shape.size());
        for (int o = 0; o < outer; o++) {
          if (length == 1) {
            addElements(a, o * index.length, index, out, o * count);
          } else {
            for (int k = 0; k < index.length; k++) {
              int from = (o * index.length + k) * length;
              KERNELS.accumulate(a, from, out, (o * count + index[k]) * length, length);
            }
          }
        }
        return new Tensor(x.dtype, shape, out);
      }
      default -> throw Errors.notFloating(operation, x);
    }
  }

  /** Elements that go to one place in a row are added up before it is written. */
  private static void addElements(double[] x, int from, int[] index, double[] out, int to) {
    for (int k = 0; k < index.length; ) {
      int place = index[k];
      double sum = out[to + place];
      do {
        sum += x[from + k++];
      } while (k < index.length && index[k] == place);
      out[to + place] = sum;
    }
  }

  /** Elements that go to one place in a row are added up before it is written. */
  private static void addElements(float[] x, int from, int[] index, float[] out, int to) {
    for (int k = 0; k < index.length; ) {
      int place = index[k];
      float sum = out[to + place];
      do {
        sum += x[from + k++];
      } while (k < index.length && index[k] == place);
      out[to + place] = sum;
    }
  }
}
