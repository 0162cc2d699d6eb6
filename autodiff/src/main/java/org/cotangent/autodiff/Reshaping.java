package org.cotangent.autodiff;

import java.util.ArrayList;
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
    long known = 1;
    int open = -1;
    for (int k = 0; k < lengths.length; k++) {
      if (lengths[k] != -1) {
        known = Math.min(known * lengths[k], 1L << 31);
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
      lengths[open] = (int) (self().size() / known);
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

  /**
   * Returns the elements repeated to the shape of {@code like}.
   *
   * @throws IllegalArgumentException if this shape does not broadcast to that one
   */
  default Tensor broadcastLike(Tensor like) {
    if (self().shape().equals(like.shape())) {
      return self();
    }
    if (!Shape.broadcast("broadcast_like", self().shape(), like.shape()).equals(like.shape())) {
      throw Errors.shapes("broadcast_like", self(), like, "the first must broadcast to the second");
    }
    return new Shaping.BroadcastLike().apply(self(), like);
  }

  /** Returns the tensor with axes of length 1 inserted at these positions of the result. */
  default Tensor unsqueeze(int... axes) {
    int rank = self().rank() + axes.length;
    int mask = 0;
    for (int axis : axes) {
      int at = axis < 0 ? axis + rank : axis;
      if (at < 0 || at >= rank || (mask >> at & 1) == 1) {
        throw Errors.shape(
            "unsqueeze", self(), "cannot get new axes " + java.util.Arrays.toString(axes));
      }
      mask |= 1 << at;
    }
    return mask == 0 ? self() : new Shaping.Unsqueeze(mask).apply(self());
  }

  /** Returns the tensor without these axes of length 1. */
  default Tensor squeeze(int... axes) {
    int mask = self().shape().axisMask("squeeze", axes);
    for (int axis : axes) {
      if (self().dim(axis) != 1) {
        throw Errors.shape(
            "squeeze", self(), "has " + self().dim(axis) + " entries on axis " + axis + ", not 1");
      }
    }
    return mask == 0 ? self() : new Shaping.Squeeze(mask).apply(self());
  }

  /** Returns the entries in reversed order along these axes. */
  default Tensor flip(int... axes) {
    int mask = self().shape().axisMask("flip", axes);
    return mask == 0 ? self() : new Shaping.Flip(mask).apply(self());
  }

  /**
   * Returns the entries moved by {@code shift} along an axis; those that leave come in at the
   * front.
   */
  default Tensor roll(int axis, int shift) {
    int length = self().dim(self().shape().axis("roll", axis));
    int first = length == 0 ? 0 : Math.floorMod(-shift, length);
    return first == 0
        ? self()
        : Tensor.concatenate(axis, List.of(slice(axis, first, length), slice(axis, 0, first)));
  }

  /**
   * Returns the ranges along the first axes, whole the other axes.
   *
   * @throws IllegalArgumentException if there are more ranges than axes
   */
  default Tensor slice(Span... spans) {
    if (spans.length > self().rank()) {
      throw Errors.shape("slice", self(), "has fewer axes than the " + spans.length + " ranges");
    }
    Tensor part = self();
    for (int axis = 0; axis < spans.length; axis++) {
      int length = part.dim(axis);
      part =
          part.slice(axis, spans[axis].first(length), spans[axis].end(length), spans[axis].step());
    }
    return part;
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
    int length = self().dim(self().shape().axis("slice", axis));
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

  /**
   * Returns consecutive parts of these lengths along an axis.
   *
   * @throws IllegalArgumentException if the lengths do not add up to that of the axis
   */
  default List<Tensor> split(int axis, int... sizes) {
    int length = self().dim(self().shape().axis("split", axis));
    long total = 0;
    for (int size : sizes) {
      total += size < 0 ? Integer.MAX_VALUE : size;
    }
    if (total != length) {
      throw Errors.shape(
          "split",
          self(),
          "has "
              + length
              + " entries on axis "
              + axis
              + ", the parts "
              + java.util.Arrays.toString(sizes)
              + " do not add up to that");
    }
    List<Tensor> parts = new ArrayList<>(sizes.length);
    int start = 0;
    for (int size : sizes) {
      parts.add(slice(axis, start, start + size));
      start += size;
    }
    return parts;
  }
}
