package org.cotangent.autodiff;

/**
 * Picking entries by index, and adding them up. Index tensors are of i32 or i64; entries are never
 * negative.
 */
public sealed interface Selecting permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns the entries along an axis that {@code index} names, repeats allowed: entry j of the
   * result is entry {@code index[j]}.
   *
   * @throws IllegalArgumentException if an index is negative or too large
   */
  default Tensor indexSelect(int axis, Tensor index) {
    return new Indexing.IndexSelect(self().shape().axis("index_select", axis)).apply(self(), index);
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

  /**
   * Returns {@code [segments, …]}, whose row k holds the largest values among the rows with {@code
   * ids} k; -∞ where there is none. Equal ones share the gradient evenly.
   *
   * @param ids one segment per row of this tensor, in any order, from 0 to {@code segments}-1
   */
  default Tensor segmentMax(Tensor ids, int segments) {
    return new SegmentMax(segments).apply(self(), ids);
  }

  /**
   * Returns a tensor of the shape of {@code index} whose element p is this tensor's element at p
   * with the entry on {@code axis} replaced by index[p].
   *
   * @param index of the same rank, on the other axes no longer than this tensor
   */
  default Tensor gather(int axis, Tensor index) {
    return new Gather(self().shape().axis("gather", axis)).apply(self(), index);
  }

  /**
   * As {@link #gather}, but this tensor and the index broadcast on the axes other than {@code
   * axis}.
   */
  default Tensor takeAlongAxis(int axis, Tensor index) {
    Tensor x = self();
    int at = x.shape().axis("take_along_axis", axis);
    if (x.rank() != index.rank()) {
      throw Errors.shapes("take_along_axis", x, index, "the index needs the same rank");
    }
    Shape others =
        Shape.broadcast("take_along_axis", x.shape().with(at, 1), index.shape().with(at, 1));
    return new Gather(at)
        .apply(
            x.broadcastTo(others.with(at, x.dim(at))),
            index.broadcastTo(others.with(at, index.dim(at))));
  }

  /**
   * Returns this tensor with source[p] added at p, its entry on {@code axis} replaced by index[p].
   *
   * @param index of the shape of {@code source}, of this rank, on the other axes no longer than
   *     this
   */
  default Tensor scatterAdd(int axis, Tensor index, Tensor source) {
    Tensor x = self();
    if (x.dtype() != source.dtype()) {
      throw Errors.mixedTypes("scatter_add", x, source);
    }
    int at = x.shape().axis("scatter_add", axis);
    return x.add(new ScatterAdd(at).apply(source, index, x));
  }

  /**
   * Returns this tensor with entry k of {@code source} along {@code axis} added to its entry
   * index[k].
   *
   * @param source of this tensor's shape, but along {@code axis} as long as the index
   */
  default Tensor indexAdd(int axis, Tensor index, Tensor source) {
    Tensor x = self();
    if (x.dtype() != source.dtype()) {
      throw Errors.mixedTypes("index_add", x, source);
    }
    int at = x.shape().axis("index_add", axis);
    if (source.rank() != x.rank() || !source.shape().with(at, 0).equals(x.shape().with(at, 0))) {
      throw Errors.shapes("index_add", x, source, "all axes but axis " + axis + " must be equal");
    }
    return x.add(new Indexing.IndexAdd(at).apply(source, index, x));
  }
}
