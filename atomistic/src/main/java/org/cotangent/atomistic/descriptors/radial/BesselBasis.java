package org.cotangent.atomistic.descriptors.radial;

/**
 * Spherical Bessel functions of order 0 with a node at the radius, as a radial basis (Gasteiger,
 * Groß and Günnemann, ICLR 2020, arXiv:2003.03123):
 *
 * <pre>  R_n(r) = √(2/radius)·sin((n + 1)πr/radius)/r,   n = 0 … size - 1</pre>
 *
 * <p>orthonormal with the measure r²·dr up to the radius, finite at 0.
 *
 * @param size the number of functions, at least 1
 * @param radius in the unit of the positions, above 0
 */
public record BesselBasis(int size, double radius) implements RadialIntegral {
  /**
   * @throws IllegalArgumentException if there is no function or the radius is not positive
   */
  public BesselBasis {
    check("Bessel functions", size, radius);
  }

  static void check(String name, int size, double radius) {
    if (size < 1 || !(radius > 0 && radius < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a radial basis of "
              + name
              + " needs one function or more and a positive radius, got "
              + size
              + " and "
              + radius);
    }
  }

  @Override
  public int power() {
    return 0;
  }

  @Override
  public void evaluate(double r, int order, double[] out, int from) {
    double norm = Math.sqrt(2 / radius);
    for (int n = 0; n < size; n++) {
      double k = (n + 1) * Math.PI / radius;
      out[from + n] = norm * Math.pow(k, order + 1) * sinc(k * r, order);
    }
  }

  /**
   * A derivative of sin(x)/x: by x·f^(k) + k·f^(k-1) = sin^(k)(x) where that loses nothing, else by
   * the power series.
   */
  private static double sinc(double x, int order) {
    if (x > order + 1) {
      double value = Math.sin(x) / x;
      for (int k = 1; k <= order; k++) {
        value = (Math.sin(x + 0.5 * Math.PI * k) - k * value) / x;
      }
      return value;
    }
    // Σ_j (-1)^j·x^(2j)/(2j+1)!, each term differentiated: (2j)!/(2j-order)!·x^(2j-order)/(2j+1)!
    int first = (order + 1) / 2;
    double term = first % 2 == 0 ? 1 : -1;
    term /= 2 * first + 1;
    if (2 * first > order) {
      term *= x;
    }
    double sum = 0;
    for (int j = first; Math.abs(term) > 1e-18 * Math.abs(sum) && term != 0; j++) {
      sum += term;
      double below = (2 * j + 2 - order) * (2 * j + 1.0 - order);
      term *= -x * x * (2 * j + 1) / (below * (2 * j + 3));
    }
    return sum;
  }
}
