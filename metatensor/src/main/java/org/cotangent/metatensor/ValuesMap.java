package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/** A function of the values of every block, sample by sample. */
final class ValuesMap {
  private ValuesMap() {}

  static TensorMap apply(
      TensorMap map, BiFunction<LabelsEntry, Tensor, Tensor> f, @Nullable Labels properties) {
    List<TensorBlock> blocks = new ArrayList<>();
    for (int k = 0; k < map.size(); k++) {
      LabelsEntry key = map.keys().entry(k);
      TensorBlock block = map.block(k);
      Tensor values = f.apply(key, block.values());
      Shape before = block.shape();
      Shape after = values.shape();
      if (after.rank() != before.rank() || !after.with(-1, 0).equals(before.with(-1, 0))) {
        throw new IllegalArgumentException(
            "the function made values of shape "
                + after
                + " from "
                + before
                + " in block "
                + key.print()
                + ": only the last axis may change");
      }
      Labels columns =
          properties != null
              ? properties
              : after.dim(-1) == before.dim(-1)
                  ? block.properties()
                  : Labels.range("property", after.dim(-1));
      blocks.add(
          Derivation.block(
              values,
              block.samples(),
              block.components(),
              columns,
              List.of(Derivation.Input.same(block)),
              false));
    }
    return map.withBlocks(blocks);
  }
}
