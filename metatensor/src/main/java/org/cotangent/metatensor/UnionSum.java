package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.Tensor;

/** Sums over the union of keys, samples and properties: what one operand lacks counts as 0. */
final class UnionSum {
  private UnionSum() {}

  /** Returns a + b, or a - b. */
  static TensorMap of(TensorMap a, TensorMap b, boolean subtract) {
    Labels.Mapped keys = a.keys().union(b.keys());
    int[] inB = Indices.inverse(keys.second(), keys.labels().size());
    List<TensorBlock> blocks = new ArrayList<>(inB.length);
    for (int k = 0; k < inB.length; k++) {
      if (inB[k] < 0) {
        blocks.add(a.block(k));
      } else if (k >= a.size()) {
        blocks.add(subtract ? b.block(inB[k]).multiply(-1) : b.block(inB[k]));
      } else {
        try {
          blocks.add(of(a.block(k), b.block(inB[k]), subtract));
        } catch (IllegalArgumentException e) {
          throw Arithmetic.inBlock(a, k, e);
        }
      }
    }
    return TensorMap.of(keys.labels(), blocks, a.info());
  }

  /** Returns a + b, or a - b. */
  static TensorBlock of(TensorBlock a, TensorBlock b, boolean subtract) {
    if (!a.components().equals(b.components())) {
      throw new IllegalArgumentException(
          "a sum over the union of samples and properties needs equal components, these are "
              + names(a)
              + " and "
              + names(b)
              + ", or their entries differ");
    }
    if (!a.gradients().keySet().equals(b.gradients().keySet())) {
      throw new IllegalArgumentException(
          "one operand has gradients by "
              + a.gradients().keySet()
              + ", the other by "
              + b.gradients().keySet()
              + "; remove those that only one has");
    }
    Labels.Mapped samples = a.samples().union(b.samples());
    Labels.Mapped properties = a.properties().union(b.properties());
    Tensor x = padded(a.values(), samples.labels().size(), properties.labels().size());
    Tensor y = columns(b.values(), properties);
    y = subtract ? y.negate() : y;
    boolean same =
        samples.second().length == samples.labels().size() && Indices.isRange(samples.second());
    return Derivation.block(
        same ? x.add(y) : x.indexAdd(0, Indices.tensor(samples.second()), y),
        samples.labels(),
        a.components(),
        properties.labels(),
        List.of(
            new Derivation.Input(a, samples.first()), new Derivation.Input(b, samples.second())),
        false);
  }

  /** The rows and columns of a union begin with those of the first operand. */
  private static Tensor padded(Tensor x, int rows, int columns) {
    Tensor wide =
        x.dim(-1) == columns
            ? x
            : Tensor.concatenate(
                -1, List.of(x, Tensor.zeros(x.dtype(), x.shape().with(-1, columns - x.dim(-1)))));
    return x.dim(0) == rows
        ? wide
        : Tensor.concatenate(
            0, List.of(wide, Tensor.zeros(x.dtype(), wide.shape().with(0, rows - x.dim(0)))));
  }

  private static Tensor columns(Tensor y, Labels.Mapped properties) {
    int[] to = properties.second();
    int count = properties.labels().size();
    return to.length == count && Indices.isRange(to)
        ? y
        : Tensor.zeros(y.dtype(), y.shape().with(-1, count)).indexAdd(-1, Indices.tensor(to), y);
  }

  private static List<String> names(TensorBlock block) {
    List<String> names = new ArrayList<>();
    block.components().forEach(component -> names.addAll(component.names()));
    return names;
  }
}
