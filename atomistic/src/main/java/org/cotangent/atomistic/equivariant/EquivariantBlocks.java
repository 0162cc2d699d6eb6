package org.cotangent.atomistic.equivariant;

import java.util.List;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/** What the maps of this package have in common. */
final class EquivariantBlocks {
  private EquivariantBlocks() {}

  /** Returns the labels {@code o3_mu} = -l … l. */
  static Labels component(int l) {
    int[] orders = new int[2 * l + 1];
    for (int m = -l; m <= l; m++) {
      orders[l + m] = m;
    }
    return Labels.of("o3_mu", orders);
  }

  /**
   * Checks keys and components.
   *
   * @param name what the map is called in messages
   */
  static void check(TensorMap map, String name) {
    List<String> names = map.keys().names();
    if (!names.contains("o3_lambda") || !names.contains("o3_sigma")) {
      throw new IllegalArgumentException(
          name + " needs keys with o3_lambda and o3_sigma, they are " + names);
    }
    int[] orders = map.keys().column("o3_lambda");
    for (int k = 0; k < map.size(); k++) {
      TensorBlock block = map.block(k);
      if (orders[k] < 0 || !block.components().equals(List.of(component(orders[k])))) {
        throw new IllegalArgumentException(
            name
                + " needs one component o3_mu = -"
                + orders[k]
                + " … "
                + orders[k]
                + " in the block "
                + map.keys().entry(k)
                + ", it has "
                + block.components());
      }
    }
  }
}
