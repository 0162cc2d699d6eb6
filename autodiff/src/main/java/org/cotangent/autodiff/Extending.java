package org.cotangent.autodiff;

import java.util.Arrays;

/** Padding, repetition, and parts of matrices. Axes may be negative, counting from the end. */
public sealed interface Extending permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns the tensor with {@code before} entries of one value before its own along an axis and
   * {@code after} behind them.
   *
   * @throws IllegalArgumentException if a count is negative
   */
  default Tensor pad(int axis, int before, int after, double value) {
    int at = self().shape().axis("pad", axis);
    if (before < 0 || after < 0) {
      throw Errors.shape(
          "pad", self(), "cannot be padded by " + before + " and " + after + " on axis " + axis);
    }
    return before == 0 && after == 0
        ? self()
        : new Shaping.Pad(at, before, after, value).apply(self());
  }

  /**
   * Returns the tensor {@code reps[k]} times one after the other along axis k, as numpy.tile:
   * shapes and repetitions are aligned at the end, the shorter is filled up with ones in front.
   */
  default Tensor tile(int... reps) {
    Tensor x = self();
    int rank = Math.max(x.rank(), reps.length);
    int[] split = new int[2 * rank]; // each axis with an axis of length 1 before it …
    int[] broadcast = new int[2 * rank]; // … which is then stretched …
    int[] tiled = new int[rank]; // … and merged with its axis
    for (int k = 1; k <= rank; k++) {
      int times = k <= reps.length ? reps[reps.length - k] : 1;
      if (times < 0) {
        throw Errors.shape("tile", x, "cannot be repeated " + Arrays.toString(reps) + " times");
      }
      int length = k <= x.rank() ? x.dim(-k) : 1;
      split[2 * (rank - k)] = 1;
      split[2 * (rank - k) + 1] = length;
      broadcast[2 * (rank - k)] = times;
      broadcast[2 * (rank - k) + 1] = length;
      tiled[rank - k] = times * length;
      if ((long) times * length != tiled[rank - k]) {
        throw Errors.shape("tile", x, "is too large to be repeated " + Arrays.toString(reps));
      }
    }
    return x.reshape(Shape.of(split)).broadcastTo(Shape.of(broadcast)).reshape(Shape.of(tiled));
  }

  /** Returns every entry along an axis {@code times} times in place, as numpy.repeat. */
  default Tensor repeat(int axis, int times) {
    Tensor x = self();
    int at = x.shape().axis("repeat", axis);
    if (times < 0) {
      throw Errors.shape("repeat", x, "cannot be repeated " + times + " times");
    }
    Shape repeated = x.shape().with("repeat", at, (long) x.dim(at) * times);
    return x.unsqueeze(at + 1).broadcastTo(x.shape().insert(at + 1, times)).reshape(repeated);
  }

  /** Returns entry k along an axis {@code times[k]} times in place, as numpy.repeat. */
  default Tensor repeat(int axis, int[] times) {
    Tensor x = self();
    int at = x.shape().axis("repeat", axis);
    if (times.length != x.dim(at)) {
      throw Errors.shape(
          "repeat",
          x,
          "has " + x.dim(at) + " entries on axis " + axis + ", got " + times.length + " counts");
    }
    long total = 0;
    for (int count : times) {
      if (count < 0) {
        throw Errors.shape("repeat", x, "cannot be repeated " + count + " times");
      }
      total += count;
    }
    int[] index = new int[x.shape().with("repeat", at, total).dim(at)];
    int filled = 0;
    for (int k = 0; k < times.length; k++) {
      Arrays.fill(index, filled, filled + times[k], k);
      filled += times[k];
    }
    return x.indexSelect(at, new Tensor(DType.INT32, Shape.of(index.length), index));
  }

  /** Returns the entries on and below the k-th diagonal of the last two axes, zero elsewhere. */
  default Tensor tril(int k) {
    return triangle("tril", k, true);
  }

  /** Returns the entries on and above the k-th diagonal of the last two axes, zero elsewhere. */
  default Tensor triu(int k) {
    return triangle("triu", k, false);
  }

  private Tensor triangle(String operation, int k, boolean lower) {
    Tensor x = self();
    if (x.rank() < 2) {
      throw Errors.shape(operation, x, "is not that of a matrix");
    }
    int rows = x.dim(-2);
    int columns = x.dim(-1);
    boolean[] kept = new boolean[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        kept[i * columns + j] = lower ? j - i <= k : j - i >= k;
      }
    }
    return Tensor.of(kept, rows, columns).where(x, Tensor.zeros(x.dtype(), Shape.SCALAR));
  }

  /** Returns the main diagonal of the last two axes, as the last axis. */
  default Tensor diagonal() {
    return diagonal(0, -2, -1);
  }

  /**
   * Returns a diagonal of two axes, as the last axis of the result; positive offsets lie above the
   * main diagonal, as in numpy.diagonal.
   *
   * @throws IllegalArgumentException if the two axes are the same
   */
  default Tensor diagonal(int offset, int axis1, int axis2) {
    Tensor x = self();
    int row = x.shape().axis("diagonal", axis1);
    int column = x.shape().axis("diagonal", axis2);
    if (row == column) {
      throw Errors.shape("diagonal", x, "needs two different axes, got " + axis1 + " and " + axis2);
    }
    int rank = x.rank();
    int[] order = new int[rank]; // the two axes moved to the end
    int next = 0;
    for (int k = 0; k < rank; k++) {
      if (k != row && k != column) {
        order[next++] = k;
      }
    }
    order[rank - 2] = row;
    order[rank - 1] = column;
    boolean inPlace = row == rank - 2 && column == rank - 1;
    Tensor matrices = inPlace ? x : x.transpose(order);
    int rows = matrices.dim(-2);
    int columns = matrices.dim(-1);
    long start = offset >= 0 ? offset : -(long) offset * columns;
    int count =
        (int) Math.max(0, Math.min(rows + Math.min(0L, offset), columns - Math.max(0L, offset)));
    // in a row-major matrix neighbors on a diagonal are one row and one column apart
    Shape flat = matrices.shape().without(-1).without(-1).insert(rank - 2, rows * columns);
    Tensor entries = matrices.reshape(flat);
    return count == 0
        ? entries.slice(-1, 0, 0)
        : entries.slice(
            -1, (int) start, (int) start + (count - 1) * (columns + 1) + 1, columns + 1);
  }

  /**
   * Returns the sum of the main diagonal of a matrix, a scalar.
   *
   * @throws IllegalArgumentException if this is not a matrix
   */
  default Tensor trace() {
    if (self().rank() != 2) {
      throw Errors.shape("trace", self(), "is not that of a matrix");
    }
    return diagonal().sum();
  }
}
