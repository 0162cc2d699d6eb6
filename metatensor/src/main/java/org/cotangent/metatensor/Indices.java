package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.jspecify.annotations.Nullable;

/** Vectors of row numbers. */
final class Indices {
  private Indices() {}

  /** Returns 0, 1, …, size-1. */
  static int[] range(int size) {
    int[] all = new int[size];
    for (int i = 0; i < size; i++) {
      all[i] = i;
    }
    return all;
  }

  static boolean isRange(int[] indices) {
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] != i) {
        return false;
      }
    }
    return true;
  }

  static int[] reversed(int[] indices) {
    int[] out = new int[indices.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = indices[out.length - 1 - i];
    }
    return out;
  }

  /**
   * Returns the inverse of an injective map: for each of {@code size} values the index that has it,
   * or -1. Negative entries of the map are passed over.
   */
  static int[] inverse(int[] map, int size) {
    int[] out = new int[size];
    Arrays.fill(out, -1);
    for (int i = 0; i < map.length; i++) {
      if (map[i] >= 0) {
        out[map[i]] = i;
      }
    }
    return out;
  }

  /** Returns for each group its members in ascending order, given the group of each. */
  static List<int[]> byGroup(int[] groupOf, int groups) {
    int[] count = new int[groups];
    for (int group : groupOf) {
      count[group]++;
    }
    List<int[]> members = new ArrayList<>(groups);
    for (int size : count) {
      members.add(new int[size]);
    }
    for (int i = groupOf.length - 1; i >= 0; i--) {
      members.get(groupOf[i])[--count[groupOf[i]]] = i;
    }
    return members;
  }

  /**
   * Returns where each group begins, and where the last one ends; null unless members of a group
   * lie together and groups ascend.
   */
  static int @Nullable [] offsets(int[] groupOf, int groups) {
    int[] offsets = new int[groups + 1];
    int before = 0;
    for (int k = 0; k < groupOf.length; k++) {
      int group = groupOf[k];
      if (group < before) {
        return null;
      }
      before = group;
      offsets[group + 1] = k + 1;
    }
    for (int g = 1; g <= groups; g++) {
      offsets[g] = Math.max(offsets[g], offsets[g - 1]);
    }
    return offsets;
  }

  /** Returns {@code from[indices[k]]} for each k. */
  static int[] pick(int[] from, int[] indices) {
    int[] out = new int[indices.length];
    for (int k = 0; k < out.length; k++) {
      out[k] = from[indices[k]];
    }
    return out;
  }

  /** Returns the numbers as an index vector, without a copy. */
  static Tensor tensor(int[] indices) {
    return TensorData.wrap(DType.INT32, Shape.of(indices.length), indices);
  }

  /**
   * Returns the entries along an axis that the indices name; the same tensor where these are all.
   */
  static Tensor select(Tensor values, int axis, int[] indices) {
    if (!areNeighbors(indices)) {
      return values.indexSelect(axis, tensor(indices));
    }
    return indices.length == values.dim(axis)
        ? values
        : values.slice(axis, indices[0], indices[0] + indices.length);
  }

  /** Returns whether there are indices, and each is one more than the one before. */
  private static boolean areNeighbors(int[] indices) {
    for (int i = 1; i < indices.length; i++) {
      if (indices[i] != indices[i - 1] + 1) {
        return false;
      }
    }
    return indices.length > 0;
  }

  /** Returns the numbers below {@code count} that are wanted. */
  static int[] where(int count, IntPredicate wanted) {
    int[] out = new int[count];
    int kept = 0;
    for (int k = 0; k < count; k++) {
      if (wanted.test(k)) {
        out[kept++] = k;
      }
    }
    return kept == count ? out : Arrays.copyOf(out, kept);
  }
}
