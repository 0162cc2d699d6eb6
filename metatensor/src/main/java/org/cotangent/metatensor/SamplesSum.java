package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.Tensor;

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
    int[] groupOf = grouping.groupOf();
    Tensor values =
        block.values().segmentSum(Tensor.of(groupOf, groupOf.length), grouping.groups().size());
    return Derivation.block(
        values,
        grouping.groups(),
        block.components(),
        block.properties(),
        List.of(new Derivation.Input(block, groupOf)),
        true);
  }
}
