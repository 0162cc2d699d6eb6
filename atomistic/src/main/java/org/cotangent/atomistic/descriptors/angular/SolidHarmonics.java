package org.cotangent.atomistic.descriptors.angular;

import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The real regular solid harmonics r^l·Y_lm of vectors {@code [n, 3]}, {@code [n, (maxAngular +
 * 1)²]}, column l² + l + m: polynomials, so smooth everywhere, and spherical harmonics on vectors
 * of length 1. Orthonormal on the sphere, with Y₁ = √(3/4π)·(y, z, x).
 *
 * <p>They are closed under differentiation ({@link HarmonicsGradient}), so this one primitive and
 * that linear map give derivatives of any order.
 *
 * @param maxAngular the highest l, 0 or more
 */
public record SolidHarmonics(int maxAngular) implements CustomPrimitive {
  @Override
  public String label() {
    return "solid_harmonics";
  }

  /**
   * By recursion, with U_lm = Q_lm·(x + iy)^m/(l+m)! for m ≥ 0 and
   *
   * <pre>  Q_mm = (2m-1)!!,  (l-m)·Q_lm = (2l-1)·z·Q_(l-1)m - (l+m-1)·r²·Q_(l-2)m</pre>
   *
   * <p>the associated Legendre functions without the factor that (x + iy)^m carries.
   */
  @Override
  public Tensor evaluate(Tensor... operands) {
    double[] xyz = operands[0].toDoubleArray();
    int count = operands[0].dim(0);
    int columns = columns();
    double[] out = new double[count * columns];
    double[] norms = new double[columns];
    for (int l = 0; l <= maxAngular; l++) {
      for (int m = 0; m <= l; m++) {
        norms[l * l + l + m] = norm(l, m);
      }
    }
    for (int p = 0; p < count; p++) {
      double x = xyz[3 * p];
      double y = xyz[3 * p + 1];
      double z = xyz[3 * p + 2];
      double squared = x * x + y * y + z * z;
      double re = 1; // (x + iy)^m·(2m-1)!!
      double im = 0;
      for (int m = 0; m <= maxAngular; m++) {
        if (m > 0) {
          double next = (2 * m - 1) * (x * re - y * im);
          im = (2 * m - 1) * (x * im + y * re);
          re = next;
        }
        double q = 1;
        double before = 0;
        for (int l = m; l <= maxAngular; l++) {
          if (l > m) {
            double next = ((2 * l - 1) * z * q - (l + m - 1) * squared * before) / (l - m);
            before = q;
            q = next;
          }
          int center = p * columns + l * l + l;
          double scaled = norms[l * l + l + m] * q;
          out[center + m] = scaled * re;
          if (m > 0) {
            out[center - m] = scaled * im;
          }
        }
      }
    }
    return TensorData.wrap(DType.FLOAT64, Shape.of(count, columns), out).cast(operands[0].dtype());
  }

  /** √((2l+1)/4π·(l-m)!/(l+m)!), times √2 for m > 0. */
  private static double norm(int l, int m) {
    double ratio = m == 0 ? 1 : 2;
    for (int k = l - m + 1; k <= l + m; k++) {
      ratio /= k;
    }
    return Math.sqrt((2 * l + 1) / (4 * Math.PI) * ratio);
  }

  private int columns() {
    return (maxAngular + 1) * (maxAngular + 1);
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    return gradient(result).multiply(cotangent.unsqueeze(1)).sum(2);
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return gradient(result).multiply(tangent.unsqueeze(2)).sum(1);
  }

  /** The derivative by the vector, {@code [n, 3, (maxAngular + 1)²]}, of these values. */
  private Tensor gradient(Tensor harmonics) {
    return new HarmonicsGradient(maxAngular, false).apply(harmonics);
  }
}
