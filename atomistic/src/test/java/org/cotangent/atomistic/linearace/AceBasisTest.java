package org.cotangent.atomistic.linearace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.linalg.LinearAlgebra;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The basis: how many functions there are, that none depends on others, and their slopes. */
class AceBasisTest {
  private final UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(7);

  private AceBasis carbon(LinearAce form) {
    int[] types = {6, 6, 6, 6, 6, 6, 6, 6};
    return AceBasis.of(form, List.of(6), List.of(SmallLinearAce.molecule(random, types)));
  }

  /**
   * The invariants of symmetric powers: with one radial function and l up to L, their numbers are
   * those of the multiplicities of the trivial representation of O(3) in Symν(⊕V_l), which
   * characters give.
   */
  @ParameterizedTest
  @CsvSource({"2,3", "3,3", "4,3", "2,4", "3,4", "4,4"})
  void asManyFunctionsAsTheCharactersOfRotationsSay(int order, int highest) {
    // n = 0 only: a degree that all l but no n reaches needs n to count, so l counts next to
    // nothing
    List<Integer> degrees = new ArrayList<>();
    List<Integer> angular = new ArrayList<>();
    for (int nu = 1; nu <= order; nu++) {
      degrees.add(0);
      angular.add(nu == order ? highest : 0);
    }
    LinearAce form = new LinearAce(4, 4, degrees, angular, 1e-12);
    assertEquals(invariants(order, highest), carbon(form).sizes()[order]);
  }

  /** The number of invariants by Molien's average over rotations and reflections. */
  private static int invariants(int order, int highest) {
    int steps = 2000;
    double sum = 0;
    double weight = 0;
    for (int k = 0; k < steps; k++) {
      double angle = (k + 0.5) * Math.PI / steps;
      double measure = 1 - Math.cos(angle);
      weight += 2 * measure;
      sum += measure * (power(order, highest, angle, 1) + power(order, highest, angle, -1));
    }
    return (int) Math.round(sum / weight);
  }

  /** The character of the symmetric power, from power sums by Newton's identities. */
  private static double power(int order, int highest, double angle, int parity) {
    double[] h = new double[order + 1];
    h[0] = 1;
    for (int n = 1; n <= order; n++) {
      for (int k = 1; k <= n; k++) {
        double trace = 0; // of the k-th power of the rotation, with (-1)^l where it reflects
        for (int l = 0; l <= highest; l++) {
          double character = 1;
          for (int m = 1; m <= l; m++) {
            character += 2 * Math.cos(m * k * angle);
          }
          trace += (parity < 0 && l % 2 == 1 && k % 2 == 1 ? -1 : 1) * character;
        }
        h[n] += trace * h[n - k] / n;
      }
    }
    return h[order];
  }

  @Test
  void functionsAreLinearlyIndependent() {
    LinearAce form = new LinearAce(4, 4, List.of(3, 4, 4, 4), List.of(0, 3, 3, 3), 1);
    AceBasis basis = carbon(form);
    SiteValues values = new SiteValues(basis);
    int points = 2 * basis.size();
    double[] all = new double[points * basis.size()];
    for (int p = 0; p < points; p++) {
      List<SiteValues.Neighbor> neighbors = new ArrayList<>();
      for (int j = 0; j < 12; j++) {
        double[] v = {
          random.nextDouble() - 0.5, random.nextDouble() - 0.5, random.nextDouble() - 0.5
        };
        double r =
            (1 + 2.5 * random.nextDouble()) / Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        neighbors.add(new SiteValues.Neighbor(0, v[0] * r, v[1] * r, v[2] * r, -1, -1, -1));
      }
      int row = p * basis.size();
      values.evaluate(0, neighbors, 0, (k, value, slopes) -> all[row + k] = value);
    }
    Tensor matrix = Tensor.of(all, points, basis.size());
    Tensor norms = matrix.square().sum(0).sqrt();
    double[] singular = LinearAlgebra.svdvals(matrix.divide(norms)).toDoubleArray();
    assertTrue(
        singular[singular.length - 1] > 1e-7 * singular[0],
        basis.size() + " functions, " + singular[singular.length - 1] + " of " + singular[0]);
  }

  @Test
  void slopesAreTheDerivativesOfValues() {
    System crystal = SmallLinearAce.crystal(random);
    AceBasis basis = AceBasis.of(SmallLinearAce.FORM, List.of(1, 6, 8), List.of(crystal));
    SiteValues values = new SiteValues(basis);
    double[] at = {1.1, 0.2, -0.3};
    double[] slope = new double[basis.size()];
    double[] difference = new double[basis.size()];
    double step = 1e-6;
    for (int side = -1; side <= 1; side++) {
      int sign = side;
      double moved = at[1] + side * step;
      List<SiteValues.Neighbor> neighbors =
          List.of(
              new SiteValues.Neighbor(1, at[0], moved, at[2], 0, 6, -1),
              new SiteValues.Neighbor(2, -0.7, 0.9, 1.2, 3, 6, -1),
              new SiteValues.Neighbor(0, 0.1, -1.2, 0.8, 3, 6, -1));
      values.evaluate(
          1,
          neighbors,
          9,
          (k, value, slopes) -> {
            difference[k] += sign * value / (2 * step);
            if (sign == 0) {
              slope[k] = slopes[1];
            }
          });
    }
    for (int k = 0; k < slope.length; k++) {
      assertEquals(difference[k], slope[k], 1e-7 * (1 + Math.abs(slope[k])));
    }
  }

  @Test
  void radialFunctionsAreSteepestAtTheirLengthScaleAndAgreeOnTheTape() {
    RadialPolynomials radial =
        RadialPolynomials.orthonormal(
            5,
            6,
            new double[] {1.1, 1.4},
            new double[][] {{1, 1.1, 1.5, 2, 2.5, 3, 4}, {1.4, 1.5, 2, 2.6, 3, 3.5, 4.5}},
            new double[][] {{1, 2, 1, 1, 1, 1, 1}, {1, 1, 1, 1, 1, 1, 1}});
    double[] r = {0.9, 1.7, 4.9, 5.2};
    double[] tape = radial.of(Tensor.of(r), Tensor.of(new int[] {0, 1, 0, 1}, 4)).toDoubleArray();
    double[] out = new double[12];
    for (int p = 0; p < 4; p++) {
      radial.evaluate(p % 2, r[p], out);
      for (int n = 0; n < 6; n++) {
        assertEquals(out[n], tape[6 * p + n], 1e-12);
      }
    }
  }

  @Test
  void radialFunctionsAreOrthonormalOnTheData() {
    double[] r = {1, 1.1, 1.5, 2, 2.5, 3, 4, 4.5};
    double[] w = {1, 2, 1, 1, 3, 1, 1, 1};
    RadialPolynomials radial =
        RadialPolynomials.orthonormal(
            5, 5, new double[] {1.1}, new double[][] {r}, new double[][] {w});
    double[][] products = new double[5][5];
    double[] out = new double[10];
    for (int p = 0; p < r.length; p++) {
      radial.evaluate(0, r[p], out);
      for (int n = 0; n < 5; n++) {
        for (int k = 0; k < 5; k++) {
          products[n][k] += w[p] * out[n] * out[k];
        }
      }
    }
    for (int n = 0; n < 5; n++) {
      for (int k = 0; k < 5; k++) {
        assertEquals(n == k ? 1 : 0, products[n][k], 1e-12);
      }
    }
  }

  /** Else products of densities would be millions in a crystal, and no ridge would fit both. */
  @ParameterizedTest
  @ValueSource(doubles = {4, 8})
  void radialFunctionsSummedOverTheNeighborsAreOfSizeOneWhateverTheirNumber(double cutoff) {
    System crystal = SmallLinearAce.crystal(random);
    LinearAce form = new LinearAce(cutoff, cutoff, List.of(3, 2), List.of(0, 1), 1);
    AceBasis basis = AceBasis.of(form, List.of(1, 6, 8), List.of(crystal));
    PairBlocks pairs = new PairBlocks(List.of(crystal), cutoff);
    double[] vectors = pairs.vectors(pairs.positions()).toDoubleArray();
    int count = basis.density().count();
    double[] out = new double[2 * count];
    double[] sums = new double[count];
    for (int p = 0; p < pairs.first().length; p++) {
      if (pairs.type(pairs.first()[p]) == 6 && pairs.type(pairs.second()[p]) == 8) {
        double[] v = Arrays.copyOfRange(vectors, 3 * p, 3 * p + 3);
        basis.density().evaluate(5, Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]), out);
        for (int n = 0; n < count; n++) {
          sums[n] += out[n] * out[n];
        }
      }
    }
    for (double sum : sums) {
      assertTrue(sum > 0.6 && sum < 1.15, Arrays.toString(sums));
    }
  }
}
