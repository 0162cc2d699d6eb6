package org.cotangent.autodiff.equivariant;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.autodiff.kernels.ProductKernels;
import org.jspecify.annotations.Nullable;

/**
 * The sum Σ x[c, i, k]·w[g(i), slot(c), k, h]·z[out(c), i, h] of a {@link ChannelMixing}, seen from
 * one of its factors. Operands are the other two, in this order, and the offsets of the groups.
 */
record GroupedProduct(ChannelMixing mixing, View view) implements CustomPrimitive {

  /** The factor that the sum is seen from. */
  enum View {
    /** x: operands w, z. */
    X,
    /** w: operands x, z. */
    WEIGHTS,
    /** z: operands x, w. */
    RESULT
  }

  @Override
  public String label() {
    return switch (view) {
      case X -> "mix_channels_transposed";
      case WEIGHTS -> "mix_channels_weights";
      case RESULT -> "mix_channels";
    };
  }

  static void requireOffsets(Tensor offsets, int rows) {
    int[] at = TensorData.ints(offsets);
    boolean right = at[0] == 0 && at[at.length - 1] == rows;
    for (int g = 1; g < at.length && right; g++) {
      right = at[g] >= at[g - 1];
    }
    if (!right) {
      throw new IllegalArgumentException(
          "offsets of groups must rise from 0 to the %d rows, got %s".formatted(rows, offsets));
    }
  }

  @Override
  public boolean isDifferentiable(int operand) {
    return operand < 2;
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    Tensor a = operands[0];
    Tensor b = operands[1];
    int[] offsets = TensorData.ints(operands[2]);
    int rows = offsets[offsets.length - 1];
    Shape shape =
        switch (view) {
          case X -> Shape.of(mixing.components(), rows, a.dim(2));
          case WEIGHTS -> Shape.of(offsets.length - 1, mixing.slots(), a.dim(2), b.dim(2));
          case RESULT -> Shape.of(mixing.outComponents(), rows, b.dim(3));
        };
    int channels = a.dim(2);
    int mixed = view == View.RESULT ? b.dim(3) : b.dim(2);
    Object out = a.dtype() == DType.FLOAT64 ? new double[shape.size()] : new float[shape.size()];
    for (int g = 0; g + 1 < offsets.length; g++) {
      int from = offsets[g];
      int count = offsets[g + 1] - from;
      if (count == 0) {
        continue;
      }
      for (int c = 0; c < mixing.components(); c++) {
        int x = (c * rows + from) * channels;
        int w = (g * mixing.slots() + mixing.slot(c)) * channels * mixed;
        int z = (mixing.out(c) * rows + from) * mixed;
        switch (view) {
          case X -> add(count, channels, mixed, b, z, mixed, 1, a, w, 1, mixed, out, x);
          case WEIGHTS -> add(channels, mixed, count, a, x, 1, channels, b, z, mixed, 1, out, w);
          case RESULT -> add(count, mixed, channels, a, x, channels, 1, b, w, mixed, 1, out, z);
        }
      }
    }
    return TensorData.wrap(a.dtype(), shape, out);
  }

  private static void add(
      int m,
      int n,
      int k,
      Tensor x,
      int xo,
      int xRow,
      int xColumn,
      Tensor y,
      int yo,
      int yRow,
      int yColumn,
      Object out,
      int oo) {
    if (out instanceof double[] sums) {
      double[] left = TensorData.doubles(x);
      double[] right = TensorData.doubles(y);
      KERNELS.gemm(
          m,
          n,
          k,
          left,
          xo,
          xRow,
          xColumn,
          right,
          yo,
          yRow,
          yColumn,
          sums,
          oo,
          n,
          ProductKernels.ADD);
    } else {
      float[] left = TensorData.floats(x);
      float[] right = TensorData.floats(y);
      KERNELS.gemm(
          m,
          n,
          k,
          left,
          xo,
          xRow,
          xColumn,
          right,
          yo,
          yRow,
          yColumn,
          (float[]) out,
          oo,
          n,
          ProductKernels.ADD);
    }
  }

  @Override
  public @Nullable Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    Tensor a = operands[0];
    Tensor b = operands[1];
    Tensor g = cotangent;
    Tensor offsets = operands[2];
    return switch (view) {
      case RESULT -> // a = x, b = w
          operand == 0 ? seen(View.X, b, g, offsets) : seen(View.WEIGHTS, a, g, offsets);
      case X -> // a = w, b = z
          operand == 0 ? seen(View.WEIGHTS, g, b, offsets) : seen(View.RESULT, g, a, offsets);
      case WEIGHTS -> // a = x, b = z
          operand == 0 ? seen(View.X, g, b, offsets) : seen(View.RESULT, a, g, offsets);
    };
  }

  private Tensor seen(View other, Tensor a, Tensor b, Tensor offsets) {
    return new GroupedProduct(mixing, other).apply(a, b, offsets);
  }

  @Override
  public @Nullable Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return operand == 0
        ? apply(tangent, operands[1], operands[2])
        : apply(operands[0], tangent, operands[2]);
  }
}
