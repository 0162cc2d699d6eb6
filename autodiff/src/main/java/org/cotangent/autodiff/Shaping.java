package org.cotangent.autodiff;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

import java.util.List;
import org.cotangent.autodiff.internal.AddedDerivative;

/** The same elements in another arrangement. All of these are linear, so their rules are short. */
sealed interface Shaping extends Primitive {

  /** Applies the primitive and records it. */
  default Tensor apply(Tensor... operands) {
    Tensor value = evaluate(operands);
    return Tensor.result(value.dtype, value.shape, value.data, this, operands);
  }

  @Override
  default boolean isDifferentiable(int operand) {
    return operand == 0; // a second operand only gives a shape
  }

  /** The elements in row-major order under another shape of the same size. */
  record Reshape(Shape shape) implements Shaping {
    @Override
    public String label() {
      return "reshape";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      return new Tensor(operands[0].dtype, shape, operands[0].data);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return new ReshapeLike().apply(cotangent, operands[0]);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return apply(tangent);
    }
  }

  /** The first operand in the shape of the second. */
  record ReshapeLike() implements Shaping {
    @Override
    public String label() {
      return "reshape_like";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      return new Tensor(operands[0].dtype, operands[1].shape, operands[0].data);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return apply(cotangent, operands[0]);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return apply(tangent, operands[1]);
    }
  }

  /** The axes in another order: axis k of the result is axis {@code axes[k]} of the operand. */
  record Transpose(List<Integer> axes) implements Shaping {
    @Override
    public String label() {
      return "transpose";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      int rank = axes.size();
      int[] dims = new int[rank];
      int[] strides = new int[rank];
      int[] from = x.shape.strides();
      for (int k = 0; k < rank; k++) {
        dims[k] = x.shape.dim(axes.get(k));
        strides[k] = from[axes.get(k)];
      }
      return strided(x, Shape.wrap(dims), strides, 0);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      Integer[] inverse = new Integer[axes.size()];
      for (int k = 0; k < inverse.length; k++) {
        inverse[axes.get(k)] = k;
      }
      return new Transpose(List.of(inverse)).apply(cotangent);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return apply(tangent);
    }
  }

  /** The first operand broadcast to the shape of the second. */
  record BroadcastLike() implements Shaping {
    @Override
    public String label() {
      return "broadcast_like";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      return broadcast(operands[0], operands[1].shape);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return cotangent.sumLike(operands[0]);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return tangent.broadcastLike(operands[1]);
    }
  }

  /** The operand broadcast to a given shape. */
  record BroadcastTo(Shape shape) implements Shaping {
    @Override
    public String label() {
      return "broadcast_to";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      return broadcast(operands[0], shape);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return cotangent.sumLike(operands[0]);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return apply(tangent);
    }
  }

  /** Every {@code step}-th entry along one axis from {@code start} to before {@code stop}. */
  record Slice(int axis, int start, int stop, int step) implements Shaping, AddedDerivative {
    @Override
    public String label() {
      return "slice";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      int count = stop > start ? (stop - start - 1) / step + 1 : 0; // start + step may overflow
      int[] strides = x.shape.strides();
      int offset = start * strides[axis];
      strides[axis] *= step;
      return strided(x, x.shape.with(axis, count), strides, offset);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return new Unslice(axis, start, step).apply(cotangent, operands[0]);
    }

    /** As {@code vjp} added, but that zeros of the sum outside of the slice keep their sign. */
    @Override
    public void addVjp(
        int operand, Tensor cotangent, Tensor[] operands, Tensor result, Tensor sum) {
      int count = cotangent.shape.dim(axis);
      int length = sum.shape.sizeAfter(axis) * sum.dtype.width();
      int whole = sum.shape.dim(axis) * length;
      int runs = step == 1 ? 1 : count; // neighboring entries are one run
      int run = step == 1 ? count * length : length;
      for (int o = 0; o < sum.shape.sizeBefore(axis); o++) {
        for (int k = 0; k < runs; k++) {
          int from = o * count * length + k * length;
          int to = o * whole + (start + k * step) * length;
          if (sum.data instanceof double[] out) {
            KERNELS.accumulate((double[]) cotangent.data, from, out, to, run);
          } else {
            KERNELS.accumulate((float[]) cotangent.data, from, (float[]) sum.data, to, run);
          }
        }
      }
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return apply(tangent);
    }
  }

  /** The adjoint of {@link Slice}: zeros like the second operand, with the first one's entries. */
  record Unslice(int axis, int start, int step) implements Shaping {
    @Override
    public String label() {
      return "unslice";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      Shape shape = operands[1].shape;
      Object out = Workspace.zeros(x.dtype, shape.size());
      int count = x.shape.dim(axis);
      int length = shape.sizeAfter(axis) * x.dtype.width();
      int whole = shape.dim(axis) * length;
      for (int o = 0; o < shape.sizeBefore(axis); o++) {
        if (step == 1) {
          System.arraycopy(
              x.data, o * count * length, out, o * whole + start * length, count * length);
          continue;
        }
        for (int k = 0; k < count; k++) {
          System.arraycopy(
              x.data,
              (o * count + k) * length,
              out,
              o * whole + (start + k * step) * length,
              length);
        }
      }
      return new Tensor(x.dtype, shape, out);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      int stop = start + (operands[0].shape.dim(axis) - 1) * step + 1;
      return new Slice(axis, start, Math.max(start, stop), step).apply(cotangent);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return apply(tangent, operands[1]);
    }
  }

  /** Inserts axes of length 1: bit k of {@code axes} stands for axis k of the result. */
  record Unsqueeze(int axes) implements Shaping {
    @Override
    public String label() {
      return "unsqueeze";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      int[] dims = new int[x.rank() + Integer.bitCount(axes)];
      int from = 0;
      for (int k = 0; k < dims.length; k++) {
        dims[k] = (axes >> k & 1) == 1 ? 1 : x.shape.dim(from++);
      }
      return new Tensor(x.dtype, Shape.wrap(dims), x.data);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return new Squeeze(axes).apply(cotangent);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return apply(tangent);
    }
  }

  /** Removes axes of length 1: bit k of {@code axes} stands for axis k of the operand. */
  record Squeeze(int axes) implements Shaping {
    @Override
    public String label() {
      return "squeeze";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      int[] dims = new int[x.rank() - Integer.bitCount(axes)];
      int to = 0;
      for (int k = 0; k < x.rank(); k++) {
        if ((axes >> k & 1) == 0) {
          dims[to++] = x.shape.dim(k);
        }
      }
      return new Tensor(x.dtype, Shape.wrap(dims), x.data);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return new Unsqueeze(axes).apply(cotangent);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return apply(tangent);
    }
  }

  /** The entries in reversed order along some axes, given as a bit mask; its own adjoint. */
  record Flip(int axes) implements Shaping {
    @Override
    public String label() {
      return "flip";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      int[] strides = x.shape.strides();
      int offset = 0;
      for (int k = 0; k < strides.length; k++) {
        if ((axes >> k & 1) == 1) {
          offset += (x.shape.dim(k) - 1) * strides[k];
          strides[k] = -strides[k];
        }
      }
      return strided(x, x.shape, strides, offset);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return apply(cotangent);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return apply(tangent);
    }
  }

  /** Entries of one value before and after those of the operand along one axis. */
  record Pad(int axis, int before, int after, double value) implements Shaping {
    @Override
    public String label() {
      return "pad";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      int count = x.shape.dim(axis);
      Shape shape = x.shape.with(label(), axis, (long) before + count + after);
      int total = shape.dim(axis);
      int width = x.shape.sizeAfter(axis) * x.dtype.width();
      Tensor filled = Tensor.full(x.dtype, value, shape);
      for (int o = 0; o < x.shape.sizeBefore(axis); o++) {
        System.arraycopy(
            x.data, o * count * width, filled.data, (o * total + before) * width, count * width);
      }
      return filled;
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      int stop = before + operands[0].shape.dim(axis);
      return new Slice(axis, before, stop, 1).apply(cotangent);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return new Pad(axis, before, after, 0).apply(tangent);
    }
  }

  /** Returns the elements of {@code x} repeated to a shape to which its own broadcasts. */
  static Tensor broadcast(Tensor x, Shape shape) {
    if (x.shape.equals(shape)) {
      return new Tensor(x.dtype, shape, x.data);
    }
    int[] strides = new int[shape.rank()];
    int[] from = x.shape.strides();
    int extra = shape.rank() - x.rank();
    for (int k = extra; k < strides.length; k++) {
      strides[k] = x.shape.dim(k - extra) == 1 ? 0 : from[k - extra];
    }
    return strided(x, shape, strides, 0);
  }

  /** Copies elements that lie at regular distances into a contiguous tensor. */
  private static Tensor strided(Tensor x, Shape shape, int[] strides, int offset) {
    Object out = Workspace.array(x.dtype, shape.size());
    if (shape.size() > 0 && x.dtype.width() == 1) {
      Strided.copy(x.data, offset, strides, shape.toArray(), out);
    } else if (shape.size() > 0) { // complex: the two parts of a number are one more axis
      int rank = shape.rank();
      int[] steps = new int[rank + 1];
      for (int k = 0; k < rank; k++) {
        steps[k] = 2 * strides[k];
      }
      steps[rank] = 1;
      Strided.copy(x.data, 2 * offset, steps, shape.insert(rank, 2).toArray(), out);
    }
    return new Tensor(x.dtype, shape, out);
  }
}
