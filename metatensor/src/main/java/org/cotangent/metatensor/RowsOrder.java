package org.cotangent.metatensor;

/** The order of the rows of a gradient that an operation leads on. */
enum RowsOrder {
  /** Rows come in the order they had, those of the first input first. */
  KEPT,
  /** Rows are in lexicographic order. */
  ASCENDING,
  /** Rows are in the opposite of lexicographic order. */
  DESCENDING;

  /** Returns the order of these labels: the k-th of the result is row {@code indices[k]}. */
  int[] of(Labels labels) {
    int[] order = new int[0];
    switch (this) {
      case KEPT -> order = Indices.range(labels.size());
      case ASCENDING -> order = labels.sortOrder();
      case DESCENDING -> order = Indices.reversed(labels.sortOrder());
    }
    return order;
  }
}
