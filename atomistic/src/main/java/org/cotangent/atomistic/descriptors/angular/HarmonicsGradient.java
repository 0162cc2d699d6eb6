package org.cotangent.atomistic.descriptors.angular;

import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The linear map from {@link SolidHarmonics} {@code [n, (L+1)²]} to their derivatives by the vector
 * {@code [n, 3, (L+1)²]}, or its adjoint. In the complex form U_lm = r^l·P_lm·e^(imφ)/(l+m)!,
 * without the Condon-Shortley phase and continued with U_l,-m = (-1)^m·conj(U_lm),
 *
 * <pre>  ∂_z U_lm = U_(l-1)m
 *  (∂_x - i∂_y) U_lm = U_(l-1)(m-1),   (∂_x + i∂_y) U_lm = -U_(l-1)(m+1)</pre>
 *
 * <p>(Hobson, The Theory of Spherical and Ellipsoidal Harmonics, 1931, §79 f.), so that each
 * derivative is a sum of at most two harmonics of the next lower l.
 *
 * @param maxAngular L
 * @param adjoint whether to apply the adjoint
 */
record HarmonicsGradient(int maxAngular, boolean adjoint) implements CustomPrimitive {
  @Override
  public String label() {
    return adjoint ? "solid_harmonics_gradient_adjoint" : "solid_harmonics_gradient";
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    int columns = (maxAngular + 1) * (maxAngular + 1);
    int count = operands[0].dim(0);
    double[] in = operands[0].toDoubleArray();
    double[] out = new double[count * columns * (adjoint ? 1 : 3)];
    Entries entries = new Entries(maxAngular);
    for (int p = 0; p < count; p++) {
      int vector = p * columns;
      int gradient = 3 * p * columns;
      for (int e = 0; e < entries.size; e++) {
        if (adjoint) {
          out[vector + entries.from[e]] += entries.factor[e] * in[gradient + entries.to[e]];
        } else {
          out[gradient + entries.to[e]] += entries.factor[e] * in[vector + entries.from[e]];
        }
      }
    }
    Shape shape = adjoint ? Shape.of(count, columns) : Shape.of(count, 3, columns);
    return TensorData.wrap(DType.FLOAT64, shape, out).cast(operands[0].dtype());
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    return new HarmonicsGradient(maxAngular, !adjoint).apply(cotangent);
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return apply(tangent);
  }

  /** The entries of the map that are not zero. */
  private static final class Entries {
    private final int columns;
    private final int[] from;
    private final int[] to;
    private final double[] factor;
    private int size;

    Entries(int maxAngular) {
      columns = (maxAngular + 1) * (maxAngular + 1);
      from = new int[5 * columns];
      to = new int[5 * columns];
      factor = new double[5 * columns];
      for (int l = 1; l <= maxAngular; l++) {
        add(0, l, 0, 1, -1);
        add(1, l, 0, -1, -1);
        for (int m = -l; m <= l; m++) {
          add(2, l, m, m, 1);
          int sign = m < 0 ? -1 : 1; // m > 0 is the real part of U_l|m|, m < 0 the imaginary one
          int order = Math.abs(m);
          if (m != 0) {
            add(0, l, m, sign * (order + 1), -0.5);
            add(1, l, m, -sign * (order + 1), -0.5 * sign);
            if (order > 1 || m > 0) {
              add(0, l, m, sign * (order - 1), 0.5);
            }
            if (order > 1 || m < 0) {
              add(1, l, m, -sign * (order - 1), -0.5 * sign);
            }
          }
        }
      }
    }

    /** Adds: the derivative by an axis of (l, m) contains {@code factor} times (l-1, source). */
    private void add(int axis, int l, int m, int source, double value) {
      if (Math.abs(source) > l - 1) {
        return;
      }
      to[size] = axis * columns + l * l + l + m;
      from[size] = (l - 1) * (l - 1) + l - 1 + source;
      factor[size] = value * scale(l, Math.abs(m)) / scale(l - 1, Math.abs(source));
      size++;
    }

    /** What turns the real or imaginary part of U_lm into the orthonormal harmonic. */
    private static double scale(int l, int m) {
      double product = (2 * l + 1) / (4 * Math.PI) * (m == 0 ? 1 : 2);
      for (int k = 2; k <= l - m; k++) {
        product *= k;
      }
      for (int k = 2; k <= l + m; k++) {
        product *= k;
      }
      return Math.sqrt(product);
    }
  }
}
