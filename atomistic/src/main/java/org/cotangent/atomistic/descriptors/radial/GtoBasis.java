package org.cotangent.atomistic.descriptors.radial;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * Gaussian type orbitals as a radial basis, the same for all angular orders:
 *
 * <pre>  R_n(r) ∝ r^n·exp(-r²/2s_n²),   s_n = radius·max(√n, 1)/size,   n = 0 … size - 1</pre>
 *
 * <p>normalised with the measure r²·dr and then orthonormalised with S^(-1/2), S being their
 * overlap (Löwdin).
 */
public final class GtoBasis {
  private final double[] exponents;

  /** Row m: the coefficients of r^n·exp(-d_n·r²) in the m-th function. */
  private final double[][] coefficients;

  /**
   * Creates a basis.
   *
   * @param size the number of functions, at least 1
   * @param radius in the unit of the positions, above 0
   * @throws IllegalArgumentException if there are so many functions that they are linearly
   *     dependent in double precision
   */
  public GtoBasis(int size, double radius) {
    exponents = new double[size];
    for (int n = 0; n < size; n++) {
      double s = radius * Math.max(Math.sqrt(n), 1) / size;
      exponents[n] = 1 / (2 * s * s);
    }
    coefficients = orthonormal();
  }

  /** Returns the number of functions. */
  public int size() {
    return exponents.length;
  }

  /**
   * Computes the integrals ∫ r²·R_n(r)·j_l(k·r) dr of all functions with a spherical Bessel
   * function, divided by k^l, or a derivative of that by k². Before orthonormalisation they are,
   * with d = 1/2s_n², a = (n + l + 3)/2, b = l + 3/2,
   *
   * <pre>  √π/4·2^(-l)·d^(-a)·Γ(a)/Γ(b)·1F1(a; b; -k²/4d)</pre>
   *
   * <p>(Gradshteyn and Ryzhik, 6.631.1), where Kummer's transformation avoids cancellation, and d
   * 1F1(a; b; x)/dx = a/b·1F1(a + 1; b + 1; x) (NIST Digital Library of Mathematical Functions,
   * 13.3.15).
   *
   * @param squared k²
   * @param order which derivative by k², 0 for the integrals themselves
   */
  public double[] besselIntegrals(int l, double squared, int order) {
    double[] primitives = new double[size()];
    for (int n = 0; n < primitives.length; n++) {
      double d = exponents[n];
      double a = 0.5 * (n + l + 3);
      double b = l + 1.5;
      double gammas = Math.exp(LogGamma.value(a) - LogGamma.value(b) - a * Math.log(d));
      double factor = 0.25 * Math.sqrt(Math.PI) * Math.pow(0.5, l) * gammas;
      for (int k = 0; k < order; k++) {
        factor *= -(a + k) / ((b + k) * 4 * d);
      }
      primitives[n] = factor * Hypergeometric.scaled(b - a, b + order, squared / (4 * d));
    }
    double[] out = new double[size()];
    orthonormalise(primitives, out, 0);
    return out;
  }

  /** Returns d_n = 1/2s_n². */
  double exponent(int n) {
    return exponents[n];
  }

  /**
   * Computes out[m] = Σ_n C_mn·primitives[n], with C_mn the coefficient of r^n·exp(-d_n·r²) in the
   * m-th function.
   */
  void orthonormalise(double[] primitives, double[] out, int from) {
    for (int m = 0; m < coefficients.length; m++) {
      double sum = 0;
      for (int n = 0; n < primitives.length; n++) {
        sum += coefficients[m][n] * primitives[n];
      }
      out[from + m] = sum;
    }
  }

  /** S^(-1/2)·N, N being the diagonal matrix of the norms. */
  private double[][] orthonormal() {
    int size = exponents.length;
    double[] norm = new double[size];
    for (int n = 0; n < size; n++) {
      norm[n] = Math.exp(-0.5 * logIntegral(2 * n, 2 * exponents[n]));
    }
    double[][] overlap = new double[size][size];
    for (int n = 0; n < size; n++) {
      for (int m = 0; m < size; m++) {
        overlap[n][m] =
            norm[n] * norm[m] * Math.exp(logIntegral(n + m, exponents[n] + exponents[m]));
      }
    }
    EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(overlap));
    double[] roots = eigen.getRealEigenvalues();
    for (int n = 0; n < size; n++) {
      if (!(roots[n] > Math.ulp(1.0))) {
        throw new IllegalArgumentException(
            "a basis of "
                + size
                + " Gaussian type orbitals is linearly dependent in double precision, its overlap"
                + " has the eigenvalue "
                + roots[n]
                + "; lower max_radial");
      }
      roots[n] = 1 / Math.sqrt(roots[n]);
    }
    RealMatrix vectors = eigen.getV();
    double[][] result = new double[size][size];
    for (int m = 0; m < size; m++) {
      for (int n = 0; n < size; n++) {
        double sum = 0;
        for (int k = 0; k < size; k++) {
          sum += vectors.getEntry(m, k) * roots[k] * vectors.getEntry(n, k);
        }
        result[m][n] = sum * norm[n];
      }
    }
    return result;
  }

  /** ln ∫ r^(power + 2)·exp(-exponent·r²) dr from 0 to ∞. */
  private static double logIntegral(int power, double exponent) {
    double half = 0.5 * (power + 3);
    return LogGamma.value(half) - Math.log(2) - half * Math.log(exponent);
  }
}
