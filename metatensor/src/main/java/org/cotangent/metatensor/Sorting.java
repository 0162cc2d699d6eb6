package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Entries in lexicographic order of their labels. */
final class Sorting {
  private Sorting() {}

  static TensorMap apply(TensorMap map, Set<Axis> axes, boolean descending) {
    RowsOrder order = descending ? RowsOrder.DESCENDING : RowsOrder.ASCENDING;
    int[] keys = (axes.contains(Axis.KEYS) ? order : RowsOrder.KEPT).of(map.keys());
    List<TensorBlock> blocks = new ArrayList<>();
    for (int key : keys) {
      blocks.add(block(map.block(key), axes, order));
    }
    return TensorMap.of(map.keys().rows(keys), blocks, map.info());
  }

  static TensorBlock block(TensorBlock block, Set<Axis> axes, RowsOrder order) {
    RowsOrder ofSamples = axes.contains(Axis.SAMPLES) ? order : RowsOrder.KEPT;
    RowsOrder ofComponents = axes.contains(Axis.COMPONENTS) ? order : RowsOrder.KEPT;
    RowsOrder ofProperties = axes.contains(Axis.PROPERTIES) ? order : RowsOrder.KEPT;

    int[] rows = ofSamples.of(block.samples());
    int[] columns = ofProperties.of(block.properties());
    List<int[]> entries = new ArrayList<>();
    List<Labels> components = new ArrayList<>();
    for (Labels component : block.components()) {
      entries.add(ofComponents.of(component));
      components.add(rows(component, entries.getLast()));
    }
    Rearrangement.Part part =
        new Rearrangement.Part(
            block,
            Indices.inverse(rows, rows.length),
            values -> {
              var sorted = Indices.select(values, -1, columns);
              for (int k = 0; k < entries.size(); k++) {
                int axis = sorted.rank() - 1 - entries.size() + k;
                sorted = Indices.select(sorted, axis, entries.get(k));
              }
              return sorted;
            });
    Rearrangement sorting =
        Rearrangement.alongSamples(List.of(part), components, rows(block.properties(), columns))
            .rowsIn(ofSamples);
    if (ofComponents != RowsOrder.KEPT) {
      sorting.extraComponentsIn(ofComponents);
    }
    return sorting.apply(rows(block.samples(), rows));
  }

  private static Labels rows(Labels labels, int[] indices) {
    return Indices.isRange(indices) ? labels : labels.rows(indices);
  }
}
