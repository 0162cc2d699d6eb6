package org.cotangent.autodiff.equivariant;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.Workspace;
import org.cotangent.autodiff.internal.AddedDerivative;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.autodiff.kernels.ProductKernels;

/**
 * The sum Σ x[c, i, k]·w[g(i), slot(c), k, h]·z[out(c), i, h] of a {@link ChannelMixing}, seen from
 * one of its factors. Operands are the other two, in this order, and the offsets of the groups.
 */
record GroupedProduct(ChannelMixing mixing, View view) implements CustomPrimitive, AddedDerivative {

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
    Object out = Workspace.zeros(a.dtype(), shape.size());
    add(a, b, offsets, out);
    return TensorData.wrap(a.dtype(), shape, out);
  }

  private void add(Tensor a, Tensor b, int[] offsets, Object out) {
    int rows = offsets[offsets.length - 1];
    int channels = a.dim(2);
    int mixed = view == View.RESULT ? b.dim(3) : b.dim(2);
    Object first = TensorData.of(a);
    Object second = TensorData.of(b);
    Object turned = view == View.X ? Workspace.array(a.dtype(), channels * mixed) : first;
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
          case X -> { // weights are read best when turned, and components of a slot share them
            if (c == 0 || mixing.slot(c) != mixing.slot(c - 1)) {
              transpose(channels, mixed, first, w, turned);
            }
            add(count, channels, mixed, second, z, mixed, 1, turned, 0, channels, out, x);
          }
          case WEIGHTS ->
              add(channels, mixed, count, first, x, 1, channels, second, z, mixed, out, w);
          case RESULT ->
              add(count, mixed, channels, first, x, channels, 1, second, w, mixed, out, z);
        }
      }
    }
  }

  private static void transpose(int rows, int columns, Object x, int from, Object out) {
    if (x instanceof double[] matrix) {
      KERNELS.transpose(rows, columns, matrix, from, (double[]) out);
    } else {
      KERNELS.transpose(rows, columns, (float[]) x, from, (float[]) out);
    }
  }

  private static void add(
      int m,
      int n,
      int k,
      Object x,
      int xo,
      int xRow,
      int xColumn,
      Object y,
      int yo,
      int yRow,
      Object out,
      int oo) {
    int how = ProductKernels.ADD;
    if (out instanceof double[] sums) {
      double[] left = (double[]) x;
      double[] right = (double[]) y;
      KERNELS.gemm(m, n, k, left, xo, xRow, xColumn, right, yo, yRow, 1, sums, oo, n, how);
    } else {
      float[] left = (float[]) x;
      float[] right = (float[]) y;
      float[] sums = (float[]) out;
      KERNELS.gemm(m, n, k, left, xo, xRow, xColumn, right, yo, yRow, 1, sums, oo, n, how);
    }
  }

  /** A view of the same sum with its two operands. */
  private record Seen(View view, Tensor a, Tensor b) {}

  private Seen adjoint(int operand, Tensor g, Tensor[] operands) {
    Tensor a = operands[0];
    Tensor b = operands[1];
    return switch (view) {
      case RESULT -> // a = x, b = w
          operand == 0 ? new Seen(View.X, b, g) : new Seen(View.WEIGHTS, a, g);
      case X -> // a = w, b = z
          operand == 0 ? new Seen(View.WEIGHTS, g, b) : new Seen(View.RESULT, g, a);
      case WEIGHTS -> // a = x, b = z
          operand == 0 ? new Seen(View.X, g, b) : new Seen(View.RESULT, a, g);
    };
  }

  @Override
  public Tensor vjp(int operand, Tensor g, Tensor[] operands, Tensor result) {
    Seen seen = adjoint(operand, g, operands);
    return new GroupedProduct(mixing, seen.view).apply(seen.a, seen.b, operands[2]);
  }

  @Override
  public void addVjp(int operand, Tensor g, Tensor[] operands, Tensor result, Tensor sum) {
    Seen seen = adjoint(operand, g, operands);
    new GroupedProduct(mixing, seen.view)
        .add(seen.a, seen.b, TensorData.ints(operands[2]), TensorData.of(sum));
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return operand == 0
        ? apply(tangent, operands[1], operands[2])
        : apply(operands[0], tangent, operands[2]);
  }
}
