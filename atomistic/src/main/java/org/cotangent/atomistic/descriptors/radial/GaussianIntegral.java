package org.cotangent.atomistic.descriptors.radial;

import org.apache.commons.numbers.gamma.LogGamma;

/**
 * The radial integrals of a Gaussian at distance r from the center with a {@link GtoBasis}, divided
 * by r^l. For the Gaussian (πs²)^(-3/4)·exp(-x²/2s²) and the primitive function r^n·exp(-d_n·r²),
 * with c = 1/2s², a = (n + l + 3)/2, b = l + 3/2,
 *
 * <pre>
 *   I_nl(r)/r^l = (π/s²)^(3/4)·c^l·(c + d_n)^(-a)·Γ(a)/Γ(b)·exp(-c·r²)·1F1(a; b; c²r²/(c + d_n))
 * </pre>
 *
 * <p>a smooth function of r². Derivatives follow from those of 1F1, which are again 1F1, in closed
 * form.
 *
 * @param l the angular order
 * @param basis the radial basis
 * @param width s, in the unit of the positions
 */
public record GaussianIntegral(int l, GtoBasis basis, double width) implements RadialIntegral {
  @Override
  public int size() {
    return basis.size();
  }

  @Override
  public int power() {
    return l;
  }

  @Override
  public void evaluate(double r, int order, double[] out, int from) {
    double[] primitives = new double[size()];
    double[] bySquare = new double[order + 1];
    for (int n = 0; n < primitives.length; n++) {
      derivativesBySquare(n, r * r, order / 2 + order % 2, bySquare, order);
      double sum = 0;
      double weight = 1; // order!/(j!·(order - 2j)!)
      for (int j = 0; 2 * j <= order; j++) { // Faà di Bruno's formula for f(r²)
        sum += weight * Math.pow(2 * r, order - 2 * j) * bySquare[order - j];
        weight *= (order - 2.0 * j) * (order - 2.0 * j - 1) / (j + 1);
      }
      primitives[n] = sum;
    }
    basis.orthonormalise(primitives, out, from);
  }

  /**
   * Computes the derivatives of one primitive by u = r², from order {@code lowest} to {@code
   * highest}: with κ = c²/(c + d), by Leibniz,
   *
   * <pre>
   *   (e^(-cu)·1F1(a; b; κu))^(k) = Σ_j (k over j)·(-c)^(k-j)·κ^j·(a)_j/(b)_j·e^(-cu)·1F1(a+j; b+j; κu)
   * </pre>
   */
  private void derivativesBySquare(int n, double u, int lowest, double[] out, int highest) {
    double c = 1 / (2 * width * width);
    double d = basis.exponent(n);
    double a = 0.5 * (n + l + 3);
    double b = l + 1.5;
    double kappa = c * c / (c + d);
    double factor =
        Math.exp(
            0.75 * Math.log(Math.PI / (width * width))
                + l * Math.log(c)
                - a * Math.log(c + d)
                + LogGamma.value(a)
                - LogGamma.value(b)
                - (c - kappa) * u);
    java.util.Arrays.fill(out, 0);
    double raised = factor; // κ^j·(a)_j/(b)_j times the factor
    for (int j = 0; j <= highest; j++) {
      double term = raised * Hypergeometric.scaled(a + j, b + j, kappa * u);
      double weight = 1; // (k over j)·(-c)^(k-j), from k = j on
      for (int k = j; k <= highest; k++) {
        if (k >= lowest) {
          out[k] += weight * term;
        }
        weight *= -c * (k + 1) / (k + 1 - j);
      }
      raised *= kappa * (a + j) / (b + j);
    }
  }
}
