package org.cotangent.autodiff;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Wrong operands are refused in one sentence that names the operation and what was given. */
class RefusalsTest {
  private static final Tensor X = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
  private static final Tensor V = Tensor.of(new double[] {1, 2});
  private static final Tensor SINGLE = X.cast(DType.FLOAT32);
  private static final Tensor INTEGERS = Tensor.of(new int[] {1, 2, 3}, 3);

  private static DynamicTest refused(Executable call, String... parts) {
    return DynamicTest.dynamicTest(
        String.join(" ", parts),
        () -> {
          String message = assertThrows(IllegalArgumentException.class, call).getMessage();
          for (String part : parts) {
            assertTrue(message.contains(part), message);
          }
          assertTrue(!message.contains("\n"), message);
        });
  }

  @TestFactory
  Stream<DynamicTest> shapesThatDoNotFit() {
    Tensor index = Tensor.of(new int[] {0, 1}, 2);
    return Stream.of(
        refused(() -> X.add(V), "add", "[2, 3]", "[2]"),
        refused(() -> X.maximum(V), "maximum", "[2, 3]", "[2]"),
        refused(() -> X.lessThan(V), "less", "[2, 3]", "[2]"),
        refused(() -> X.lessThan(0).where(X, V), "where", "[2, 3]", "[2]"),
        refused(() -> X.lerp(V, 0.5), "[2, 3]", "[2]"),
        refused(() -> X.matmul(X), "matmul", "[2, 3]"),
        refused(() -> X.gather(0, index), "gather", "[2, 3]", "[2]"),
        refused(() -> X.takeAlongAxis(0, index), "take_along_axis", "[2, 3]", "[2]"),
        refused(() -> X.indexAdd(0, index, V), "index_add", "[2, 3]", "[2]"),
        refused(() -> V.scatterAdd(0, index, X), "scatter_add", "[2, 3]", "[2]"),
        refused(() -> X.segmentSum(INTEGERS, 4), "segment_sum", "[2, 3]", "[3]"),
        refused(() -> X.segmentMax(INTEGERS, 4), "segment_max", "[2, 3]", "[3]"),
        refused(() -> Tensor.concatenate(0, List.of(X, V)), "concatenate", "[2, 3]", "[2]"),
        refused(() -> Tensor.stack(0, List.of(X, V)), "stack", "[2, 3]", "[2]"),
        refused(() -> X.split(1, 2, 2), "split", "[2, 3]", "[2, 2]"),
        refused(() -> X.reshape(4), "reshape", "[2, 3]", "[4]"),
        refused(() -> X.reshape(4, -1), "reshape", "[2, 3]", "[4, -1]"),
        refused(() -> V.broadcastTo(X.shape()), "broadcast_to", "[2]", "[2, 3]"),
        refused(() -> X.transpose(0, 0), "transpose", "[2, 3]", "[0, 0]"),
        refused(() -> X.squeeze(0), "squeeze", "[2, 3]", "2 entries"),
        refused(() -> X.unsqueeze(4), "unsqueeze", "[2, 3]", "4"),
        refused(() -> X.repeat(0, new int[] {1}), "repeat", "[2, 3]", "2 entries"),
        refused(() -> V.tril(0), "tril", "[2]"),
        refused(() -> V.trace(), "trace", "[2]"),
        refused(() -> X.diagonal(0, 0, -2), "diagonal", "two different axes"),
        refused(() -> X.layerNorm(Shape.of(2), 1e-5, null, null), "layer_norm", "[2, 3]", "[2]"),
        refused(() -> X.layerNorm(Shape.of(3), 1e-5, V, null), "layer_norm", "weight", "[2]"),
        refused(() -> Losses.mse(X, V), "mse_loss", "[2, 3]", "[2]"));
  }

  @TestFactory
  Stream<DynamicTest> axesThatAreNotThere() {
    return Stream.of(
        refused(() -> X.sum(2), "sum", "[2, 3]", "no axis 2"),
        refused(() -> X.max(-3), "max", "[2, 3]", "no axis -3"),
        refused(() -> X.mean(0, 0), "mean", "axis 0", "twice"),
        refused(() -> X.softmax(2), "softmax", "no axis 2"),
        refused(() -> X.cumsum(2), "cumsum", "no axis 2"),
        refused(() -> X.cumprod(2), "cumprod", "no axis 2"),
        refused(() -> X.prod(2), "prod", "no axis 2"),
        refused(() -> X.flip(2), "flip", "no axis 2"),
        refused(() -> X.roll(2, 1), "roll", "no axis 2"),
        refused(() -> X.slice(2, 0, 1), "slice", "no axis 2"),
        refused(() -> X.pad(2, 0, 1, 0), "pad", "no axis 2"),
        refused(() -> X.argmax(2), "argmax", "no axis 2"),
        refused(() -> X.sort(2), "sort", "no axis 2"),
        refused(() -> Tensor.concatenate(2, List.of(X, X)), "concatenate", "no axis 2"));
  }

  @TestFactory
  Stream<DynamicTest> indicesOutOfRange() {
    Tensor large = Tensor.of(new long[] {0, 1L << 40}, 2);
    Tensor negative = Tensor.of(new int[] {-1}, 1);
    return Stream.of(
        refused(() -> V.indexSelect(0, large), "index_select", "entry 1", "1099511627776"),
        refused(() -> V.indexSelect(0, negative), "index_select", "entry 0", "-1"),
        refused(() -> V.gather(0, large), "gather", "entry 1", "0 to 1"),
        refused(() -> V.scatterAdd(0, large, V), "scatter_add", "entry 1"),
        refused(() -> V.segmentSum(large, 2), "segment_sum", "entry 1"),
        refused(() -> V.indexSelect(0, V), "index_select", "f64"),
        refused(() -> Tensor.of(new double[0]).indexSelect(0, large), "no entries"));
  }

  @TestFactory
  Stream<DynamicTest> typesThatDoNotFit() {
    return Stream.of(
        refused(() -> X.add(SINGLE), "add", "f64[2, 3]", "f32[2, 3]", "cast"),
        refused(() -> X.lessThan(SINGLE), "less", "f64[2, 3]", "f32[2, 3]"),
        refused(() -> X.matmul(SINGLE.t()), "matmul", "f64[2, 3]", "f32[3, 2]"),
        refused(() -> X.lessThan(0).where(X, SINGLE), "where", "f64[2, 3]", "f32[2, 3]"),
        refused(() -> X.where(X, X), "where", "bool", "f64[2, 3]"),
        refused(() -> Tensor.concatenate(0, List.of(X, SINGLE)), "concatenate", "f64", "f32"),
        refused(() -> Losses.l1(X, SINGLE, Losses.Over.SUM), "l1_loss", "f64", "f32"),
        refused(() -> INTEGERS.exp(), "exp", "i32[3]"),
        refused(() -> INTEGERS.add(INTEGERS), "add", "i32[3]"),
        refused(() -> INTEGERS.sum(), "sum", "i32[3]"),
        refused(() -> INTEGERS.max(), "max", "i32[3]"),
        refused(() -> INTEGERS.variable(), "i32"),
        refused(() -> Derivatives.grad(Tensor::sum).apply(INTEGERS), "grad", "i32[3]"));
  }

  @TestFactory
  Stream<DynamicTest> extremesOfNothing() {
    Tensor empty = Tensor.zeros(DType.FLOAT64, 2, 0);
    return Stream.of(
        refused(() -> empty.max(), "max", "[2, 0]", "largest"),
        refused(() -> empty.min(1), "min", "[2, 0]", "smallest"),
        refused(() -> empty.argmin(1), "argmin", "[2, 0]"));
  }

  @TestFactory
  Stream<DynamicTest> gradientsOfMoreThanOneElement() {
    return Stream.of(
        refused(() -> Derivatives.grad(Tensor::sin).apply(X), "gradient", "[2, 3]", "vjp"),
        refused(() -> Derivatives.vjp(Tensor::sin, X, V), "cotangent", "f64[2, 3]", "f64[2]"),
        refused(() -> Derivatives.jvp(Tensor::sin, X, V), "tangent", "f64[2, 3]", "f64[2]"));
  }
}
