package org.cotangent.autodiff;

import org.jspecify.annotations.Nullable;

/** Choice between two tensors by a condition. */
enum Selection implements Primitive {
  /** Operands: condition (bool), x, y, all of one shape; x where the condition holds, else y. */
  WHERE;

  /** Returns x where the condition holds, else y; all three broadcast. */
  static Tensor where(Tensor condition, Tensor x, Tensor y) {
    if (condition.dtype != DType.BOOL) {
      throw new IllegalArgumentException(
          "where: the condition must be bool, got " + condition.dtype + condition.shape);
    }
    if (x.dtype != y.dtype) {
      throw Errors.mixedTypes("where", x, y);
    }
    Shape shape =
        Shape.broadcast("where", Shape.broadcast("where", x.shape, y.shape), condition.shape);
    Tensor[] operands = {condition.broadcastTo(shape), x.broadcastTo(shape), y.broadcastTo(shape)};
    Tensor value = WHERE.evaluate(operands);
    return Tensor.result(value.dtype, shape, value.data, WHERE, operands);
  }

  @Override
  public String label() {
    return "where";
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    boolean[] condition = (boolean[]) operands[0].data;
    Tensor x = operands[1];
    Tensor y = operands[2];
    Object out = Workspace.array(x.dtype, x.size());
    if (out instanceof double[] chosen && x.dtype == DType.FLOAT64) {
      double[] a = (double[]) x.data;
      double[] b = (double[]) y.data;
      for (int i = 0; i < condition.length; i++) {
        chosen[i] = condition[i] ? a[i] : b[i];
      }
    } else if (out instanceof float[] chosen && x.dtype == DType.FLOAT32) {
      float[] a = (float[]) x.data;
      float[] b = (float[]) y.data;
      for (int i = 0; i < condition.length; i++) {
        chosen[i] = condition[i] ? a[i] : b[i];
      }
    } else {
      int width = x.dtype.width();
      for (int i = 0; i < condition.length; i++) {
        System.arraycopy(condition[i] ? x.data : y.data, i * width, out, i * width, width);
      }
    }
    return new Tensor(x.dtype, x.shape, out);
  }

  @Override
  public @Nullable Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    return part(operand, cotangent, operands[0]);
  }

  @Override
  public @Nullable Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return part(operand, tangent, operands[0]);
  }

  /** Exactly zero where the other operand was taken, whatever {@code t} is there. */
  private static @Nullable Tensor part(int operand, Tensor t, Tensor condition) {
    return switch (operand) {
      case 0 -> null;
      case 1 -> where(condition, t, t.zerosLike());
      default -> where(condition, t.zerosLike(), t);
    };
  }

  @Override
  public boolean isDifferentiable(int operand) {
    return operand > 0;
  }
}
