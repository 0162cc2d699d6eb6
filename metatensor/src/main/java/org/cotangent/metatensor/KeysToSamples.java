package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.internal.LabelsData;

/** Key dimensions become sample dimensions; blocks whose keys become equal are merged. */
final class KeysToSamples {
  private KeysToSamples() {}

  static TensorMap apply(TensorMap map, Labels moved, double fill, boolean sorted) {
    MergedKeys merged = MergedKeys.without(map, moved.names());
    if (moved.size() > 0) {
      throw new IllegalArgumentException(
          "keys move to the samples by name only, these labels have "
              + moved.size()
              + " entries: give labels without entries");
    }
    List<TensorBlock> blocks = new ArrayList<>();
    for (int[] members : merged.members()) {
      blocks.add(merge(map, members, moved.names(), fill, sorted));
    }
    return TensorMap.of(merged.keys(), blocks, map.info());
  }

  private static TensorBlock merge(
      TensorMap map, int[] members, List<String> moved, double fill, boolean sorted) {
    TensorBlock first = map.block(members[0]);
    Labels properties = allProperties(map, members);
    int rows = 0;
    for (int member : members) {
      rows = Math.addExact(rows, map.block(member).samples().size());
    }
    int[] column = new int[moved.size()];
    for (int k = 0; k < column.length; k++) {
      column[k] = map.keys().dimension(moved.get(k));
    }
    List<String> names = new ArrayList<>(first.samples().names());
    names.addAll(moved);
    int width = names.size();
    int old = first.samples().width();
    int[] flat = new int[Math.multiplyExact(rows, width)];
    int at = 0;
    for (int member : members) {
      int[] from = LabelsData.of(map.block(member).samples());
      int[] key = new int[column.length];
      for (int k = 0; k < key.length; k++) {
        key[k] = map.keys().value(member, column[k]);
      }
      for (int row = 0; row < from.length; row += old) {
        for (int k = 0; k < old; k++) {
          flat[at++] = from[row + k];
        }
        for (int value : key) {
          flat[at++] = value;
        }
      }
    }
    Labels stacked = Labels.assumeUnique(names, flat);
    int[] order = sorted ? stacked.sortOrder() : Indices.range(rows);
    int[] place = Indices.inverse(order, rows);
    List<Rearrangement.Part> parts = new ArrayList<>();
    at = 0;
    for (int member : members) {
      TensorBlock block = map.block(member);
      int count = block.samples().size();
      parts.add(
          new Rearrangement.Part(
              block,
              Arrays.copyOfRange(place, at, at + count),
              spread(block.properties(), properties, fill)));
      at += count;
    }
    return Rearrangement.alongSamples(parts, first.components(), properties)
        .rowsIn(RowsOrder.ASCENDING)
        .filledWith(fill)
        .apply(Indices.isRange(order) ? stacked : stacked.rows(order));
  }

  /** Checks components and returns the properties of all blocks, in order of first appearance. */
  private static Labels allProperties(TensorMap map, int[] members) {
    Labels first = map.block(members[0]).properties();
    List<Labels> all = new ArrayList<>();
    boolean equal = true;
    for (int member : members) {
      MergedKeys.checkComponents(map, members[0], member);
      all.add(map.block(member).properties());
      equal &= all.getLast().equals(first);
    }
    return equal ? first : MergedSamples.of(all, false).samples();
  }

  /** Columns for all of these properties, filled where a block has none. */
  private static UnaryOperator<Tensor> spread(Labels own, Labels all, double fill) {
    if (own.equals(all)) {
      return UnaryOperator.identity();
    }
    int[] from = new int[all.size()];
    for (int k = 0; k < from.length; k++) {
      int found = own.position(all.entry(k));
      from[k] = found < 0 ? own.size() : found;
    }
    return values -> {
      Tensor filled = Tensor.full(values.dtype(), fill, values.shape().with(-1, 1));
      return Tensor.concatenate(-1, List.of(values, filled)).indexSelect(-1, Indices.tensor(from));
    };
  }
}
