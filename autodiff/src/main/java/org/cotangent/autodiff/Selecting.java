package org.cotangent.autodiff;

/** Picking entries by index, and adding them up. Index tensors are vectors of i32 or i64. */
public sealed interface Selecting permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns the entries along an axis that {@code index} names, repeats allowed: entry j of the
   * result is entry {@code index[j]}.
   *
   * @throws IndexOutOfBoundsException if an index is negative or too large
   */
  default Tensor indexSelect(int axis, Tensor index) {
    return new Indexing.IndexSelect(self().shape().axis(axis)).apply(self(), index);
  }

  /** Returns the rows that {@code index} names: {@link #indexSelect} on axis 0. */
  default Tensor rows(int... index) {
    return indexSelect(0, Tensor.of(index, index.length));
  }

  /**
   * Returns {@code [segments, …]}, whose row k is the sum of the rows with {@code ids} k, added in
   * the order in which they stand; 0 where there is none.
   *
   * @param ids one segment per row of this tensor, in any order, from 0 to {@code segments}-1
   */
  default Tensor segmentSum(Tensor ids, int segments) {
    return new Indexing.SegmentSum(segments).apply(self(), ids);
  }
}
