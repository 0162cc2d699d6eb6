package org.cotangent.autodiff;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

import org.jspecify.annotations.Nullable;

/**
 * Sums over axes and along them, and their adjoints; {@link Extremum} and {@link Softmax} belong to
 * them. Sets of axes are bit masks: bit k stands for axis k. Sizes come from the operands, so that
 * a recorded sum holds for operands of other sizes.
 */
sealed interface Reduction extends Primitive
    permits Reduction.Sum,
        Reduction.Expand,
        Reduction.SumLike,
        ProductSumLike,
        Reduction.Count,
        Reduction.CumulativeSum,
        Softmax,
        Extremum {

  /** Applies the primitive and records it. */
  default Tensor apply(Tensor... operands) {
    Tensor value = evaluate(operands);
    return Tensor.result(value.dtype, value.shape, value.data, this, operands);
  }

  /** The sum over some axes, which disappear. */
  record Sum(int axes) implements Reduction {
    @Override
    public String label() {
      return "sum";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      if (!x.dtype.isDifferentiable()) {
        throw Errors.notFloating("sum", x);
      }
      int left = axes;
      while (left != 0) { // runs of neighboring axes from the last to the first
        int last = 31 - Integer.numberOfLeadingZeros(left);
        int first = last;
        while (first > 0 && (left >> (first - 1) & 1) == 1) {
          first--;
        }
        x = sumRun(x, first, last);
        left &= (1 << first) - 1;
      }
      return x.primitive == null ? x : new Tensor(x.dtype, x.shape, x.data);
    }

    private static Tensor sumRun(Tensor x, int first, int last) {
      int outer = x.shape.sizeBefore(first);
      int inner = x.shape.sizeAfter(last);
      Shape shape = x.shape;
      int count = 1;
      for (int axis = last; axis >= first; axis--) {
        count *= shape.dim(axis);
        shape = shape.without(axis);
      }
      if (x.data instanceof double[] a) {
        double[] out = Workspace.doubles(shape.size());
        KERNELS.sumMiddle(a, outer, count, inner, out);
        return new Tensor(x.dtype, shape, out);
      }
      float[] out = Workspace.floats(shape.size());
      KERNELS.sumMiddle((float[]) x.data, outer, count, inner, out);
      return new Tensor(x.dtype, shape, out);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return new Expand(axes).apply(cotangent, operands[0]);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return apply(tangent);
    }
  }

  /**
   * The adjoint of {@link Sum}: repeats the first operand along the axes, to the second's shape.
   */
  record Expand(int axes) implements Reduction {
    @Override
    public String label() {
      return "expand";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      Shape shape = operands[1].shape;
      int[] kept = shape.toArray();
      for (int k = 0; k < kept.length; k++) {
        if ((axes >> k & 1) == 1) {
          kept[k] = 1;
        }
      }
      return Shaping.broadcast(new Tensor(x.dtype, Shape.wrap(kept), x.data), shape);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return new Sum(axes).apply(cotangent);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return apply(tangent, operands[1]);
    }

    @Override
    public boolean isDifferentiable(int operand) {
      return operand == 0;
    }
  }

  /**
   * The adjoint of {@link Shaping.BroadcastLike}: sums the first operand down to the second's
   * shape.
   */
  record SumLike() implements Reduction {
    @Override
    public String label() {
      return "sum_like";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      Shape shape = operands[1].shape;
      int extra = x.rank() - shape.rank();
      int axes = 0;
      for (int k = 0; k < x.rank(); k++) {
        if (k < extra || (shape.dim(k - extra) == 1 && x.shape.dim(k) != 1)) {
          axes |= 1 << k;
        }
      }
      return new Tensor(x.dtype, shape, new Sum(axes).evaluate(x).data);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return cotangent.broadcastLike(operands[0]);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return tangent.sumLike(operands[1]);
    }

    @Override
    public boolean isDifferentiable(int operand) {
      return operand == 0;
    }
  }

  /**
   * How many elements a reduction over some axes puts into one, as a scalar of the operand's type:
   * taken from the operand, so that a recorded mean holds for operands of other sizes.
   */
  record Count(int axes) implements Reduction {
    @Override
    public String label() {
      return "count";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      return Tensor.full(operands[0].dtype, operands[0].shape.sizeAlong(axes), Shape.SCALAR);
    }

    @Override
    public @Nullable Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return null;
    }

    @Override
    public @Nullable Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return null;
    }

    @Override
    public boolean isDifferentiable(int operand) {
      return false;
    }
  }

  /**
   * The running sum along an axis, from the front or from the back; each is the other's adjoint.
   */
  record CumulativeSum(int axis, boolean fromBack) implements Reduction {
    @Override
    public String label() {
      return "cumsum";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      int count = x.shape.dim(axis);
      int inner = x.shape.sizeAfter(axis);
      int step = fromBack ? inner : -inner; // to the entry that was summed before
      switch (x.dtype) {
        case FLOAT64 -> {
          double[] out = ((double[]) x.data).clone();
          for (int o = 0; o < x.shape.sizeBefore(axis); o++) {
            for (int c = 1; c < count; c++) {
              int at = (o * count + (fromBack ? count - 1 - c : c)) * inner;
              KERNELS.accumulate(out, at + step, out, at, inner);
            }
          }
          return new Tensor(x.dtype, x.shape, out);
        }
        case FLOAT32 -> {
          float[] out = ((float[]) x.data).clone();
          for (int o = 0; o < x.shape.sizeBefore(axis); o++) {
            for (int c = 1; c < count; c++) {
              int at = (o * count + (fromBack ? count - 1 - c : c)) * inner;
              KERNELS.accumulate(out, at + step, out, at, inner);
            }
          }
          return new Tensor(x.dtype, x.shape, out);
        }
        default -> throw Errors.notFloating(label(), x);
      }
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return new CumulativeSum(axis, !fromBack).apply(cotangent);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return apply(tangent);
    }
  }
}
