package org.cotangent.atomistic.descriptors;

import java.util.List;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;

/** The pairs of an atom with itself, not with an image, which no neighbor list has. */
final class SelfPairs {
  private SelfPairs() {}

  /**
   * Adds a sample for each of some atoms paired with itself. Such a pair does not change with
   * anything, so its gradients have no rows.
   *
   * @param block samples {@code (system, first_atom, second_atom, cell_shift_a, cell_shift_b,
   *     cell_shift_c)}
   * @param atoms samples {@code (system, atom)}
   * @param row the values of each pair, {@code [1, components…, properties]}
   */
  static TensorBlock appended(TensorBlock block, Labels atoms, Tensor row) {
    Labels pairs = block.samples();
    int width = pairs.width();
    int[] labels = new int[(pairs.size() + atoms.size()) * width];
    for (int p = 0; p < pairs.size(); p++) {
      for (int k = 0; k < width; k++) {
        labels[p * width + k] = pairs.value(p, k);
      }
    }
    for (int a = 0; a < atoms.size(); a++) {
      int at = (pairs.size() + a) * width;
      labels[at] = atoms.value(a, 0);
      labels[at + 1] = atoms.value(a, 1);
      labels[at + 2] = atoms.value(a, 1);
    }
    Shape shape = row.shape().with(0, atoms.size());
    TensorBlock result =
        TensorBlock.of(
            Tensor.concatenate(0, List.of(block.values(), row.broadcastTo(shape))),
            Labels.ofFlat(pairs.names(), labels),
            block.components(),
            block.properties());
    for (String parameter : block.gradients().keySet()) {
      result = result.withGradient(parameter, block.gradient(parameter));
    }
    return result;
  }
}
