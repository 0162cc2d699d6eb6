package org.cotangent.autodiff;

import java.util.Arrays;

/**
 * Operands: x [n, …], ids [n]. Row k of the result holds the largest values among the rows of x
 * with id k, NaN if one of them is, -∞ if there is no such row. The derivative is shared evenly
 * among all that are equal to the largest.
 */
record SegmentMax(int segments) implements Indexing {
  @Override
  public String label() {
    return "segment_max";
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    Tensor x = operands[0];
    int[] ids = Indexing.checked(label(), operands[1], segments);
    if (x.rank() == 0 || x.shape.dim(0) != ids.length) {
      throw Errors.shapes(label(), x, operands[1], "one id for each row is needed");
    }
    Shape shape = x.shape.with(label(), 0, segments);
    int length = shape.sizeAfter(0);
    switch (x.dtype) {
      case FLOAT64 -> {
        double[] a = (double[]) x.data;
        double[] out = Workspace.zeroDoubles(shape.size());
        Arrays.fill(out, Double.NEGATIVE_INFINITY);
        for (int row = 0; row < ids.length; row++) {
          int to = ids[row] * length;
          for (int i = 0; i < length; i++) {
            out[to + i] = Math.max(out[to + i], a[row * length + i]);
          }
        }
        return new Tensor(x.dtype, shape, out);
      }
      case FLOAT32 -> {
        float[] a = (float[]) x.data;
        float[] out = Workspace.zeroFloats(shape.size());
        Arrays.fill(out, Float.NEGATIVE_INFINITY);
        for (int row = 0; row < ids.length; row++) {
          int to = ids[row] * length;
          for (int i = 0; i < length; i++) {
            out[to + i] = Math.max(out[to + i], a[row * length + i]);
          }
        }
        return new Tensor(x.dtype, shape, out);
      }
      default -> throw Errors.notFloating(label(), x);
    }
  }

  /**
   * 1 over the number of elements that are equal to the largest of their segment for these, else 0.
   */
  private Tensor shares(Tensor[] operands, Tensor result) {
    Tensor x = operands[0];
    Tensor ids = operands[1];
    IndexSelect pick = new IndexSelect(0);
    Tensor winners = x.equalTo(pick.apply(result, ids)).cast(x.dtype);
    return winners.divide(pick.apply(new SegmentSum(segments).apply(winners, ids), ids));
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    Tensor spread = new IndexSelect(0).apply(cotangent, operands[1]);
    return spread.multiply(shares(operands, result));
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    Tensor shared = tangent.multiply(shares(operands, result));
    return new SegmentSum(segments).apply(shared, operands[1]);
  }
}
