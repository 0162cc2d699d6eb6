package org.cotangent.atomistic.descriptors;

import java.util.List;
import org.cotangent.autodiff.Recording;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;

/**
 * Explicit gradients computed stage by stage. A function of one pair moves with two atoms, its sum
 * over pairs with all neighbors; so gradients are computed for pairs, where few tangents suffice,
 * and only then summed.
 */
final class GradientStages {
  private GradientStages() {}

  /**
   * Returns a block with the values of its gradients computed now.
   *
   * @param record whether somebody may differentiate the result by what it was computed from. If
   *     not, it keeps no record, which would only hold memory
   */
  static TensorBlock computed(TensorBlock block, boolean record) {
    if (record) {
      return block.withGradientsComputed();
    }
    TensorBlock numbers = Recording.off(block::withGradientsComputed);
    TensorBlock result =
        TensorBlock.of(
            block.values().detach(), block.samples(), block.components(), block.properties());
    for (String parameter : numbers.gradients().keySet()) {
      result = result.withGradient(parameter, numbers.gradient(parameter));
    }
    return result;
  }

  /**
   * Returns some columns of a block without components, arranged in components, with its gradients.
   *
   * @param from the first column
   * @param components those of the result
   * @param properties those of the result
   */
  static TensorBlock columns(
      TensorBlock block, int from, List<Labels> components, Labels properties) {
    int inner = properties.size();
    for (Labels component : components) {
      inner *= component.size();
    }
    TensorBlock result =
        TensorBlock.of(
            columns(block.values(), from, inner, components, properties),
            block.samples(),
            components,
            properties);
    for (String parameter : block.gradients().keySet()) {
      TensorBlock gradient = block.gradient(parameter);
      List<Labels> all = new java.util.ArrayList<>(gradient.components());
      all.addAll(components);
      result =
          result.withGradient(
              parameter,
              TensorBlock.of(
                  columns(gradient.values(), from, inner, components, properties),
                  gradient.samples(),
                  all,
                  properties));
    }
    return result;
  }

  private static Tensor columns(
      Tensor values, int from, int count, List<Labels> components, Labels properties) {
    int rank = values.rank();
    int[] dims = new int[rank + components.size()];
    for (int axis = 0; axis + 1 < rank; axis++) {
      dims[axis] = values.dim(axis);
    }
    for (int k = 0; k < components.size(); k++) {
      dims[rank - 1 + k] = components.get(k).size();
    }
    dims[dims.length - 1] = properties.size();
    return values.slice(rank - 1, from, from + count).reshape(Shape.of(dims));
  }

  /**
   * Returns a block with other values, computed from its own by adding a constant, and gradients.
   */
  static TensorBlock withConstantAdded(TensorBlock block, Tensor constant) {
    TensorBlock result =
        TensorBlock.of(
            block.values().add(constant), block.samples(), block.components(), block.properties());
    for (String parameter : block.gradients().keySet()) {
      result = result.withGradient(parameter, block.gradient(parameter));
    }
    return result;
  }
}
