package org.cotangent.autodiff;

import java.util.List;

/** The same elements in another arrangement. Axes may be negative, counting from the end. */
public sealed interface Reshaping permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns the elements in row-major order under another shape; one length may be -1 and is then
   * what remains.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  default Tensor reshape(int... dims) {
    int[] lengths = dims.clone();
    int known = 1;
    int open = -1;
    for (int k = 0; k < lengths.length; k++) {
      if (lengths[k] != -1) {
        known *= lengths[k];
      } else if (open < 0) {
        open = k;
      } else {
        throw new IllegalArgumentException("reshape: only one length may be -1");
      }
    }
    if (open >= 0) {
      if (known == 0 || self().size() % known != 0) {
        throw Errors.shape(
            "reshape", self(), "does not divide into " + java.util.Arrays.toString(dims));
      }
      lengths[open] = self().size() / known;
    }
    return reshape(Shape.wrap(lengths));
  }

  /** Returns the elements in row-major order under another shape of the same size. */
  default Tensor reshape(Shape shape) {
    if (shape.size() != self().size()) {
      throw Errors.shape(
          "reshape",
          self(),
          "has " + self().size() + " elements, " + shape + " has " + shape.size());
    }
    return shape.equals(self().shape()) ? self() : new Shaping.Reshape(shape).apply(self());
  }

  /** Returns the matrix transpose: the last two axes exchanged. */
  default Tensor t() {
    int rank = self().rank();
    if (rank < 2) {
      throw Errors.shape("t", self(), "has no two axes to exchange");
    }
    int[] axes = new int[rank];
    java.util.Arrays.setAll(axes, k -> k);
    axes[rank - 1] = rank - 2;
    axes[rank - 2] = rank - 1;
    return transpose(axes);
  }

  /**
   * Returns the axes in another order: axis k of the result is axis {@code axes[k]} of this tensor.
   *
   * @throws IllegalArgumentException if {@code axes} is not a permutation of all axes
   */
  default Tensor transpose(int... axes) {
    Shape shape = self().shape();
    int seen = 0;
    Integer[] order = new Integer[axes.length];
    for (int k = 0; k < axes.length; k++) {
      order[k] = shape.axis(axes[k]);
      seen |= 1 << order[k];
    }
    if (axes.length != shape.rank() || seen != (1 << axes.length) - 1) {
      throw Errors.shape(
          "transpose",
          self(),
          "needs each of its axes once, got " + java.util.Arrays.toString(axes));
    }
    return new Shaping.Transpose(List.of(order)).apply(self());
  }

  /** Returns the elements repeated to a shape to which this one's broadcasts. */
  default Tensor broadcastTo(Shape shape) {
    if (shape.equals(self().shape())) {
      return self();
    }
    if (!Shape.broadcast("broadcast_to", self().shape(), shape).equals(shape)) {
      throw Errors.shape("broadcast_to", self(), "does not broadcast to " + shape);
    }
    return new Shaping.BroadcastTo(shape).apply(self());
  }

  /** Returns the elements repeated to the shape of {@code like}. */
  default Tensor broadcastLike(Tensor like) {
    return self().shape().equals(like.shape())
        ? self()
        : new Shaping.BroadcastLike().apply(self(), like);
  }

  /** Returns the tensor with an axis of length 1 inserted at this position of the result. */
  default Tensor unsqueeze(int axis) {
    Shape shape = self().shape();
    int at = axis < 0 ? axis + shape.rank() + 1 : axis;
    if (at < 0 || at > shape.rank()) {
      throw Errors.shape("unsqueeze", self(), "has no place for a new axis " + axis);
    }
    return reshape(shape.insert(at, 1));
  }

  /** Returns the tensor without an axis of length 1. */
  default Tensor squeeze(int axis) {
    if (self().dim(axis) != 1) {
      throw Errors.shape("squeeze", self(), "has " + self().dim(axis) + " entries on axis " + axis);
    }
    return reshape(self().shape().without(axis));
  }

  /** Returns entries {@code start} to before {@code stop} along an axis. */
  default Tensor slice(int axis, int start, int stop) {
    return slice(axis, start, stop, 1);
  }

  /**
   * Returns every {@code step}-th entry along an axis from {@code start} to before {@code stop}.
   *
   * @throws IllegalArgumentException unless 0 ≤ start ≤ stop ≤ length and step ≥ 1
   */
  default Tensor slice(int axis, int start, int stop, int step) {
    int length = self().dim(axis);
    if (start < 0 || stop < start || stop > length || step < 1) {
      throw Errors.shape(
          "slice",
          self(),
          "has no entries " + start + " to " + stop + " by " + step + " on axis " + axis);
    }
    return start == 0 && stop == length && step == 1
        ? self()
        : new Shaping.Slice(self().shape().axis(axis), start, stop, step).apply(self());
  }
}
