package org.cotangent.metatensor;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

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
    return indices.length == values.dim(axis) && isRange(indices)
        ? values
        : values.indexSelect(axis, tensor(indices));
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
    return Arrays.copyOf(out, kept);
  }
}
