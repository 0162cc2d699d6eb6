package org.cotangent.atomistic.io;

import java.util.List;
import org.cotangent.autodiff.Tensor;

/** One value, or a fixed number of values, for each atom of a {@link Frame}. */
public sealed interface Column {
  /** Returns the number of atoms. */
  int atoms();

  /** Returns the number of values for each atom. */
  int width();

  /**
   * Numbers or truth values. Files give float64, int64 and bool.
   *
   * @param values {@code [atoms]} or {@code [atoms, width]}
   */
  record Numbers(Tensor values) implements Column {
    /**
     * @throws IllegalArgumentException if the shape is another
     */
    public Numbers {
      if (values.rank() != 1 && values.rank() != 2) {
        throw new IllegalArgumentException(
            "a column must have shape [atoms] or [atoms, width], it has shape " + values.shape());
      }
    }

    @Override
    public int atoms() {
      return values.dim(0);
    }

    @Override
    public int width() {
      return values.rank() == 1 ? 1 : values.dim(1);
    }
  }

  /**
   * Words.
   *
   * @param values {@code atoms × width} words, all of one atom after the other
   * @param width the number of words for each atom
   */
  record Words(List<String> values, int width) implements Column {
    /**
     * @throws IllegalArgumentException if the number of words is not a multiple of a positive width
     */
    public Words {
      if (width < 1 || values.size() % width != 0) {
        throw new IllegalArgumentException(
            values.size() + " words cannot be divided into rows of " + width);
      }
      values = List.copyOf(values);
    }

    @Override
    public int atoms() {
      return values.size() / width;
    }
  }
}
