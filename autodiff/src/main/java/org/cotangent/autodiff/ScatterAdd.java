package org.cotangent.autodiff;

/**
 * The adjoint of {@link Gather}. Operands: x and index of one shape, like. Zeros of the shape of
 * {@code like}, with element p of x added at p, its entry on the axis replaced by index[p];
 * additions are made in row-major order of p.
 */
record ScatterAdd(int axis) implements Indexing {
  @Override
  public String label() {
    return "scatter_add";
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    Tensor x = operands[0];
    Shape shape = operands[2].shape;
    if (!x.shape.equals(operands[1].shape)) {
      throw Errors.shapes(label(), x, operands[1], "source and index need one shape");
    }
    int[] to = Gather.positions(label(), operands[2], operands[1], axis);
    switch (x.dtype) {
      case FLOAT64 -> {
        double[] a = (double[]) x.data;
        double[] out = Workspace.zeroDoubles(shape.size());
        for (int i = 0; i < to.length; i++) {
          out[to[i]] += a[i];
        }
        return new Tensor(x.dtype, shape, out);
      }
      case FLOAT32 -> {
        float[] a = (float[]) x.data;
        float[] out = Workspace.zeroFloats(shape.size());
        for (int i = 0; i < to.length; i++) {
          out[to[i]] += a[i];
        }
        return new Tensor(x.dtype, shape, out);
      }
      default -> throw Errors.notFloating(label(), x);
    }
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    return new Gather(axis).apply(cotangent, operands[1]);
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return apply(tangent, operands[1], operands[2]);
  }
}
