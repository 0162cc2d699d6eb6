package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.internal.LabelsData;

/** A component becomes the first dimension of the properties. */
final class ComponentsToProperties {
  private ComponentsToProperties() {}

  static TensorMap apply(TensorMap map, List<String> dimensions) {
    List<TensorBlock> blocks = new ArrayList<>();
    for (TensorBlock block : map.blocks()) {
      TensorBlock moved = block;
      for (String dimension : dimensions) {
        moved = move(moved, dimension);
      }
      blocks.add(moved);
    }
    return map.withBlocks(blocks);
  }

  private static TensorBlock move(TensorBlock block, String dimension) {
    List<Labels> components = new ArrayList<>(block.components());
    int found = -1;
    for (int k = 0; k < components.size(); k++) {
      found = components.get(k).names().getFirst().equals(dimension) ? k : found;
    }
    if (found < 0) {
      throw new IllegalArgumentException(
          "'"
              + dimension
              + "' is not a component, these are "
              + components.stream().map(labels -> labels.names().getFirst()).toList());
    }
    int trailing = components.size() - found;
    Labels moved = components.remove(found);
    return Rearrangement.ofColumns(
            block,
            components,
            product(moved, block.properties()),
            values -> moveToLast(values, trailing))
        .apply(block.samples());
  }

  /** Merges the axis that has this many after it with the last one; it varies more slowly. */
  private static Tensor moveToLast(Tensor values, int after) {
    int rank = values.rank();
    int axis = rank - 1 - after;
    int[] axes = new int[rank];
    int next = 0;
    for (int k = 0; k < rank - 1; k++) {
      if (k != axis) {
        axes[next++] = k;
      }
    }
    axes[next] = axis;
    axes[rank - 1] = rank - 1;
    Tensor moved = after == 1 ? values : values.transpose(axes);
    return moved.reshape(values.shape().without(axis).with(-1, values.dim(axis) * values.dim(-1)));
  }

  private static Labels product(Labels component, Labels properties) {
    List<String> names = new ArrayList<>(component.names());
    names.addAll(properties.names());
    int width = properties.width();
    int[] from = LabelsData.of(properties);
    int[] flat =
        new int
            [Math.multiplyExact(
                Math.multiplyExact(component.size(), properties.size()), width + 1)];
    int at = 0;
    for (int c = 0; c < component.size(); c++) {
      for (int p = 0; p < properties.size(); p++) {
        flat[at] = component.value(c, 0);
        System.arraycopy(from, p * width, flat, at + 1, width);
        at += width + 1;
      }
    }
    return Labels.assumeUnique(names, flat);
  }
}
