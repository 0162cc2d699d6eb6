package org.cotangent.autodiff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Operands for every primitive, at which its rules can be compared with differences: away from
 * kinks and poles, without ties, within the domain. A primitive may have several samples.
 */
final class PrimitiveSamples {
  /** A primitive and operands of it. */
  record Sample(Primitive primitive, Tensor... operands) {
    /** Applies the primitive to such operands and records it. */
    Tensor apply(List<Tensor> given) {
      Tensor[] array = given.toArray(Tensor[]::new);
      Tensor value = primitive.evaluate(array);
      return Tensor.result(value.dtype(), value.shape(), value.data, primitive, array);
    }

    /** The same with operands of f32. */
    Sample single() {
      Tensor[] rounded = operands.clone();
      for (int k = 0; k < rounded.length; k++) {
        if (rounded[k].dtype() == DType.FLOAT64) {
          rounded[k] = rounded[k].cast(DType.FLOAT32);
        }
      }
      return new Sample(primitive, rounded);
    }

    @Override
    public String toString() {
      return name(primitive) + " " + primitive;
    }
  }

  private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

  private PrimitiveSamples() {
    for (Unary function : Unary.values()) {
      add(function, function == Unary.ACOSH ? above(2, 3) : inner(2, 3));
      if (function != Unary.ACOSH
          && function != Unary.LOG
          && function != Unary.LOG2
          && function != Unary.SQRT) {
        add(function, signed(5));
      }
    }
    for (Binary function : Binary.values()) {
      if (function == Binary.MAXIMUM || function == Binary.MINIMUM) {
        add(function, signed(2, 3), signed(3));
        add(function, signed(3), signed(2, 3));
        continue;
      }
      add(function, inner(2, 3), above(2, 3));
      add(function, inner(3), above(2, 1));
      add(function, above(2, 1, 3), inner(2, 1));
      add(function, inner(), inner(4));
    }
    for (SiluDerivative derivative : SiluDerivative.values()) {
      add(derivative, signed(2, 3), signed(2, 3).multiply(3));
    }
    for (Comparison comparison : Comparison.values()) {
      add(comparison, inner(3), signed(3));
    }
    add(Selection.WHERE, Tensor.of(new boolean[] {true, false, true}, 3), inner(3), signed(3));
    for (Source source : Source.values()) {
      add(source, inner(3));
    }
    add(new Argument(), inner(3));
    unaryWithConstant();
    reductions();
    shapings();
    indexing();
    discrete();
    products();
  }

  private void unaryWithConstant() {
    add(new UnaryWithConstant.Affine(1.7, -0.3), signed(4));
    add(new UnaryWithConstant.Affine(0, 2), signed(4));
    add(new UnaryWithConstant.Power(2.5), inner(4));
    add(new UnaryWithConstant.Power(-1), signed(4));
    add(new UnaryWithConstant.Power(3), signed(4));
    add(new UnaryWithConstant.Power(0), signed(4));
    add(new UnaryWithConstant.Polygamma(0), inner(4));
    add(new UnaryWithConstant.Polygamma(2), above(4));
    add(new UnaryWithConstant.Clamp(-0.33, 0.55), signed(6));
    add(new UnaryWithConstant.Cast(DType.FLOAT64), inner(3));
  }

  private void reductions() {
    add(new Reduction.Sum(0b101), signed(2, 3, 2));
    add(new Reduction.Expand(0b101), signed(3), signed(2, 3, 2));
    add(new Reduction.SumLike(), signed(2, 3, 2), signed(3, 1));
    add(new ProductSumLike(), signed(2, 3, 2), inner(2, 3, 2), signed(2, 1, 2));
    add(new ProductSumLike(), signed(2, 3, 2), inner(3, 1), signed(3, 1));
    add(new Reduction.Count(0b10), signed(2, 3));
    add(new Reduction.CumulativeSum(1, false), signed(2, 3, 2));
    add(new Reduction.CumulativeSum(0, true), signed(3, 2));
    add(new Softmax(1), signed(2, 3));
    add(new Softmax(0), signed(2, 3));
    add(new Extremum(0b101, true), signed(2, 3, 2));
    add(new Extremum(0b1, false), signed(3, 2));
  }

  private void shapings() {
    add(new Shaping.Reshape(Shape.of(3, 2)), signed(2, 3));
    add(new Shaping.ReshapeLike(), signed(2, 3), signed(6));
    add(new Shaping.Transpose(List.of(2, 0, 1)), signed(2, 3, 2));
    add(new Shaping.BroadcastLike(), signed(3, 1), signed(2, 3, 2));
    add(new Shaping.BroadcastTo(Shape.of(2, 3, 2)), signed(3, 1));
    add(new Shaping.Slice(1, 1, 4, 2), signed(2, 5));
    add(new Shaping.Unslice(1, 1, 2), signed(2, 2), signed(2, 5));
    add(new Shaping.Unsqueeze(0b101), signed(3));
    add(new Shaping.Squeeze(0b101), signed(1, 3, 1));
    add(new Shaping.Flip(0b10), signed(2, 3));
    add(new Shaping.Pad(1, 2, 1, 0.7), signed(2, 3));
    add(new Joining.Concatenate(1), signed(2, 1), inner(2, 3), signed(2, 2));
  }

  private void indexing() {
    Tensor index = Tensor.of(new int[] {2, 0, 2, 1}, 4);
    add(new Indexing.IndexSelect(1), signed(2, 3), index);
    add(new Indexing.IndexAdd(1), signed(2, 4), index, signed(2, 3));
    add(new Indexing.SegmentSum(4), signed(4, 2), index);
    add(new SegmentMax(3), signed(4, 2), index);
    Tensor each = Tensor.of(new long[] {1, 0, 2, 2}, 2, 2);
    add(new Gather(0), signed(3, 2), each);
    add(new ScatterAdd(0), signed(2, 2), each, signed(3, 2));
  }

  private void discrete() {
    add(new Discrete.ArgExtremum(0, true), signed(3));
    add(new Discrete.ArgSort(0), signed(3));
    add(new Discrete.Unique(), signed(3));
    add(new Discrete.BinCount(1), Tensor.of(new int[] {1, 2}, 2));
  }

  private void products() {
    add(new Product.MatMul(false, false), signed(2, 3), inner(3, 2));
    add(new Product.MatMul(true, false), signed(3, 2), inner(3, 4));
    add(new Product.MatMul(false, true), signed(2, 2, 3), inner(4, 3));
    add(new Product.MatMul(true, true), signed(3, 2), inner(2, 4, 3));
    add(Product.LINEAR, signed(2, 3), inner(4, 3), signed(4));
  }

  private void add(Primitive primitive, Tensor... operands) {
    samples
        .computeIfAbsent(name(primitive), key -> new ArrayList<>())
        .add(new Sample(primitive, operands));
  }

  /** Returns the samples by the name of their primitive. */
  static Map<String, List<Sample>> all() {
    return new PrimitiveSamples().samples;
  }

  /** The name of a primitive: {@code Unary.EXP}, {@code Shaping.Slice}. */
  static String name(Primitive primitive) {
    return primitive instanceof Enum<?> constant
        ? constant.getDeclaringClass().getSimpleName() + "." + constant.name()
        : name(primitive.getClass());
  }

  static String name(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return outer == null
        ? type.getSimpleName()
        : outer.getSimpleName() + "." + type.getSimpleName();
  }

  /** Numbers between 0.1 and 0.9, no two of them equal, different for different shapes. */
  private static Tensor inner(int... dims) {
    return filled(0.1, 0.8, dims);
  }

  /** Numbers between 1.3 and 2.1. */
  private static Tensor above(int... dims) {
    return filled(1.3, 0.8, dims);
  }

  /** Numbers of both signs between -0.9 and 0.9, none closer to 0 than 0.05. */
  private static Tensor signed(int... dims) {
    Tensor half = filled(0.05, 0.85, dims);
    double[] values = half.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= i % 2 == 0 ? 1 : -1;
    }
    return Tensor.of(values, dims);
  }

  private static Tensor filled(double from, double width, int... dims) {
    double golden = 0.6180339887498949; // its multiples modulo 1 stay far from one another
    double[] values = new double[Shape.of(dims).size()];
    for (int i = 0; i < values.length; i++) {
      double fraction = (i + 1 + 3 * dims.length) * golden;
      values[i] = from + width * (fraction - Math.floor(fraction));
    }
    return Tensor.of(values, dims);
  }
}
