package org.cotangent.atomistic.equivariant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.cotangent.atomistic.descriptors.angular.SolidHarmonics;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/** Real coupling coefficients against what they must do. */
class ClebschGordanCoefficientsTest {
  @Test
  void theyAreAnOrthogonalMatrixForEachTwoOrders() {
    for (int[] orders : new int[][] {{0, 0}, {1, 1}, {2, 3}, {4, 4}, {5, 1}, {9, 8}}) {
      int l1 = orders[0];
      int l2 = orders[1];
      int pairs = (2 * l1 + 1) * (2 * l2 + 1);
      double[][] gram = new double[pairs][pairs];
      for (int lambda = Math.abs(l1 - l2); lambda <= l1 + l2; lambda++) {
        Tensor c = ClebschGordanCoefficients.of(l1, l2, lambda).dense();
        for (int p = 0; p < pairs; p++) {
          for (int q = 0; q < pairs; q++) {
            for (int mu = 0; mu <= 2 * lambda; mu++) {
              gram[p][q] +=
                  c.get(p / (2 * l2 + 1), p % (2 * l2 + 1), mu)
                      * c.get(q / (2 * l2 + 1), q % (2 * l2 + 1), mu);
            }
          }
        }
      }
      for (int p = 0; p < pairs; p++) {
        for (int q = 0; q < pairs; q++) {
          assertEquals(p == q ? 1 : 0, gram[p][q], 1e-14, l1 + " and " + l2);
        }
      }
    }
  }

  @Test
  void aVectorCoupledWithAnotherIsTheirScalarAndCrossProduct() {
    // In the order y, z, x: λ = 0 is minus the scalar product over √3, λ = 1 minus the cross
    // product over √2.
    Tensor a = Tensor.of(new double[] {0.3, -0.7, 1.1});
    Tensor b = Tensor.of(new double[] {-0.2, 0.9, 0.4});
    double scalar = coupled(0, a, b).item();
    assertEquals(0.3 * -0.2 - 0.7 * 0.9 + 1.1 * 0.4, -Math.sqrt(3) * scalar, 1e-15);
    double[] cross = coupled(1, a, b).toDoubleArray();
    double[] v = {a.at(2), a.at(0), a.at(1)};
    double[] w = {b.at(2), b.at(0), b.at(1)};
    double factor = -Math.sqrt(2);
    assertEquals(v[1] * w[2] - v[2] * w[1], factor * cross[2], 1e-15);
    assertEquals(v[2] * w[0] - v[0] * w[2], factor * cross[0], 1e-15);
    assertEquals(v[0] * w[1] - v[1] * w[0], factor * cross[1], 1e-15);
  }

  private static Tensor coupled(int lambda, Tensor a, Tensor b) {
    return Tensor.einsum("ijk,i,j->k", ClebschGordanCoefficients.of(1, 1, lambda).dense(), a, b);
  }

  /**
   * The product of two harmonics of one direction, coupled to λ, is the harmonic of λ times a
   * factor, √((2l1+1)(2l2+1)/(4π(2λ+1)))·⟨l1 0 l2 0|λ 0⟩; zero if l1 + l2 + λ is odd.
   */
  @Test
  void productsOfHarmonicsAreHarmonics() {
    Random random = new Random(4);
    double[] r = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
    double norm = Math.sqrt(r[0] * r[0] + r[1] * r[1] + r[2] * r[2]);
    Tensor unit = Tensor.of(new double[] {r[0] / norm, r[1] / norm, r[2] / norm}, 1, 3);
    Tensor y = new SolidHarmonics(10).apply(unit).squeeze(0);
    for (int l1 = 0; l1 <= 5; l1++) {
      for (int l2 = 0; l2 <= 5; l2++) {
        for (int lambda = Math.abs(l1 - l2); lambda <= l1 + l2; lambda++) {
          Tensor c = ClebschGordanCoefficients.of(l1, l2, lambda).dense();
          double factor =
              Math.sqrt((2 * l1 + 1) * (2 * l2 + 1) / (4 * Math.PI * (2 * lambda + 1)))
                  * c.get(l1, l2, lambda);
          Tensor found = Tensor.einsum("ijk,i,j->k", c, order(y, l1), order(y, l2));
          for (int m = 0; m <= 2 * lambda; m++) {
            double expected = (l1 + l2 + lambda) % 2 == 0 ? factor * order(y, lambda).at(m) : 0;
            assertEquals(expected, found.at(m), 1e-14, l1 + " " + l2 + " " + lambda);
          }
        }
      }
    }
  }

  private static Tensor order(Tensor harmonics, int l) {
    return harmonics.slice(0, l * l, (l + 1) * (l + 1));
  }

  /** From the table in the Review of Particle Physics, real m = 0 being complex m = 0. */
  @Test
  void coefficientsOfTables() {
    assertEquals(
        Math.sqrt(2.0 / 3), ClebschGordanCoefficients.of(1, 1, 2).dense().get(1, 1, 2), 1e-15);
    assertEquals(
        -Math.sqrt(1.0 / 3), ClebschGordanCoefficients.of(1, 1, 0).dense().get(1, 1, 0), 1e-15);
    assertEquals(
        -Math.sqrt(2.0 / 5), ClebschGordanCoefficients.of(2, 1, 1).dense().get(2, 1, 1), 1e-15);
  }

  @Test
  void onlyEntriesThatCanBeThereAreKept() {
    ClebschGordanCoefficients c = ClebschGordanCoefficients.of(3, 2, 4);
    for (int e = 0; e < c.size(); e++) {
      int m1 = Math.abs(c.first(e) - 3);
      int m2 = Math.abs(c.second(e) - 2);
      int mu = Math.abs(c.result(e) - 4);
      assertTrue(mu == m1 + m2 || mu == Math.abs(m1 - m2), m1 + " " + m2 + " " + mu);
      assertTrue(Math.abs(c.value(e)) > 1e-3);
    }
  }

  @Test
  void ordersThatDoNotCoupleAreRefused() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> ClebschGordanCoefficients.of(1, 1, 3));
    assertTrue(refused.getMessage().contains("not to 3"), refused.getMessage());
  }
}
