package org.cotangent.metatensor;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Dimensions of labels of blocks and maps are added, removed, exchanged and renamed. */
final class Dimensions {
  private Dimensions() {}

  static TensorMap changed(TensorMap map, Axis axis, UnaryOperator<Labels> change) {
    if (axis == Axis.KEYS) {
      return TensorMap.of(change.apply(map.keys()), map.blocks(), map.info());
    }
    return map.withBlocks(
        map.blocks().stream().map(block -> changed(block, axis, change)).toList());
  }

  static TensorBlock changed(TensorBlock block, Axis axis, UnaryOperator<Labels> change) {
    return switch (axis) {
      case SAMPLES -> Relabelling.samples(block, change);
      case PROPERTIES -> Relabelling.properties(block, change);
      case COMPONENTS ->
          throw new IllegalArgumentException(
              "a component has exactly one dimension: it can only be renamed");
      case KEYS -> throw keysOfBlock();
    };
  }

  static TensorMap renamed(TensorMap map, Axis axis, String old, String name) {
    if (axis == Axis.KEYS) {
      return TensorMap.of(map.keys().rename(old, name), map.blocks(), map.info());
    }
    return map.withBlocks(
        map.blocks().stream().map(block -> renamed(block, axis, old, name)).toList());
  }

  static TensorBlock renamed(TensorBlock block, Axis axis, String old, String name) {
    UnaryOperator<Labels> whereItIs =
        labels -> labels.names().contains(old) ? labels.rename(old, name) : labels;
    return switch (axis) {
      case SAMPLES ->
          Relabelling.samplesAndRows(block, labels -> labels.rename(old, name), whereItIs);
      case PROPERTIES -> Relabelling.properties(block, labels -> labels.rename(old, name));
      case COMPONENTS -> Relabelling.components(block, whereItIs);
      case KEYS -> throw keysOfBlock();
    };
  }

  static int[] constant(int value, int size) {
    int[] column = new int[size];
    Arrays.fill(column, value);
    return column;
  }

  static IllegalArgumentException keysOfBlock() {
    return new IllegalArgumentException("a block has no keys: only a map has");
  }
}
