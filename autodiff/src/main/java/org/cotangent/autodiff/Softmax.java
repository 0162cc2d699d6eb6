package org.cotangent.autodiff;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

/**
 * exp(x)/Σ exp(x) along an axis, without overflow. A primitive and not a composition, because a row
 * that stays in the cache from its largest element to the division is several times faster.
 */
record Softmax(int axis) implements Reduction {
  @Override
  public String label() {
    return "softmax";
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    Tensor x = operands[0];
    int count = x.shape.dim(axis);
    int inner = x.shape.sizeAfter(axis);
    if (inner != 1) { // rows are not contiguous: one composed of whole-tensor operations is faster
      return Recording.off(() -> Exponentials.composedSoftmax(x.detach(), 1 << axis));
    }
    int rows = x.shape.sizeBefore(axis);
    switch (x.dtype) {
      case FLOAT64 -> {
        double[] a = (double[]) x.data;
        double[] out = Workspace.doubles(a.length);
        for (int row = 0; row < rows && count > 0; row++) {
          KERNELS.softmax(a, row * count, out, row * count, count);
        }
        return new Tensor(x.dtype, x.shape, out);
      }
      case FLOAT32 -> {
        float[] a = (float[]) x.data;
        float[] out = Workspace.floats(a.length);
        for (int row = 0; row < rows && count > 0; row++) {
          KERNELS.softmax(a, row * count, out, row * count, count);
        }
        return new Tensor(x.dtype, x.shape, out);
      }
      default -> throw Errors.notFloating(label(), x);
    }
  }

  /** r·(t - Σ t·r): the Jacobian diag(r) - r·rᵀ is symmetric, so both directions are the same. */
  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    Tensor weighted = cotangent.multiply(result);
    Tensor mean = new Sum(1 << axis).apply(weighted).unsqueeze(axis);
    return weighted.subtract(result.multiply(mean));
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return vjp(operand, tangent, operands, result);
  }
}
