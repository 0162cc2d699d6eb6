package org.cotangent.autodiff;

import org.jspecify.annotations.Nullable;

/** Several tensors become one. */
sealed interface Joining extends Primitive {

  /** The operands one after the other along an axis; their other axes are equal. */
  record Concatenate(int axis) implements Joining {
    @Override
    public String label() {
      return "concatenate";
    }

    Tensor apply(Tensor... operands) {
      Tensor first = operands[0];
      for (Tensor other : operands) {
        if (other.dtype != first.dtype) {
          throw Errors.mixedTypes("concatenate", first, other);
        }
        if (other.rank() != first.rank()
            || !other.shape.with(axis, 0).equals(first.shape.with(axis, 0))) {
          throw Errors.shapes(
              "concatenate", first, other, "all axes but axis " + axis + " must be equal");
        }
      }
      Tensor value = evaluate(operands);
      return Tensor.result(value.dtype, value.shape, value.data, this, operands);
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor first = operands[0];
      long total = 0;
      for (Tensor operand : operands) {
        total += operand.shape.dim(axis);
      }
      Shape shape = first.shape.with(label(), axis, total);
      Object out = Workspace.array(first.dtype, shape.size());
      int outer = shape.sizeBefore(axis);
      int width = shape.sizeAfter(axis) * first.dtype.width();
      int at = 0;
      for (int o = 0; o < outer; o++) {
        for (Tensor operand : operands) {
          int length = operand.shape.dim(axis) * width;
          System.arraycopy(operand.data, o * length, out, at, length);
          at += length;
        }
      }
      return new Tensor(first.dtype, shape, out);
    }

    /** Where the given operand begins along the axis. */
    private int start(int operand, Tensor[] operands) {
      int start = 0;
      for (int k = 0; k < operand; k++) {
        start += operands[k].shape.dim(axis);
      }
      return start;
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      int start = start(operand, operands);
      int stop = start + operands[operand].shape.dim(axis);
      return new Shaping.Slice(axis, start, stop, 1).apply(cotangent);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return new Shaping.Unslice(axis, start(operand, operands), 1).apply(tangent, result);
    }

    /** Joins the tangents, instead of adding up one padded tangent per operand. */
    @Override
    public Tensor pushforward(@Nullable Tensor[] tangents, Tensor[] operands, Tensor result) {
      Tensor zero = Tensor.zeros(result.dtype, Shape.SCALAR);
      Tensor[] parts = new Tensor[operands.length];
      for (int k = 0; k < parts.length; k++) {
        Tensor tangent = tangents[k];
        parts[k] = tangent == null ? zero.broadcastLike(operands[k]) : tangent;
      }
      return apply(parts);
    }
  }
}
