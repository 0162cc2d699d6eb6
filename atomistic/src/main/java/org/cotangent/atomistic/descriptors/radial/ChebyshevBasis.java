package org.cotangent.atomistic.descriptors.radial;

/**
 * The Chebyshev polynomials T_n(2r/radius - 1), n = 0 … size - 1, as a radial basis (Artrith, Urban
 * and Ceder, Phys. Rev. B 96, 014112, 2017), to be multiplied by a cutoff function: all between -1
 * and 1, and as fine everywhere, with no function that only reaches far or near.
 *
 * <pre>  T_(n+1)(x) = 2x·T_n(x) - T_(n-1)(x),   T₀ = 1, T₁ = x</pre>
 *
 * @param size the number of functions, at least 1
 * @param radius in the unit of the positions, above 0
 */
public record ChebyshevBasis(int size, double radius) implements RadialIntegral {
  /**
   * @throws IllegalArgumentException if there is no function or the radius is not positive
   */
  public ChebyshevBasis {
    BesselBasis.check("Chebyshev polynomials", size, radius);
  }

  @Override
  public int power() {
    return 0;
  }

  /** The k-th derivative of the recursion is 2x·T_n^(k) + 2k·T_n^(k-1) - T_(n-1)^(k). */
  @Override
  public void evaluate(double r, int order, double[] out, int from) {
    double x = 2 * r / radius - 1;
    double[] lower = new double[size]; // the derivatives of one order less
    double[] values = new double[size];
    for (int k = 0; k <= order; k++) {
      double[] next = k == 0 ? values : lower;
      lower = k == 0 ? lower : values;
      next[0] = k == 0 ? 1 : 0;
      double before = 0;
      for (int n = 1; n < size; n++) {
        double add = k == 0 ? 0 : 2 * k * lower[n - 1];
        double first = k == 0 ? x : k == 1 ? 1 : 0;
        double value = n == 1 ? first : 2 * x * next[n - 1] + add - before;
        before = next[n - 1];
        next[n] = value;
      }
      values = next;
    }
    double scale = Math.pow(2 / radius, order);
    for (int n = 0; n < size; n++) {
      out[from + n] = scale * values[n];
    }
  }
}
