package org.cotangent.metatensor;

import java.util.Arrays;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.jspecify.annotations.Nullable;

/**
 * What counts as a difference between two numbers a and b: |a - b| &gt; atol + rtol·|b|.
 *
 * @param rtol tolerance relative to b
 * @param atol absolute tolerance
 * @param equalNan whether NaN is no difference to NaN
 */
record ValueDifference(double rtol, double atol, boolean equalNan) {
  /** Every difference counts. */
  static final ValueDifference EXACT = new ValueDifference(0, 0, false);

  /** Returns the difference beyond these tolerances. */
  static ValueDifference beyond(double rtol, double atol, boolean equalNan) {
    if (!(rtol >= 0) || !(atol >= 0)) {
      throw new IllegalArgumentException(
          "tolerances must be 0 or positive, got rtol " + rtol + " and atol " + atol);
    }
    return new ValueDifference(rtol, atol, equalNan);
  }

  /** Describes the first element that differs between tensors of one shape, or returns null. */
  @Nullable String between(Tensor first, Tensor second) {
    int at = position(first, second);
    return at < 0
        ? null
        : "values differ at "
            + Arrays.toString(indices(first.shape(), at))
            + ": "
            + first.at(at)
            + " and "
            + second.at(at);
  }

  private int position(Tensor first, Tensor second) {
    Object x = TensorData.of(first);
    Object y = TensorData.of(second);
    if (first.dtype() == DType.FLOAT64 && second.dtype() == DType.FLOAT64) {
      return position((double[]) x, (double[]) y);
    }
    if (rtol == 0
        && atol == 0
        && first.dtype() == second.dtype()
        && x instanceof long[] a
        && y instanceof long[] b) {
      return Arrays.mismatch(a, b); // more digits than a double has
    }
    for (int i = 0; i < first.size(); i++) {
      double a = first.at(i);
      double b = second.at(i);
      double c = imaginary(first, x, i);
      double d = imaginary(second, y, i);
      boolean near = (c == 0 && d == 0) ? near(a, b) : near(a, c, b, d);
      if (!near) {
        return i;
      }
    }
    return -1;
  }

  private int position(double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      if (x[i] != y[i] && !near(x[i], y[i])) {
        return i;
      }
    }
    return -1;
  }

  private boolean near(double a, double b) {
    if (a == b) {
      return true;
    }
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return equalNan && Double.isNaN(a) && Double.isNaN(b);
    }
    return !Double.isInfinite(a)
        && !Double.isInfinite(b)
        && Math.abs(a - b) <= atol + rtol * Math.abs(b);
  }

  /** Complex numbers: a + ic and b + id. */
  private boolean near(double a, double c, double b, double d) {
    if (a == b && c == d) {
      return true;
    }
    boolean nan = Double.isNaN(a) || Double.isNaN(c);
    if (nan || Double.isNaN(b) || Double.isNaN(d)) {
      return equalNan && nan && (Double.isNaN(b) || Double.isNaN(d));
    }
    double distance = Math.hypot(a - b, c - d);
    double size = Math.hypot(b, d);
    return Double.isFinite(distance) && Double.isFinite(size) && distance <= atol + rtol * size;
  }

  private static double imaginary(Tensor tensor, Object data, int i) {
    if (tensor.dtype().width() == 1) {
      return 0;
    }
    return data instanceof double[] a ? a[2 * i + 1] : ((float[]) data)[2 * i + 1];
  }

  private static int[] indices(Shape shape, int flat) {
    int[] indices = new int[shape.rank()];
    int rest = flat;
    for (int k = indices.length - 1; k >= 0; k--) {
      indices[k] = rest % shape.dim(k);
      rest /= shape.dim(k);
    }
    return indices;
  }
}
