package org.cotangent.autodiff;

import java.util.Arrays;

/**
 * The lengths of a tensor's axes, in row-major order. {@code []} is the shape of a scalar, which
 * has one element; an axis may have length 0.
 */
public final class Shape {
  /** The shape {@code []} of a scalar. */
  public static final Shape SCALAR = new Shape(new int[0], 1);

  /** More elements no array is sure to take: virtual machines keep a few words of it. */
  static final int LARGEST_SIZE = Integer.MAX_VALUE - 8;

  /** Sets of axes are bit masks. */
  private static final int LARGEST_RANK = 31;

  private final int[] dims;
  private final int size;

  private Shape(int[] dims, int size) {
    this.dims = dims;
    this.size = size;
  }

  /**
   * Returns the shape with these axis lengths.
   *
   * @throws IllegalArgumentException if a length is negative, if there are more elements than an
   *     array can hold (2³¹-9), or more than 31 axes
   */
  public static Shape of(int... dims) {
    return dims.length == 0 ? SCALAR : wrap(dims.clone());
  }

  /** As {@link #of}, but keeps the array, which nobody may change afterwards. */
  static Shape wrap(int[] dims) {
    if (dims.length > LARGEST_RANK) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(dims) + " has more than " + LARGEST_RANK + " axes");
    }
    long size = 1;
    boolean empty = false;
    for (int dim : dims) {
      if (dim < 0) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(dims) + " has a negative axis length");
      }
      empty |= dim == 0;
      size = Math.min(size * dim, 1L << 31);
    }
    if (size > LARGEST_SIZE && !empty) {
      throw tooLarge("shape " + Arrays.toString(dims) + " has");
    }
    return new Shape(dims, empty ? 0 : (int) size);
  }

  private static IllegalArgumentException tooLarge(String what) {
    return new IllegalArgumentException(
        what + " more than " + LARGEST_SIZE + " elements, which is all that one tensor can hold");
  }

  /** Returns the number of axes. */
  public int rank() {
    return dims.length;
  }

  /** Returns the number of elements. */
  public int size() {
    return size;
  }

  /**
   * Returns the length of an axis; negative axes count from the end.
   *
   * @throws IllegalArgumentException if there is no such axis
   */
  public int dim(int axis) {
    return dims[axis(axis)];
  }

  /**
   * Returns the same axis as a number from 0 to rank-1; negative axes count from the end.
   *
   * @throws IllegalArgumentException if there is no such axis
   */
  public int axis(int axis) {
    int found = axis < 0 ? axis + dims.length : axis;
    if (found < 0 || found >= dims.length) {
      throw new IllegalArgumentException("shape " + this + " has no axis " + axis);
    }
    return found;
  }

  /** As {@link #axis(int)}, with the operation's name in the message. */
  int axis(String operation, int axis) {
    int found = axis < 0 ? axis + dims.length : axis;
    if (found < 0 || found >= dims.length) {
      throw new IllegalArgumentException(operation + ": shape " + this + " has no axis " + axis);
    }
    return found;
  }

  /**
   * Returns a set of axes as a bit mask, with bit k for axis k.
   *
   * @throws IllegalArgumentException if there is no such axis, or one is named twice
   */
  int axisMask(String operation, int[] axes) {
    int mask = 0;
    for (int axis : axes) {
      int bit = 1 << axis(operation, axis);
      if ((mask & bit) != 0) {
        throw new IllegalArgumentException(
            operation + ": axis " + axis + " of shape " + this + " is named twice");
      }
      mask |= bit;
    }
    return mask;
  }

  /** Returns the number of elements that a reduction over these axes puts into one. */
  int sizeAlong(int axes) {
    int product = 1;
    for (int k = 0; k < dims.length; k++) {
      product *= (axes >> k & 1) == 1 ? dims[k] : 1;
    }
    return product;
  }

  /** Returns a copy of the axis lengths. */
  public int[] toArray() {
    return dims.clone();
  }

  /**
   * Returns the number of elements before the given axis: the product of the lengths of [0, axis).
   */
  public int sizeBefore(int axis) {
    int product = 1;
    for (int k = 0; k < axis; k++) {
      product *= dims[k];
    }
    return product;
  }

  /**
   * Returns the number of elements of one entry along an axis: the product of the lengths after it.
   */
  public int sizeAfter(int axis) {
    int product = 1;
    for (int k = axis + 1; k < dims.length; k++) {
      product *= dims[k];
    }
    return product;
  }

  /** Returns this shape with the length of one axis replaced. */
  public Shape with(int axis, int length) {
    int[] changed = dims.clone();
    changed[axis(axis)] = length;
    return wrap(changed);
  }

  /**
   * As {@link #with(int, int)}, for a length that was computed.
   *
   * @throws IllegalArgumentException if a tensor of that shape would be too large; the message
   *     names {@code operation} and this shape
   */
  Shape with(String operation, int axis, long length) {
    int at = axis(operation, axis);
    long others = 1;
    for (int k = 0; k < dims.length; k++) {
      others = k == at ? others : Math.min(others * dims[k], 1L << 31);
    }
    if (length > LARGEST_SIZE || length * others > LARGEST_SIZE) {
      throw tooLarge(
          operation
              + ": shape "
              + this
              + " with "
              + length
              + " entries on axis "
              + at
              + " would have");
    }
    return with(at, (int) length);
  }

  /** Returns this shape without the given axis. */
  public Shape without(int axis) {
    int gone = axis(axis);
    int[] rest = new int[dims.length - 1];
    System.arraycopy(dims, 0, rest, 0, gone);
    System.arraycopy(dims, gone + 1, rest, gone, rest.length - gone);
    return wrap(rest);
  }

  /**
   * Returns this shape with an axis of the given length inserted before {@code axis} (0 to rank).
   */
  public Shape insert(int axis, int length) {
    int[] more = new int[dims.length + 1];
    System.arraycopy(dims, 0, more, 0, axis);
    more[axis] = length;
    System.arraycopy(dims, axis, more, axis + 1, dims.length - axis);
    return wrap(more);
  }

  /** Returns the row-major strides, in elements. */
  public int[] strides() {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int k = dims.length - 1; k >= 0; k--) {
      strides[k] = stride;
      stride *= dims[k];
    }
    return strides;
  }

  /**
   * Returns the shape to which both broadcast by NumPy's rule: aligned at the last axis, equal
   * lengths stay, and a length of 1 stretches to the other.
   *
   * @throws IllegalArgumentException if the shapes do not broadcast; the message names {@code
   *     operation} and both shapes
   */
  public static Shape broadcast(String operation, Shape x, Shape y) {
    if (x == y || Arrays.equals(x.dims, y.dims)) {
      return x;
    }
    int rank = Math.max(x.dims.length, y.dims.length);
    int[] out = new int[rank];
    for (int k = 1; k <= rank; k++) {
      int a = k <= x.dims.length ? x.dims[x.dims.length - k] : 1;
      int b = k <= y.dims.length ? y.dims[y.dims.length - k] : 1;
      if (a != b && a != 1 && b != 1) {
        throw new IllegalArgumentException(
            operation
                + ": shapes "
                + x
                + " and "
                + y
                + " do not broadcast: "
                + a
                + " against "
                + b);
      }
      out[rank - k] = a == 1 ? b : a;
    }
    if (Arrays.equals(out, x.dims)) {
      return x;
    }
    return Arrays.equals(out, y.dims) ? y : broadcast(operation, x, y, out);
  }

  private static Shape broadcast(String operation, Shape x, Shape y, int[] out) {
    double size = 1;
    for (int dim : out) {
      size *= dim;
    }
    if (size > LARGEST_SIZE) {
      throw tooLarge(operation + ": shapes " + x + " and " + y + " broadcast to");
    }
    return wrap(out);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Shape shape && Arrays.equals(dims, shape.dims));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
