package org.cotangent.autodiff;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Results that move in jumps: positions, sets and counts. No derivative passes through them. */
sealed interface Discrete extends Primitive {

  /** Applies the primitive and records it. */
  default Tensor apply(Tensor x) {
    Tensor value = evaluate(x);
    return Tensor.result(value.dtype, value.shape, value.data, this, x);
  }

  @Override
  default @Nullable Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    return null;
  }

  @Override
  default @Nullable Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return null;
  }

  @Override
  default boolean isDifferentiable(int operand) {
    return false;
  }

  /**
   * Where along an axis the largest or smallest entry is: the first of equal ones, the first NaN.
   */
  record ArgExtremum(int axis, boolean largest) implements Discrete {
    @Override
    public String label() {
      return largest ? "argmax" : "argmin";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      Sequence entries = Sequence.of(label(), x);
      int count = x.shape.dim(axis);
      if (count == 0) {
        throw Errors.shape(label(), x, "has no entries on axis " + axis);
      }
      int inner = x.shape.sizeAfter(axis);
      Shape shape = x.shape.without(axis);
      int[] out = new int[shape.size()];
      for (int i = 0; i < out.length; i++) {
        int first = i / inner * count * inner + i % inner;
        int best = first;
        for (int at = first + inner; at < first + count * inner; at += inner) {
          if (isBetter(entries, at, best)) {
            best = at;
          }
        }
        out[i] = (best - first) / inner;
      }
      return new Tensor(DType.INT32, shape, out);
    }

    private boolean isBetter(Sequence entries, int at, int best) {
      if (entries.isNan(at) || entries.isNan(best)) {
        return !entries.isNan(best);
      }
      return largest ? entries.less(best, at) : entries.less(at, best);
    }
  }

  /**
   * The positions along an axis in rising order of the entries, NaN last; equal ones keep their
   * order.
   */
  record ArgSort(int axis) implements Discrete {
    @Override
    public String label() {
      return "argsort";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      Sequence entries = Sequence.of(label(), x);
      int count = x.shape.dim(axis);
      int inner = x.shape.sizeAfter(axis);
      int[] out = new int[x.size()];
      int[] order = new int[count];
      int[] spare = new int[count];
      for (int line = 0; line < (count == 0 ? 0 : x.size() / count); line++) {
        int first = line / inner * count * inner + line % inner;
        Arrays.setAll(order, k -> first + k * inner);
        int[] sorted = entries.sort(order, spare);
        for (int k = 0; k < count; k++) {
          out[first + k * inner] = (sorted[k] - first) / inner;
        }
      }
      return new Tensor(DType.INT32, x.shape, out);
    }
  }

  /** The different elements in rising order, NaN last, a vector. */
  record Unique() implements Discrete {
    @Override
    public String label() {
      return "unique";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      Sequence entries = Sequence.of(label(), x);
      int[] order = new int[x.size()];
      Arrays.setAll(order, k -> k);
      int[] sorted = entries.sort(order, new int[order.length]);
      int found = 0;
      for (int k = 0; k < sorted.length; k++) {
        boolean isNew = k == 0 || entries.less(sorted[k - 1], sorted[k]);
        if (isNew || (entries.isNan(sorted[k]) && !entries.isNan(sorted[k - 1]))) {
          sorted[found++] = sorted[k];
        }
      }
      Object out = x.dtype.newArray(found);
      for (int k = 0; k < found; k++) {
        System.arraycopy(x.data, sorted[k], out, k, 1);
      }
      return new Tensor(x.dtype, Shape.of(found), out);
    }
  }

  /** How often each integer from 0 on occurs. */
  record BinCount(int least) implements Discrete {
    @Override
    public String label() {
      return "bincount";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      int[] entries = Indexing.entries(label(), x, Shape.LARGEST_SIZE);
      int largest = least - 1;
      for (int entry : entries) {
        largest = Math.max(largest, entry);
      }
      int[] out = new int[largest + 1];
      for (int entry : entries) {
        out[entry]++;
      }
      return new Tensor(DType.INT32, Shape.of(out.length), out);
    }
  }
}
