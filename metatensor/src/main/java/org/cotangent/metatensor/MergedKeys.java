package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keys with some dimensions left out, and which of the old ones each new key stands for. New keys
 * come in the order in which they first appear; without a dimension left there is one, {@code _ =
 * 0}.
 */
record MergedKeys(Labels keys, List<int[]> members) {

  /**
   * Returns the keys without some dimensions.
   *
   * @throws IllegalArgumentException if the map has no blocks, or a dimension is not among the keys
   */
  static MergedKeys without(TensorMap map, List<String> moved) {
    if (map.size() == 0) {
      throw new IllegalArgumentException("a map without blocks has no keys to move");
    }
    List<String> remaining = new ArrayList<>(map.keys().names());
    for (String name : moved) {
      map.keys().dimension(name); // refuses what is not there
      remaining.remove(name);
    }
    return of(map.keys(), remaining);
  }

  /** Refuses blocks that cannot be merged because their components differ. */
  static void checkComponents(TensorMap map, int first, int other) {
    if (!map.block(other).components().equals(map.block(first).components())) {
      throw new IllegalArgumentException(
          "blocks "
              + map.keys().entry(first).print()
              + " and "
              + map.keys().entry(other).print()
              + " have different components and cannot be merged; move the components to the"
              + " properties first");
    }
  }

  static MergedKeys of(Labels keys, List<String> remaining) {
    Labels.Grouping grouping = keys.groupBy(remaining);
    int groups = grouping.groups().size();
    int[] number = new int[groups];
    Arrays.fill(number, -1);
    List<List<Integer>> members = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    for (int key = 0; key < keys.size(); key++) {
      int group = grouping.groupOf()[key];
      if (number[group] < 0) {
        number[group] = members.size();
        members.add(new ArrayList<>());
        order.add(group);
      }
      members.get(number[group]).add(key);
    }
    return new MergedKeys(
        grouping.groups().rows(toArray(order)), members.stream().map(MergedKeys::toArray).toList());
  }

  private static int[] toArray(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }
}
