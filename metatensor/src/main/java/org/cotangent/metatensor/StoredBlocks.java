package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.cotangent.metatensor.io.StoredArray;
import org.cotangent.metatensor.io.StoredBlock;
import org.cotangent.metatensor.io.StoredMap;

/** Blocks and maps as files hold them, and back. */
final class StoredBlocks {
  private StoredBlocks() {}

  static TensorMap map(StoredMap stored) {
    List<TensorBlock> blocks = new ArrayList<>();
    for (StoredBlock block : stored.blocks()) {
      blocks.add(block(block));
    }
    return TensorMap.of(stored.keys(), blocks, stored.info());
  }

  static TensorBlock block(StoredBlock stored) {
    if (!stored.array().isInMemory()) {
      return unread(stored);
    }
    TensorBlock block =
        TensorBlock.of(stored.values(), stored.samples(), stored.components(), stored.properties());
    for (var gradient : stored.gradients().entrySet()) {
      block = block.withGradient(gradient.getKey(), block(gradient.getValue()));
    }
    return block;
  }

  /** A block whose values are read when they are first used; what is read was checked already. */
  private static TensorBlock unread(StoredBlock stored) {
    StoredArray array = stored.array();
    SequencedMap<String, TensorBlock> gradients = new LinkedHashMap<>();
    for (var gradient : stored.gradients().entrySet()) {
      gradients.put(gradient.getKey(), block(gradient.getValue()));
    }
    boolean variable = !gradients.isEmpty() && array.dtype().isDifferentiable();
    return TensorBlock.lazy(
        variable ? () -> array.tensor().variable() : array.reading(),
        null,
        array.dtype(),
        stored.samples(),
        stored.components(),
        stored.properties(),
        Collections.unmodifiableSequencedMap(gradients));
  }

  static StoredMap stored(TensorMap map) {
    return new StoredMap(
        map.keys(), map.blocks().stream().map(StoredBlocks::stored).toList(), map.info());
  }

  static StoredBlock stored(TensorBlock block) {
    SequencedMap<String, StoredBlock> gradients = new LinkedHashMap<>();
    block.gradients().forEach((parameter, gradient) -> gradients.put(parameter, stored(gradient)));
    StoredArray array =
        new StoredArray(block.dtype(), block.shape(), block.isKnown(), block::values);
    return new StoredBlock(
        array, block.samples(), block.components(), block.properties(), gradients);
  }
}
