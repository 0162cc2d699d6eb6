package org.cotangent.metatensor;

import java.util.List;

/** How labels are made from other labels. */
public sealed interface LabelsOperations permits Labels {
  private Labels self() {
    return (Labels) this;
  }

  // ---------------------------------------------------------------------------- sets

  /**
   * Returns the rows of these labels and then those of the others that are not here, each in their
   * own order.
   *
   * @throws IllegalArgumentException if the names differ, also if only in their order
   */
  default Labels.Mapped union(Labels other) {
    return LabelsSets.union(self(), other);
  }

  /**
   * Returns the rows that both have, in the order of the labels with fewer rows (of these, if both
   * have as many).
   *
   * @throws IllegalArgumentException if the names differ, also if only in their order
   */
  default Labels.Mapped intersection(Labels other) {
    return LabelsSets.intersection(self(), other);
  }

  /**
   * Returns the rows of these labels that the others do not have, in their order. The second
   * mapping is -1 everywhere.
   *
   * @throws IllegalArgumentException if the names differ, also if only in their order
   */
  default Labels.Mapped difference(Labels other) {
    return LabelsSets.difference(self(), other);
  }

  // ---------------------------------------------------------------------------- groups, rows

  /**
   * Puts rows with equal values in these dimensions into one group.
   *
   * <p>Without any name all rows make one group, {@code _ = 0} (and no rows make none, with labels
   * without dimensions).
   *
   * @throws IllegalArgumentException if a dimension is not here or named twice
   */
  default Labels.Grouping groupBy(List<String> names) {
    return LabelsDimensions.groupBy(self(), names);
  }

  /**
   * Returns labels of some rows, in the order given.
   *
   * @throws IllegalArgumentException if there is no such row or one is given twice
   */
  default Labels rows(int[] indices) {
    return LabelsDimensions.rows(self(), indices);
  }

  // ---------------------------------------------------------------------------- dimensions

  /**
   * Returns labels with one more dimension.
   *
   * @param index the place of the new dimension, 0 to {@link Labels#width}
   * @param values its value for each entry, {@code [size]}
   * @throws IllegalArgumentException if the index is out of range, the name is not valid or taken,
   *     or there is not one value for each entry
   */
  default Labels insert(int index, String name, int[] values) {
    return LabelsDimensions.insert(self(), index, name, values);
  }

  /** Returns labels with one more dimension after the last; see {@link #insert}. */
  default Labels append(String name, int[] values) {
    return insert(self().width(), name, values);
  }

  /**
   * Returns labels with the dimensions in another order.
   *
   * @param dimensions for each new dimension the index of the old one; negative ones count from the
   *     end
   * @throws IllegalArgumentException if this is not a permutation
   */
  default Labels permute(int... dimensions) {
    return LabelsDimensions.permute(self(), dimensions);
  }

  /**
   * Returns labels without a dimension.
   *
   * @throws IllegalArgumentException if there is no such dimension, if it is the only one, or if
   *     two rows would be equal without it
   */
  default Labels remove(String name) {
    return LabelsDimensions.remove(self(), name);
  }

  /**
   * Returns labels with another name for a dimension.
   *
   * @throws IllegalArgumentException if there is no such dimension, or the new name is not valid or
   *     taken
   */
  default Labels rename(String old, String name) {
    return LabelsDimensions.rename(self(), old, name);
  }
}
