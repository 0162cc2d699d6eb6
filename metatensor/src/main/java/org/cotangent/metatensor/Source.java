package org.cotangent.metatensor;

import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A block whose gradient another one's gradient comes from, as seen from there: its values are an
 * independent variable of the tape, and move along the rows of its gradient.
 */
final class Source {
  private final Tensor values;
  private final @Nullable TensorBlock gradient;
  private final int[] target;
  private final boolean inner;
  private @Nullable Tensor rows;

  /**
   * Describes a source.
   *
   * @param values the values of the block, recorded
   * @param gradient its gradient; null if it is held constant
   * @param target for each row of that gradient the row that it becomes part of, or -1
   * @param inner whether the block was not made a source of its own, so that others may have been
   *     computed from the same tensor
   */
  Source(Tensor values, @Nullable TensorBlock gradient, int[] target, boolean inner) {
    this.values = values;
    this.gradient = gradient;
    this.target = target;
    this.inner = inner;
  }

  /** A block that has no such gradient: it does not change. */
  static Source held(Tensor values) {
    return new Source(values, null, new int[0], false);
  }

  Tensor values() {
    return values;
  }

  @Nullable TensorBlock gradient() {
    return gradient;
  }

  int[] target() {
    return target;
  }

  boolean isInner() {
    return inner;
  }

  /**
   * Returns the rows, {@code [rows, extra…, components…, properties]}; if they have gradients
   * themselves, as a variable by which one can move along these.
   */
  synchronized Tensor rows() {
    Tensor known = rows;
    if (known == null) {
      if (gradient == null) {
        throw new IllegalStateException("a source that is held constant has no rows");
      }
      known = gradient.values();
      if (!gradient.gradients().isEmpty()) {
        known = known.variable();
      }
      rows = known;
    }
    return known;
  }

  /** Returns the source with its rows led on: row t of before is row {@code through[t]} now. */
  Source led(int[] through) {
    int[] to = new int[target.length];
    for (int r = 0; r < to.length; r++) {
      to[r] = target[r] < 0 ? -1 : through[target[r]];
    }
    return new Source(values, gradient, to, inner);
  }

  /**
   * Returns this source with also the rows that another route to it leads on; null if the routes
   * lead one row to two places.
   */
  @Nullable Source joinedWith(Source other) {
    int[] both = target.clone();
    if (other.target.length != both.length) {
      return null;
    }
    for (int r = 0; r < both.length; r++) {
      int to = other.target[r];
      if (to >= 0 && both[r] >= 0 && both[r] != to) {
        return null;
      }
      both[r] = both[r] < 0 ? to : both[r];
    }
    return new Source(values, gradient, both, inner || other.inner);
  }
}
