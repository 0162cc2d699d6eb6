package org.cotangent.atomistic.descriptors;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.Tensor;

/**
 * Real spherical harmonics of unit vectors, orthonormal on the sphere, by recursion in Cartesian
 * coordinates: no angles occur, so nothing is singular at the poles.
 *
 * <pre>  (x + iy)^m = A_m + iB_m
 *  Q_mm = (2m-1)!!,  (l-m)·Q_lm = (2l-1)·z·Q_(l-1)m - (l+m-1)·Q_(l-2)m
 *  Y_lm = N_lm·Q_l|m|(z)·{√2·B_|m| for m &lt; 0, 1 for m = 0, √2·A_m for m &gt; 0}
 *  N_lm = √((2l+1)/4π·(l-|m|)!/(l+|m|)!)</pre>
 *
 * <p>so that Y₁ = √(3/4π)·(y, z, x). The recursion is that of the associated Legendre functions
 * without their factor (1-z²)^(m/2), which A and B carry.
 */
public final class SphericalHarmonics {
  private SphericalHarmonics() {}

  /**
   * Returns the harmonics of unit vectors.
   *
   * @param units {@code [n, 3]}, of length 1
   * @param maxAngular the highest l
   * @return {@code [n, (maxAngular + 1)²]}; column l² + l + m is Y_lm
   */
  public static Tensor of(Tensor units, int maxAngular) {
    Tensor x = units.slice(1, 0, 1);
    Tensor y = units.slice(1, 1, 2);
    Tensor z = units.slice(1, 2, 3);
    Tensor[] columns = new Tensor[(maxAngular + 1) * (maxAngular + 1)];
    Tensor a = x.onesLike();
    Tensor b = x.zerosLike();
    double doubleFactorial = 1;
    for (int m = 0; m <= maxAngular; m++) {
      if (m > 0) {
        Tensor next = x.multiply(a).subtract(y.multiply(b));
        b = m == 1 ? y : x.multiply(b).add(y.multiply(a));
        a = m == 1 ? x : next;
        doubleFactorial *= 2 * m - 1;
      }
      List<Tensor> q = legendre(z, m, maxAngular, doubleFactorial);
      for (int l = m; l <= maxAngular; l++) {
        Tensor scaled = q.get(l - m).multiply(norm(l, m) * (m == 0 ? 1 : Math.sqrt(2)));
        int centre = l * l + l;
        columns[centre + m] = m == 0 ? scaled : scaled.multiply(a);
        if (m > 0) {
          columns[centre - m] = scaled.multiply(b);
        }
      }
    }
    return Tensor.concatenate(1, List.of(columns));
  }

  /** Q_lm(z) for l = m … maxAngular. */
  private static List<Tensor> legendre(Tensor z, int m, int maxAngular, double first) {
    List<Tensor> q = new ArrayList<>();
    q.add(z.onesLike().multiply(first));
    for (int l = m + 1; l <= maxAngular; l++) {
      Tensor next = z.multiply(q.get(l - m - 1)).multiply((2.0 * l - 1) / (l - m));
      if (l > m + 1) {
        next = next.subtract(q.get(l - m - 2).multiply((l + m - 1.0) / (l - m)));
      }
      q.add(next);
    }
    return q;
  }

  private static double norm(int l, int m) {
    double ratio = 1; // (l-m)!/(l+m)!
    for (int k = l - m + 1; k <= l + m; k++) {
      ratio /= k;
    }
    return Math.sqrt((2 * l + 1) / (4 * Math.PI) * ratio);
  }
}
