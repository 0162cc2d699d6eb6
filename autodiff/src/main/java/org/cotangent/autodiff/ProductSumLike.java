package org.cotangent.autodiff;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

/**
 * Operands: x, y, like. The product x·y summed down to the third operand's shape, to the bits of
 * {@code x.multiply(y).sumLike(like)}: the cotangent of a broadcast factor, for which the product
 * of all elements need not be stored, nor repeated when it is differentiated again.
 */
record ProductSumLike() implements Reduction {
  @Override
  public String label() {
    return "multiply_sum_like";
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    Tensor x = operands[0];
    Tensor y = operands[1];
    Shape shape = operands[2].shape;
    BroadcastLoop at = new BroadcastLoop(shape, x.shape, x.shape);
    boolean sumsRows = x.shape.equals(y.shape) && at.isRows() && at.xStride(1) == 0;
    if (sumsRows && x.data instanceof double[] a) {
      double[] out = Workspace.doubles(shape.size());
      KERNELS.sumProducts(a, (double[]) y.data, at.blocks(), at.rows(), at.length, out);
      return new Tensor(x.dtype, shape, out);
    }
    if (sumsRows && x.data instanceof float[] a) {
      float[] out = Workspace.floats(shape.size());
      KERNELS.sumProducts(a, (float[]) y.data, at.blocks(), at.rows(), at.length, out);
      return new Tensor(x.dtype, shape, out);
    }
    return new SumLike().evaluate(Binary.MULTIPLY.evaluate(x, y), operands[2]);
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    Tensor other = operands[1 - operand];
    Tensor x = operands[operand];
    if (x.shape.equals(other.shape)) {
      return cotangent.multiply(other);
    }
    return cotangent.broadcastLike(x.multiply(other)).multiply(other).sumLike(x);
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return apply(tangent, operands[1 - operand], operands[2]);
  }

  @Override
  public boolean isDifferentiable(int operand) {
    return operand < 2;
  }
}
