package org.cotangent.metatensor;

import java.util.Arrays;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/** The entries of the first or the last axis of a tensor in groups, none of them empty. */
final class EntryGroups {
  private final int[] groupOf;
  private final int groups;
  private final boolean last;

  /** How many entries each group has, if all have the same number; otherwise 0. */
  private final int equalSize;

  /** Whether the groups are runs of neighbors, one after the other. */
  private final boolean contiguous;

  /**
   * Prepares groups.
   *
   * @param groupOf for each entry its group
   * @param groups the number of groups
   * @param last whether the entries are those of the last axis; otherwise of the first
   */
  EntryGroups(int[] groupOf, int groups, boolean last) {
    this.groupOf = groupOf;
    this.groups = groups;
    this.last = last;
    int[] counts = counts();
    int size = groups == 0 ? 0 : counts[0];
    boolean neighbors = true;
    for (int count : counts) {
      size = count == size ? size : 0;
    }
    for (int i = 1; i < groupOf.length; i++) {
      neighbors &= groupOf[i] >= groupOf[i - 1];
    }
    this.equalSize = size;
    this.contiguous = neighbors;
  }

  private int[] counts() {
    int[] counts = new int[groups];
    for (int group : groupOf) {
      counts[group]++;
    }
    return counts;
  }

  /** Returns the sum of each group. */
  Tensor sum(Tensor x) {
    if (contiguous && equalSize == 1) {
      return x; // each entry is its own group
    }
    if (!last) {
      return x.segmentSum(index(groupOf), groups);
    }
    if (contiguous && equalSize > 0) { // such as the last property dimension of a full product
      Shape split = x.shape().with(-1, groups).insert(x.rank(), equalSize);
      return x.reshape(split).sum(-1);
    }
    Tensor zeros = Tensor.zeros(x.dtype(), x.shape().with(-1, groups));
    return zeros.indexAdd(-1, index(groupOf), x);
  }

  /** Returns the mean of each group. */
  Tensor mean(Tensor x) {
    Tensor sum = sum(x);
    if (equalSize > 0) {
      return equalSize == 1 ? sum : sum.divide(equalSize);
    }
    int[] dims = new int[last ? 1 : x.rank()];
    Arrays.fill(dims, 1);
    dims[0] = groups;
    return sum.divide(Tensor.of(counts(), dims).cast(x.dtype()));
  }

  /** Returns for each entry what its group has: the adjoint of the sum. */
  Tensor spread(Tensor ofGroups) {
    return contiguous && equalSize == 1
        ? ofGroups
        : ofGroups.indexSelect(last ? -1 : 0, index(groupOf));
  }

  /** Returns for each entry the first one of its group. */
  Tensor firstOfEach(Tensor x) {
    int[] first = new int[groups];
    for (int i = groupOf.length - 1; i >= 0; i--) {
      first[groupOf[i]] = i;
    }
    int[] from = new int[groupOf.length];
    for (int i = 0; i < from.length; i++) {
      from[i] = first[groupOf[i]];
    }
    return x.indexSelect(last ? -1 : 0, index(from));
  }

  private static Tensor index(int[] entries) {
    return TensorData.wrap(DType.INT32, Shape.of(entries.length), entries);
  }
}
