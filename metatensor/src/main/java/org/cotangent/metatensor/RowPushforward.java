package org.cotangent.metatensor;

import java.util.List;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;

/**
 * How an operation pushes all rows of its inputs' gradients forward at once: for those whose result
 * a sweep over the tape would reach only by as many steps as a sample has rows. It is made of
 * tensor operations, so that the result is recorded and has derivatives itself.
 */
@FunctionalInterface
public interface RowPushforward {
  /**
   * Returns Σ over the inputs, Σ over their rows r with {@code target[r]} = R, of ∂values/∂input ·
   * row r: the gradient's values, {@code [count, extra, …]}.
   *
   * @param rows those of each input
   * @param count the number of rows of the result
   */
  Tensor apply(List<Rows> rows, int count);

  /**
   * The rows of an input's gradient.
   *
   * @param values {@code [rows, extra, features]}: the axes by which one differentiates as one, and
   *     those of a sample of the input as one
   * @param sampleOf for each row the sample of the input that it is a derivative of
   * @param target for each row the row of the result that it becomes part of, or -1 if its sample
   *     is not part of the result
   */
  record Rows(Tensor values, int[] sampleOf, int[] target) {
    static Rows of(TensorBlock block, TensorBlock gradient, int[] target) {
      int extra = TensorBlock.count(Derivation.extra(gradient, block));
      int features = block.shape().sizeAfter(0);
      return new Rows(
          gradient.values().reshape(Shape.of(gradient.samples().size(), extra, features)),
          gradient.samples().column("sample"),
          target);
    }

    /** Those of a block that is held constant. */
    static Rows none(TensorBlock block) {
      int features = block.shape().sizeAfter(0);
      return new Rows(
          Tensor.zeros(block.dtype(), Shape.of(0, 1, features)), new int[0], new int[0]);
    }
  }
}
