package org.cotangent.autodiff;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
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
        refused(() -> INTEGERS.add(1), "arithmetic with a number", "i32[3]"),
        refused(() -> INTEGERS.pow(3), "pow", "i32[3]"),
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

  /** None of these may ask for memory before it is refused. */
  @TestFactory
  Stream<DynamicTest> resultsThatNoArrayCanHold() {
    Tensor column = Tensor.zeros(DType.FLOAT64, 1 << 16, 1);
    Tensor row = Tensor.zeros(DType.FLOAT64, 1, 1 << 16);
    Tensor long1 = Tensor.zeros(DType.FLOAT64, 1 << 16);
    List<Tensor> many = Collections.nCopies(1 << 16, long1);
    int[] often = new int[1 << 16];
    Arrays.fill(often, 1 << 16);
    String limit = "2147483639 elements";
    String shapes = "[65536, 1]";
    return Stream.of(
        refused(() -> column.add(row), "add", shapes, "[1, 65536]", limit),
        refused(() -> column.maximum(row), "maximum", shapes, "[1, 65536]", limit),
        refused(() -> column.lessThan(row), "less", shapes, "[1, 65536]", limit),
        refused(() -> column.matmul(row), "65536", limit),
        refused(() -> long1.outer(long1), "multiply", shapes, "[1, 65536]", limit),
        refused(() -> Tensor.einsum("i,j->ij", long1, long1), "65536", limit),
        refused(() -> Tensor.zeros(DType.FLOAT64, 1 << 16, 1 << 16), "[65536, 65536]", limit),
        refused(() -> Tensor.zeros(DType.FLOAT64, 1 << 30, 1 << 30, 16), "1073741824", limit),
        refused(() -> Tensor.full(DType.BOOL, 1, Integer.MAX_VALUE), "2147483647", limit),
        refused(() -> long1.broadcastTo(Shape.of(1 << 16, 1 << 16)), "65536", limit),
        refused(() -> Tensor.concatenate(0, many), "concatenate", "4294967296 entries", limit),
        refused(() -> Tensor.stack(1, many), "concatenate", "65536 entries", limit),
        refused(() -> long1.repeat(0, 1 << 16), "repeat", "[65536]", "4294967296", limit),
        refused(() -> long1.repeat(0, often), "repeat", "[65536]", "4294967296", limit),
        refused(() -> long1.tile(1 << 16), "tile", "[65536]"),
        refused(() -> long1.pad(0, Integer.MAX_VALUE, 1, 0), "pad", "[65536]", limit),
        refused(() -> column.segmentSum(Tensor.zeros(DType.INT32, 1 << 16), -1), "segment_sum"),
        refused(() -> row.segmentSum(Tensor.zeros(DType.INT32, 1), 1 << 16), "segment_sum", limit),
        refused(
            () -> row.indexSelect(0, Tensor.zeros(DType.INT32, 1 << 16)), "index_select", limit),
        refused(() -> Derivatives.jacobian(x -> x.multiply(2), long1), "[65536, 65536]", limit));
  }

  @TestFactory
  Stream<DynamicTest> sizesThatAreNone() {
    int[] ones = new int[32];
    Arrays.fill(ones, 1);
    return Stream.of(
        refused(() -> Tensor.arange(-1), "[-1]", "negative"),
        refused(() -> Tensor.zeros(DType.FLOAT64, -1), "[-1]", "negative"),
        refused(() -> Tensor.zeros(DType.FLOAT64, ones), "31 axes"),
        refused(() -> INTEGERS.bincount(-1), "bincount", "-1"),
        refused(() -> X.repeat(0, -1), "repeat", "-1"),
        refused(() -> X.tile(-1), "tile", "-1"),
        refused(() -> X.pad(0, -1, 0, 0), "pad", "-1"),
        refused(() -> X.sumLike(V), "sum_like", "[2, 3]", "[2]"),
        refused(() -> V.broadcastLike(X), "broadcast_like", "[2]", "[2, 3]"));
  }

  @TestFactory
  Stream<DynamicTest> elementsThatAreNotThere() {
    return Stream.of(
        DynamicTest.dynamicTest(
            "get",
            () ->
                assertTrue(
                    assertThrows(IndexOutOfBoundsException.class, () -> X.get(0, 3))
                        .getMessage()
                        .equals("shape [2, 3] has no element at [0, 3]"))),
        DynamicTest.dynamicTest(
            "at",
            () ->
                assertTrue(
                    assertThrows(IndexOutOfBoundsException.class, () -> X.at(6))
                        .getMessage()
                        .equals("shape [2, 3] has no element 6"))));
  }

  /** What jumps, or is no number, has no derivative, and says so; nothing is silently zero. */
  @TestFactory
  Stream<DynamicTest> derivativesThatThereAreNot() {
    Tensor x = X.variable();
    Tensor one = Tensor.of(1.0);
    return Stream.of(
        refused(() -> Derivatives.grad(y -> y.argmax(0)).apply(V), "grad", "argmax", "i32"),
        refused(() -> Derivatives.grad(y -> y.sum().lessThan(1)).apply(V), "grad", "less", "bool"),
        refused(() -> Derivatives.vjp(y -> y.argsort(0), V, V), "vjp", "argsort", "i32[2]"),
        refused(() -> Derivatives.jvp(y -> y.unique().cast(DType.INT32), V, V), "jvp", "i32"),
        refused(() -> Derivatives.jacobian(y -> y.equalTo(y), V), "jacobian", "equal", "bool"),
        refused(() -> Derivatives.grad(x.sum(), List.of(X)), "input 0", "[2, 3]", "variable()"),
        refused(() -> Derivatives.grad(x, List.of(x)), "[2, 3]", "sum it"),
        refused(
            () -> Derivatives.pullback(List.of(x.sum()), List.of(x), List.of()),
            "0 cotangents",
            "1 outputs"),
        refused(
            () ->
                Derivatives.pullback(
                    List.of(x.sum()), List.of(x), List.of(one.cast(DType.FLOAT32))),
            "cotangent",
            "f64[]",
            "f32[]"),
        refused(
            () -> Derivatives.pushforward(List.of(x), List.of(x), List.of(one)),
            "tangent",
            "f64[2, 3]",
            "f64[]"),
        refused(() -> Derivatives.grad(y -> y.multiply(2)).apply(INTEGERS), "grad", "i32[3]"));
  }
}
