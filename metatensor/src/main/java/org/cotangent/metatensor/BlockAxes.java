package org.cotangent.metatensor;

import java.util.List;
import org.cotangent.autodiff.Shape;
import org.cotangent.metatensor.internal.LabelsData;

/** What the labels of a block and of its gradients must be. */
final class BlockAxes {
  private BlockAxes() {}

  /** Checks that values have an axis for each of these labels, of their size. */
  static void check(Shape shape, Labels samples, List<Labels> components, Labels properties) {
    if (shape.rank() != components.size() + 2) {
      throw new IllegalArgumentException(
          "values of shape "
              + shape
              + " have "
              + shape.rank()
              + " axes, there are labels for "
              + (components.size() + 2));
    }
    checkAxis(shape, 0, samples, "samples");
    for (int k = 0; k < components.size(); k++) {
      Labels component = components.get(k);
      if (component.width() != 1) {
        throw new IllegalArgumentException(
            "component "
                + k
                + " has the dimensions "
                + component.names()
                + ", a component has exactly one");
      }
      if (component.size() == 0) {
        throw new IllegalArgumentException(
            "component '"
                + component.names().getFirst()
                + "' has no entry, one is needed at least");
      }
      for (int before = 0; before < k; before++) {
        if (components.get(before).names().equals(component.names())) {
          throw new IllegalArgumentException(
              "two components have the dimension '" + component.names().getFirst() + "'");
        }
      }
      checkAxis(shape, 1 + k, component, "component '" + component.names().getFirst() + "'");
    }
    checkAxis(shape, shape.rank() - 1, properties, "properties");
  }

  private static void checkAxis(Shape shape, int axis, Labels labels, String what) {
    if (shape.dim(axis) != labels.size()) {
      throw new IllegalArgumentException(
          "values of shape "
              + shape
              + " have "
              + shape.dim(axis)
              + " entries on axis "
              + axis
              + ", the "
              + what
              + " have "
              + labels.size());
    }
  }

  /** Checks that a gradient fits the block that it is a gradient of. */
  static void checkGradient(String parameter, TensorBlock gradient, TensorBlock block) {
    if (gradient.dtype() != block.dtype()) {
      throw new IllegalArgumentException(
          "the gradient by '"
              + parameter
              + "' is of "
              + gradient.dtype()
              + ", the values are of "
              + block.dtype());
    }
    checkGradientSamples(parameter, gradient.samples(), block.samples().size());
    int extra = gradient.components().size() - block.components().size();
    if (extra < 0
        || !gradient
            .components()
            .subList(extra, gradient.components().size())
            .equals(block.components())) {
      throw new IllegalArgumentException(
          "the components of the gradient by '"
              + parameter
              + "' must end with those of the values");
    }
    if (!gradient.properties().equals(block.properties())) {
      throw new IllegalArgumentException(
          "the gradient by '" + parameter + "' has other properties than the values");
    }
  }

  private static void checkGradientSamples(String parameter, Labels rows, int samples) {
    if (rows.width() == 0 || !rows.names().getFirst().equals("sample")) {
      throw new IllegalArgumentException(
          "the samples of the gradient by '"
              + parameter
              + "' have the dimensions "
              + rows.names()
              + ", the first must be 'sample'");
    }
    int[] flat = LabelsData.of(rows);
    for (int row = 0; row < rows.size(); row++) {
      int sample = flat[row * rows.width()];
      if (sample < 0 || sample >= samples) {
        throw new IllegalArgumentException(
            "row "
                + row
                + " of the gradient by '"
                + parameter
                + "' is for sample "
                + sample
                + ", the block has samples 0 to "
                + (samples - 1));
      }
    }
  }
}
