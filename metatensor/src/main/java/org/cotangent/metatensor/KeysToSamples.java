package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.internal.LabelsData;

/** Key dimensions become sample dimensions; blocks whose keys become equal are merged. */
final class KeysToSamples {
  private KeysToSamples() {}

  static TensorMap apply(TensorMap map, List<String> moved) {
    if (map.size() == 0) {
      throw new IllegalArgumentException("a map without blocks has no keys to move");
    }
    List<String> remaining = new ArrayList<>(map.keys().names());
    for (String name : moved) {
      map.keys().dimension(name); // refuses what is not there
    }
    remaining.removeAll(moved);
    MergedKeys merged = MergedKeys.of(map.keys(), remaining);
    List<TensorBlock> blocks = new ArrayList<>();
    for (int[] members : merged.members()) {
      blocks.add(merge(map, members, moved));
    }
    return TensorMap.of(merged.keys(), blocks, map.info());
  }

  private static TensorBlock merge(TensorMap map, int[] members, List<String> moved) {
    TensorBlock first = map.block(members[0]);
    Labels properties = first.properties();
    int rows = 0;
    for (int member : members) {
      TensorBlock block = map.block(member);
      if (!block.components().equals(first.components())) {
        throw new IllegalArgumentException(
            "blocks "
                + map.keys().entry(members[0]).print()
                + " and "
                + map.keys().entry(member).print()
                + " have different components and cannot be merged; move the components to the"
                + " properties first");
      }
      properties =
          properties.equals(block.properties())
              ? properties
              : properties.union(block.properties()).labels();
      rows += block.samples().size();
    }
    List<String> names = new ArrayList<>(first.samples().names());
    names.addAll(moved);
    int width = names.size();
    int old = first.samples().width();
    int[] flat = new int[rows * width];
    List<Tensor> parts = new ArrayList<>();
    int at = 0;
    for (int member : members) {
      TensorBlock block = map.block(member);
      int[] from = LabelsData.of(block.samples());
      LabelsEntry key = map.keys().entry(member);
      for (int i = 0; i < block.samples().size(); i++, at++) {
        System.arraycopy(from, i * old, flat, at * width, old);
        for (int k = 0; k < moved.size(); k++) {
          flat[at * width + old + k] = key.get(moved.get(k));
        }
      }
      parts.add(spread(block, properties));
    }
    Labels stacked = Labels.assumeUnique(names, flat);
    int[] order = stacked.sortOrder();
    Labels samples = stacked.isSorted() ? stacked : stacked.rows(order);
    Tensor values = Tensor.concatenate(0, parts);
    if (!stacked.isSorted()) {
      values = values.indexSelect(0, Tensor.of(order, order.length));
    }
    int[] place = new int[rows];
    for (int i = 0; i < rows; i++) {
      place[order[i]] = i;
    }
    List<Derivation.Input> inputs = new ArrayList<>();
    at = 0;
    for (int member : members) {
      int count = map.block(member).samples().size();
      inputs.add(
          new Derivation.Input(map.block(member), Arrays.copyOfRange(place, at, at + count)));
      at += count;
    }
    return Derivation.block(values, samples, first.components(), properties, inputs, true);
  }

  /** The values of a block with columns for all of these properties, 0 where it has none. */
  private static Tensor spread(TensorBlock block, Labels properties) {
    if (block.properties().equals(properties)) {
      return block.values();
    }
    int absent = block.properties().size();
    int[] from = new int[properties.size()];
    for (int k = 0; k < from.length; k++) {
      int found = block.properties().position(properties.entry(k));
      from[k] = found < 0 ? absent : found;
    }
    Tensor values = block.values();
    Tensor zero = Tensor.zeros(values.dtype(), values.shape().with(-1, 1));
    return Tensor.concatenate(-1, List.of(values, zero))
        .indexSelect(-1, Tensor.of(from, from.length));
  }
}
