package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
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
    TensorBlock block =
        TensorBlock.of(stored.values(), stored.samples(), stored.components(), stored.properties());
    for (var gradient : stored.gradients().entrySet()) {
      block = block.withGradient(gradient.getKey(), block(gradient.getValue()));
    }
    return block;
  }

  static StoredMap stored(TensorMap map) {
    return new StoredMap(
        map.keys(), map.blocks().stream().map(StoredBlocks::stored).toList(), map.info());
  }

  static StoredBlock stored(TensorBlock block) {
    SequencedMap<String, StoredBlock> gradients = new LinkedHashMap<>();
    block.gradients().forEach((parameter, gradient) -> gradients.put(parameter, stored(gradient)));
    return new StoredBlock(
        block.values(), block.samples(), block.components(), block.properties(), gradients);
  }
}
