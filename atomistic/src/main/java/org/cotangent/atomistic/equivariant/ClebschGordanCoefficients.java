package org.cotangent.atomistic.equivariant;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import org.cotangent.autodiff.Tensor;

/**
 * The Clebsch-Gordan coefficients C that couple two real spherical tensors to a third,
 *
 * <pre>  c_μ = Σ_(m1 m2) C_(m1 m2 μ)·a_m1·b_m2,   m1 = -l1 … l1, m2 = -l2 … l2, μ = -λ … λ</pre>
 *
 * <p>for |l1 - l2| ≤ λ ≤ l1 + l2. With U the matrices from complex to real harmonics, Y =
 * U·Y_complex (√2·(-1)^m·Re Y for m &gt; 0, √2·(-1)^m·Im Y for m &lt; 0),
 *
 * <pre>  C = U^λ·C_complex·(U^l1 ⊗ U^l2)†</pre>
 *
 * <p>where l1 + l2 + λ is even, and minus the imaginary part of that where it is odd, when it is
 * purely imaginary: the convention of featomic. For each l1 and l2 they are an orthogonal matrix
 * from (m1, m2) to (λ, μ).
 *
 * <p>The complex ones come from Racah's sum (NIST Digital Library of Mathematical Functions, 34.2.4
 * and 34.2.6) in integers: their squares are rational numbers, so the only errors are the last
 * rounding and a square root. Coefficients are computed once for each (l1, l2, λ) and kept.
 */
public final class ClebschGordanCoefficients {
  private static final ConcurrentHashMap<Orders, ClebschGordanCoefficients> KNOWN =
      new ConcurrentHashMap<>();
  private static final MathContext DIGITS = new MathContext(40);

  private record Orders(int l1, int l2, int lambda) {}

  private final Orders orders;

  /** Places of the entries that are not zero, {@code m1 + l1, m2 + l2, μ + λ} for each. */
  private final int[] places;

  private final double[] values;

  private ClebschGordanCoefficients(Orders orders) {
    this.orders = orders;
    int[] found = new int[3 * 8];
    double[] numbers = new double[8];
    int count = 0;
    Complex complex = new Complex(orders);
    for (int m1 = -orders.l1; m1 <= orders.l1; m1++) {
      for (int m2 = -orders.l2; m2 <= orders.l2; m2++) {
        for (int mu = -orders.lambda; mu <= orders.lambda; mu++) {
          double value = complex.real(m1, m2, mu);
          if (value != 0) {
            if (count == numbers.length) {
              numbers = Arrays.copyOf(numbers, 2 * count);
              found = Arrays.copyOf(found, 6 * count);
            }
            found[3 * count] = m1 + orders.l1;
            found[3 * count + 1] = m2 + orders.l2;
            found[3 * count + 2] = mu + orders.lambda;
            numbers[count++] = value;
          }
        }
      }
    }
    places = Arrays.copyOf(found, 3 * count);
    values = Arrays.copyOf(numbers, count);
  }

  /**
   * Returns the coefficients from l1 and l2 to λ.
   *
   * @throws IllegalArgumentException if an order is negative, or if the three cannot be coupled
   */
  public static ClebschGordanCoefficients of(int l1, int l2, int lambda) {
    if (l1 < 0 || l2 < 0 || lambda < Math.abs(l1 - l2) || lambda > l1 + l2) {
      throw new IllegalArgumentException(
          "angular orders "
              + l1
              + " and "
              + l2
              + " couple to those from |"
              + l1
              + " - "
              + l2
              + "| to "
              + l1
              + " + "
              + l2
              + ", not to "
              + lambda);
    }
    return KNOWN.computeIfAbsent(new Orders(l1, l2, lambda), ClebschGordanCoefficients::new);
  }

  /** Returns the number of coefficients that are not zero. */
  public int size() {
    return values.length;
  }

  /** Returns the place of an entry in the first factor, m1 + l1. */
  public int first(int entry) {
    return places[3 * entry];
  }

  /** Returns the place of an entry in the second factor, m2 + l2. */
  public int second(int entry) {
    return places[3 * entry + 1];
  }

  /** Returns the place of an entry in the result, μ + λ. */
  public int result(int entry) {
    return places[3 * entry + 2];
  }

  /** Returns the coefficient of an entry. */
  public double value(int entry) {
    return values[entry];
  }

  /** Returns all coefficients with their zeros, {@code [2·l1 + 1, 2·l2 + 1, 2·λ + 1]}. */
  public Tensor dense() {
    int n2 = 2 * orders.l2 + 1;
    int n = 2 * orders.lambda + 1;
    double[] all = new double[(2 * orders.l1 + 1) * n2 * n];
    for (int e = 0; e < values.length; e++) {
      all[(first(e) * n2 + second(e)) * n + result(e)] = values[e];
    }
    return Tensor.of(all, 2 * orders.l1 + 1, n2, n);
  }

  /** The coefficients for complex harmonics, and what they become for real ones. */
  private static final class Complex {
    private final Orders orders;
    private final BigInteger[] factorial;

    Complex(Orders orders) {
      this.orders = orders;
      factorial = new BigInteger[orders.l1 + orders.l2 + orders.lambda + 2];
      factorial[0] = BigInteger.ONE;
      for (int k = 1; k < factorial.length; k++) {
        factorial[k] = factorial[k - 1].multiply(BigInteger.valueOf(k));
      }
    }

    /**
     * Sums over the complex harmonics that the real ones are made of. Phases are kept as powers of
     * i, so that what cancels does so exactly.
     */
    double real(int m1, int m2, int mu) {
      boolean odd = (orders.l1 + orders.l2 + orders.lambda) % 2 != 0;
      double magnitude = magnitude(m1) * magnitude(m2) * magnitude(mu);
      double sum = 0;
      for (int s1 = m1 == 0 ? 1 : -1; s1 <= 1; s1 += 2) {
        for (int s2 = m2 == 0 ? 1 : -1; s2 <= 1; s2 += 2) {
          int total = s1 * m1 + s2 * m2;
          if (Math.abs(total) != Math.abs(mu)) {
            continue;
          }
          int phase = phase(mu, total) - phase(m1, s1 * m1) - phase(m2, s2 * m2);
          if (odd) {
            phase++; // minus the imaginary part of z is the real part of i·z
          }
          int quarter = Math.floorMod(phase, 4);
          if (quarter % 2 == 0) {
            sum += (quarter == 0 ? magnitude : -magnitude) * value(s1 * m1, s2 * m2, total);
          }
        }
      }
      return sum;
    }

    private static double magnitude(int m) {
      return m == 0 ? 1 : Math.sqrt(0.5);
    }

    /** The power of i in U_(m, complex m'), m' = ±m. */
    private static int phase(int m, int complex) {
      int sign = m % 2 == 0 ? 0 : 2;
      if (m < 0) {
        return complex < 0 ? 1 : 3 + sign;
      }
      return complex > 0 ? sign : 0;
    }

    private double value(int m1, int m2, int total) {
      int a = orders.l1 + orders.l2 - orders.lambda;
      int b = orders.l1 - orders.l2 + orders.lambda;
      int c = orders.l2 - orders.l1 + orders.lambda;
      BigInteger sum = BigInteger.ZERO;
      for (int k = 0; k <= a; k++) {
        BigInteger term =
            choose(a, k)
                .multiply(choose(b, orders.l1 - m1 - k))
                .multiply(choose(c, orders.l2 + m2 - k));
        sum = k % 2 == 0 ? sum.add(term) : sum.subtract(term);
      }
      BigInteger above =
          sum.multiply(sum)
              .multiply(BigInteger.valueOf(2L * orders.lambda + 1))
              .multiply(signs(orders.lambda, total))
              .multiply(signs(orders.l1, m1))
              .multiply(signs(orders.l2, m2));
      BigInteger below =
          factorial[a]
              .multiply(factorial[b])
              .multiply(factorial[c])
              .multiply(factorial[orders.l1 + orders.l2 + orders.lambda + 1]);
      double square = new BigDecimal(above).divide(new BigDecimal(below), DIGITS).doubleValue();
      return sum.signum() * Math.sqrt(square);
    }

    /** (l + m)!·(l - m)! */
    private BigInteger signs(int l, int m) {
      return factorial[l + m].multiply(factorial[l - m]);
    }

    private BigInteger choose(int n, int k) {
      return k < 0 || k > n
          ? BigInteger.ZERO
          : factorial[n].divide(factorial[k]).divide(factorial[n - k]);
    }
  }
}
