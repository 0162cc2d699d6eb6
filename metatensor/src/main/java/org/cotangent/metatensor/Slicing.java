package org.cotangent.metatensor;

import java.util.Arrays;

/** Some samples or some properties of a block. */
final class Slicing {
  private Slicing() {}

  static TensorBlock apply(TensorBlock block, Axis axis, Labels selection) {
    return apply(block, axis, labels(block, axis).select(selection));
  }

  static TensorBlock apply(TensorBlock block, Axis axis, int[] indices) {
    int size = labels(block, axis).size();
    int[] wanted = new int[indices.length];
    for (int k = 0; k < wanted.length; k++) {
      wanted[k] = indices[k] < 0 ? indices[k] + size : indices[k];
      if (wanted[k] < 0 || wanted[k] >= size) {
        throw new IllegalArgumentException(
            "there is no entry "
                + indices[k]
                + " in "
                + size
                + (axis == Axis.SAMPLES ? " samples" : " properties"));
      }
    }
    if (axis == Axis.SAMPLES) {
      return Rearrangement.rows(block, wanted);
    }
    Arrays.sort(wanted);
    int[] kept = Arrays.stream(wanted).distinct().toArray();
    return Rearrangement.ofColumns(
            block,
            block.components(),
            block.properties().rows(kept),
            values -> Indices.select(values, -1, kept))
        .apply(block.samples());
  }

  static Labels labels(TensorBlock block, Axis axis) {
    return switch (axis) {
      case SAMPLES -> block.samples();
      case PROPERTIES -> block.properties();
      case COMPONENTS, KEYS ->
          throw new IllegalArgumentException(
              "this works along samples or properties, not along " + Manipulation.name(axis));
    };
  }
}
