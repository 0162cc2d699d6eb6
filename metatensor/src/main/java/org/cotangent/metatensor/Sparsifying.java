package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Dimensions of samples or properties become dimensions of the keys: every block is cut by them.
 */
final class Sparsifying {
  private Sparsifying() {}

  static TensorMap apply(TensorMap map, Axis axis, List<String> moved) {
    Labels old = map.keys();
    List<String> names = new ArrayList<>(old.names());
    boolean single =
        map.size() == 1 && names.equals(List.of("_")); // says only that there is one block
    if (single) {
      names.clear();
    }
    int kept = names.size();
    names.addAll(moved);
    List<TensorBlock> blocks = new ArrayList<>();
    int[] keys = new int[16];
    int at = 0;
    for (int k = 0; k < map.size(); k++) {
      requireOthers(Slicing.labels(map.block(k), axis), moved);
      Manipulation.Parts<TensorBlock> parts = Splitting.blocksBy(map.block(k), axis, moved);
      for (int p = 0; p < parts.parts().size(); p++) {
        if (at + names.size() > keys.length) {
          keys = Arrays.copyOf(keys, 2 * keys.length + names.size());
        }
        for (int column = 0; column < kept; column++) {
          keys[at++] = old.value(k, column);
        }
        for (int column = 0; column < moved.size(); column++) {
          keys[at++] = parts.keys().value(p, column);
        }
        TensorBlock block = parts.parts().get(p);
        for (String name : moved) {
          block = Dimensions.changed(block, axis, labels -> labels.remove(name));
        }
        blocks.add(block);
      }
    }
    return TensorMap.of(Labels.assumeUnique(names, Arrays.copyOf(keys, at)), blocks, map.info());
  }

  private static void requireOthers(Labels labels, List<String> moved) {
    if (moved.containsAll(labels.names())) {
      throw new IllegalArgumentException(
          "all dimensions "
              + labels.names()
              + " would become keys, one at least must stay: append one first");
    }
  }
}
