package org.cotangent.atomistic.descriptors.angular;

import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * A function of the numbers of a point, in double precision. For tensors in single precision a few
 * points at a time are converted, so that what is computed in between stays in the cache.
 */
@FunctionalInterface
interface PointFunction {
  /** How many points are converted at a time. */
  int BLOCK = 16;

  /**
   * Computes the function for points.
   *
   * @param in {@code [count, ..]}
   * @param out receives {@code [count, ..]}
   */
  void apply(double[] in, int count, double[] out);

  /**
   * Applies a function to a tensor whose first axis is points.
   *
   * @param what the operand, for messages
   * @param point the shape of a point's operand
   * @param result the shape of a point's result
   * @return the results, in the operand's precision
   * @throws IllegalArgumentException if the operand has another shape, or is neither float64 nor
   *     float32
   */
  static Tensor apply(
      String what, Tensor operand, Shape point, Shape result, PointFunction function) {
    check(what, operand, point);
    int count = operand.dim(0);
    Shape shape = result.insert(0, count);
    if (operand.dtype() == DType.FLOAT64) {
      double[] out = new double[shape.size()];
      function.apply(TensorData.doubles(operand), count, out);
      return TensorData.wrap(DType.FLOAT64, shape, out);
    }
    float[] in = TensorData.floats(operand);
    float[] out = new float[shape.size()];
    double[] points = new double[BLOCK * point.size()];
    double[] results = new double[BLOCK * result.size()];
    for (int p = 0; p < count; p += BLOCK) {
      int some = Math.min(BLOCK, count - p);
      widen(in, p * point.size(), some * point.size(), points);
      function.apply(points, some, results);
      narrow(results, some * result.size(), out, p * result.size());
    }
    return TensorData.wrap(DType.FLOAT32, shape, out);
  }

  private static void check(String what, Tensor operand, Shape point) {
    if (!operand.dtype().isDifferentiable()) {
      throw new IllegalArgumentException(
          what + " must be float64 or float32, they are " + operand.dtype());
    }
    Shape found = operand.shape();
    if (found.rank() != point.rank() + 1 || !found.without(0).equals(point)) {
      String axes = point.toString().substring(1);
      throw new IllegalArgumentException(
          what + " must have the shape [n, " + axes + ", they have " + found);
    }
  }

  private static void widen(float[] in, int from, int count, double[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = in[from + i];
    }
  }

  private static void narrow(double[] in, int count, float[] out, int to) {
    for (int i = 0; i < count; i++) {
      out[to + i] = (float) in[i];
    }
  }
}
