package org.cotangent.atomistic.descriptors;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * Collects the blocks of a spherical expansion: keys {@code (o3_lambda, o3_sigma, type, type)}, one
 * component {@code o3_mu} = -l … l, property {@code n}.
 */
final class ExpansionBlocks {
  private final List<String> names;
  private final List<int[]> keys = new ArrayList<>();
  private final List<TensorBlock> blocks = new ArrayList<>();

  /** Begins, with the names that the two types have in the keys. */
  ExpansionBlocks(String firstType, String secondType) {
    names = List.of("o3_lambda", "o3_sigma", firstType, secondType);
  }

  /**
   * Adds the block of one angular order.
   *
   * @param flat samples and all columns of {@link DensityFunctions}
   */
  void add(DensityFunctions.Order order, int firstType, int secondType, TensorBlock flat) {
    add(order.l(), order.from(), order.integral().size(), firstType, secondType, flat);
  }

  /** As above: {@code functions} radial functions from a column on. */
  void add(int l, int from, int functions, int firstType, int secondType, TensorBlock flat) {
    int[] orders = new int[2 * l + 1];
    for (int m = -l; m <= l; m++) {
      orders[l + m] = m;
    }
    keys.add(new int[] {l, 1, firstType, secondType});
    blocks.add(
        GradientStages.columns(
            flat, from, List.of(Labels.of("o3_mu", orders)), Labels.range("n", functions)));
  }

  TensorMap map() {
    return TensorMap.of(Labels.of(names, keys.toArray(int[][]::new)), blocks);
  }
}
