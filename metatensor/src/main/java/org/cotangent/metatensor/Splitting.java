package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Blocks and maps in parts by the labels of their samples or properties. */
final class Splitting {
  private Splitting() {}

  static List<TensorMap> maps(TensorMap map, Axis axis, List<Labels> selections) {
    List<List<TensorBlock>> parts = new ArrayList<>(map.size());
    for (TensorBlock block : map.blocks()) {
      parts.add(blocks(block, axis, selections));
    }
    return transposed(map, parts, selections.size());
  }

  private static List<TensorMap> transposed(
      TensorMap map, List<List<TensorBlock>> parts, int count) {
    List<TensorMap> maps = new ArrayList<>(count);
    for (int p = 0; p < count; p++) {
      List<TensorBlock> blocks = new ArrayList<>(parts.size());
      for (List<TensorBlock> ofBlock : parts) {
        blocks.add(ofBlock.get(p));
      }
      maps.add(map.withBlocks(blocks));
    }
    return maps;
  }

  static List<TensorBlock> blocks(TensorBlock block, Axis axis, List<Labels> selections) {
    Labels labels = Slicing.labels(block, axis);
    List<int[]> entries = entries(labels, selections);
    if (axis == Axis.PROPERTIES) {
      entries.forEach(Arrays::sort); // properties keep their order
    }
    return cut(block, axis, entries);
  }

  /** Returns the parts by the distinct values of some dimensions, and these values. */
  static Manipulation.Parts<TensorMap> mapsBy(TensorMap map, Axis axis, List<String> names) {
    Labels keys = Manipulation.uniqueMetadata(map, axis, names, null);
    List<List<TensorBlock>> parts = new ArrayList<>(map.size());
    for (TensorBlock block : map.blocks()) {
      Labels.Grouping grouping = Slicing.labels(block, axis).groupBy(names);
      int[] place = keys.union(grouping.groups()).second();
      int[] partOf = Indices.pick(place, grouping.groupOf());
      parts.add(cut(block, axis, Indices.byGroup(partOf, keys.size())));
    }
    return new Manipulation.Parts<>(keys, transposed(map, parts, keys.size()));
  }

  /** Returns the parts by the distinct values of some dimensions, and these values. */
  static Manipulation.Parts<TensorBlock> blocksBy(
      TensorBlock block, Axis axis, List<String> names) {
    Labels.Grouping grouping = Slicing.labels(block, axis).groupBy(names);
    int count = grouping.groups().size();
    return new Manipulation.Parts<>(
        grouping.groups(), cut(block, axis, Indices.byGroup(grouping.groupOf(), count)));
  }

  private static List<TensorBlock> cut(TensorBlock block, Axis axis, List<int[]> entries) {
    Labels labels = Slicing.labels(block, axis);
    List<Labels> taken = new ArrayList<>(entries.size());
    for (int[] of : entries) {
      taken.add(LabelsDimensions.take(labels, of));
    }
    return axis == Axis.SAMPLES
        ? Partition.alongSamples(block, entries, taken)
        : Partition.alongProperties(block, entries, taken);
  }

  /**
   * For each selection what {@link Labels#select} gives, with the labels read once for all those
   * that name the same dimensions.
   */
  private static List<int[]> entries(Labels labels, List<Labels> selections) {
    Map<List<String>, Groups> known = new HashMap<>();
    List<int[]> entries = new ArrayList<>(selections.size());
    for (Labels selection : selections) {
      List<String> names = selection.names();
      if (selections.size() == 1 || names.isEmpty() || names.equals(labels.names())) {
        entries.add(labels.select(selection));
        continue;
      }
      Groups groups = known.get(names);
      if (groups == null) {
        Labels.Grouping grouping = labels.groupBy(names);
        groups =
            new Groups(
                grouping.groups(), Indices.byGroup(grouping.groupOf(), grouping.groups().size()));
        known.put(names, groups);
      }
      entries.add(groups.select(selection));
    }
    return entries;
  }

  /** Entries with equal values in some dimensions. */
  private record Groups(Labels values, List<int[]> members) {
    int[] select(Labels selection) {
      int[] found = values.select(selection);
      int count = 0;
      for (int group : found) {
        count += members.get(group).length;
      }
      int[] out = new int[count];
      int to = 0;
      boolean ascending = true;
      for (int group : found) {
        int[] some = members.get(group);
        System.arraycopy(some, 0, out, to, some.length);
        ascending &= to == 0 || out[to - 1] < out[to];
        to += some.length;
      }
      if (!ascending) {
        Arrays.sort(out);
      }
      return out;
    }
  }
}
