package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.List;

/** The sum over samples that differ only in some dimensions. */
final class SamplesSum {
  private SamplesSum() {}

  static TensorMap apply(TensorMap map, List<String> names) {
    if (map.size() > 0) {
      for (String name : names) {
        map.block(0).samples().dimension(name); // refuses what is not there
      }
    }
    return map.withBlocks(map.blocks().stream().map(block -> block(block, names)).toList());
  }

  private static TensorBlock block(TensorBlock block, List<String> names) {
    List<String> remaining = new ArrayList<>(block.samples().names());
    remaining.removeAll(names);
    Labels.Grouping grouping = block.samples().groupBy(remaining);
    return Derivation.sum(
        new Derivation.Input(block, grouping.groupOf()), grouping.groups());
  }
}
