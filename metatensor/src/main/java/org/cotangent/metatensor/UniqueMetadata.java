package org.cotangent.metatensor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The distinct values that samples or properties have in some of their dimensions. */
public final class UniqueMetadata {
  private UniqueMetadata() {}

  /**
   * Returns the distinct values of these dimensions among all blocks, sorted.
   *
   * @param axis samples or properties
   * @throws IllegalArgumentException if there is no such dimension, none is named, or the axis is
   *     another one
   */
  public static Labels of(TensorMap map, Axis axis, List<String> names) {
    return of(map.blocks(), axis, names, null);
  }

  /** As {@link #of(TensorMap, Axis, List)}, in the gradients by a parameter. */
  public static Labels of(TensorMap map, String gradient, Axis axis, List<String> names) {
    return of(map.blocks(), axis, names, gradient);
  }

  /** As {@link #of(TensorMap, Axis, List)}, for one block. */
  public static Labels of(TensorBlock block, Axis axis, List<String> names) {
    return of(List.of(block), axis, names, null);
  }

  /** As {@link #of(TensorMap, String, Axis, List)}, for one block. */
  public static Labels of(TensorBlock block, String gradient, Axis axis, List<String> names) {
    return of(List.of(block), axis, names, gradient);
  }

  private static Labels of(
      List<TensorBlock> blocks, Axis axis, List<String> names, @Nullable String gradient) {
    if (axis != Axis.SAMPLES && axis != Axis.PROPERTIES) {
      throw new IllegalArgumentException(
          "unique metadata are those of samples or properties, not of " + axis);
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException("unique metadata need the name of one dimension at least");
    }
    int[][] parts = new int[blocks.size()][];
    int total = 0;
    for (int b = 0; b < parts.length; b++) {
      TensorBlock block = blocks.get(b);
      TensorBlock part = gradient == null ? block : block.gradient(gradient);
      parts[b] = (axis == Axis.SAMPLES ? part.samples() : part.properties()).columns(names);
      total += parts[b].length;
    }
    int[] all = new int[total];
    int at = 0;
    for (int[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return Labels.assumeUnique(names, all).groupBy(names).groups();
  }
}
