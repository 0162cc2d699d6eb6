package org.cotangent.autodiff;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

/**
 * The largest or smallest value over some axes, which disappear; NaN if one of the values is. The
 * derivative is shared evenly among all elements that are equal to it. Sets of axes are bit masks.
 */
record Extremum(int axes, boolean largest) implements Reduction {
  @Override
  public String label() {
    return largest ? "max" : "min";
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    Tensor x = operands[0];
    if (!x.dtype.isDifferentiable()) {
      throw Errors.notFloating(label(), x);
    }
    if (x.shape.sizeAlong(axes) == 0) {
      throw Errors.shape(
          label(), x, "has no entries to take the " + (largest ? "largest" : "smallest") + " of");
    }
    int left = axes;
    while (left != 0) { // runs of neighboring axes from the last to the first
      int last = 31 - Integer.numberOfLeadingZeros(left);
      int first = last;
      while (first > 0 && (left >> (first - 1) & 1) == 1) {
        first--;
      }
      x = overRun(x, first, last);
      left &= (1 << first) - 1;
    }
    return x.primitive == null ? x : new Tensor(x.dtype, x.shape, x.data);
  }

  private Tensor overRun(Tensor x, int first, int last) {
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
      if (largest) {
        KERNELS.maxMiddle(a, outer, count, inner, out);
      } else {
        KERNELS.minMiddle(a, outer, count, inner, out);
      }
      return new Tensor(x.dtype, shape, out);
    }
    float[] a = (float[]) x.data;
    float[] out = Workspace.floats(shape.size());
    if (largest) {
      KERNELS.maxMiddle(a, outer, count, inner, out);
    } else {
      KERNELS.minMiddle(a, outer, count, inner, out);
    }
    return new Tensor(x.dtype, shape, out);
  }

  /** 1 for each element that is equal to the extremum, else 0. */
  private Tensor winners(Tensor x, Tensor extremum) {
    return x.equalTo(new Expand(axes).apply(extremum, x)).cast(x.dtype);
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    Tensor winners = winners(operands[0], result);
    Tensor share = cotangent.divide(new Sum(axes).apply(winners));
    return winners.multiply(new Expand(axes).apply(share, operands[0]));
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    Tensor winners = winners(operands[0], result);
    Sum sum = new Sum(axes);
    return sum.apply(tangent.multiply(winners)).divide(sum.apply(winners));
  }
}
