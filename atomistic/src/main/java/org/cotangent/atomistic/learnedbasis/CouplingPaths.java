package org.cotangent.atomistic.learnedbasis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.cotangent.atomistic.descriptors.angular.SolidHarmonics;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.equivariant.ChannelMixing;
import org.cotangent.autodiff.equivariant.ComponentTable;

/**
 * Which products of two densities are formed: the paths (l₁ ≤ l₂ → l₃) with l₁ &gt; 0, l₁ + l₂ + l₃
 * even and all three at most {@code maxAngular} that angular momenta allow. The coefficients of a
 * path are the integrals ∫Y_(l₁m₁)·Y_(l₂m₂)·Y_(l₃M) over the sphere, scaled so that the sum of
 * their squares is 2l₃ + 1.
 */
final class CouplingPaths {
  private static final double NOTHING = 1e-12;

  /** One product of angular orders. */
  record Path(int l1, int l2, int l3) {}

  private final List<Path> paths = new ArrayList<>();
  private final int components;

  /** From two densities to products: one component for each path and M. */
  final ComponentTable products;

  /** Which path and which angular component each component of the products belongs to. */
  final ChannelMixing mixing;

  CouplingPaths(int maxAngular) {
    components = (maxAngular + 1) * (maxAngular + 1);
    for (int l3 = 0; l3 <= maxAngular; l3++) {
      for (int l1 = 1; l1 <= maxAngular; l1++) {
        for (int l2 = l1; l2 <= maxAngular; l2++) {
          if ((l1 + l2 + l3) % 2 == 0 && l3 >= l2 - l1 && l3 <= l1 + l2) {
            paths.add(new Path(l1, l2, l3));
          }
        }
      }
    }
    double[][][] integrals = integrals(maxAngular);
    List<ComponentTable.Entry> entries = new ArrayList<>();
    int[] slot = new int[paths.stream().mapToInt(path -> 2 * path.l3 + 1).sum()];
    int[] out = new int[slot.length];
    int next = 0;
    for (int p = 0; p < paths.size(); p++) {
      Path path = paths.get(p);
      double scale = Math.sqrt((2 * path.l3 + 1) / squares(path, integrals));
      for (int c3 = path.l3 * path.l3; c3 < (path.l3 + 1) * (path.l3 + 1); c3++) {
        add(path, c3, next, scale, integrals, entries);
        slot[next] = p;
        out[next] = c3;
        next++;
      }
    }
    products = new ComponentTable(components, components, next, entries);
    mixing = new ChannelMixing(slot, out);
  }

  List<Path> paths() {
    return List.copyOf(paths);
  }

  /** In a product of orders l and l the two orders of a pair (m₁, m₂) are one entry. */
  private static void add(
      Path path,
      int c3,
      int row,
      double scale,
      double[][][] integrals,
      List<ComponentTable.Entry> entries) {
    for (int c1 = path.l1 * path.l1; c1 < (path.l1 + 1) * (path.l1 + 1); c1++) {
      int first = path.l1 == path.l2 ? c1 : path.l2 * path.l2;
      for (int c2 = first; c2 < (path.l2 + 1) * (path.l2 + 1); c2++) {
        double coefficient = scale * integrals[c1][c2][c3];
        if (Math.abs(coefficient) > NOTHING) {
          boolean twice = path.l1 == path.l2 && c1 != c2;
          entries.add(new ComponentTable.Entry(c1, c2, row, twice ? 2 * coefficient : coefficient));
        }
      }
    }
  }

  private static double squares(Path path, double[][][] integrals) {
    double sum = 0;
    for (int c1 = path.l1 * path.l1; c1 < (path.l1 + 1) * (path.l1 + 1); c1++) {
      for (int c2 = path.l2 * path.l2; c2 < (path.l2 + 1) * (path.l2 + 1); c2++) {
        for (int c3 = path.l3 * path.l3; c3 < (path.l3 + 1) * (path.l3 + 1); c3++) {
          sum += integrals[c1][c2][c3] * integrals[c1][c2][c3];
        }
      }
    }
    return sum;
  }

  /**
   * The integrals of three harmonics, by Gauss-Legendre nodes in cos θ and equal steps in φ, which
   * is exact for polynomials of degree 3·maxAngular.
   */
  private static double[][][] integrals(int maxAngular) {
    int components = (maxAngular + 1) * (maxAngular + 1);
    GaussIntegrator nodes = new GaussIntegratorFactory().legendre(2 * maxAngular + 2);
    int steps = 3 * maxAngular + 2;
    double[] points = new double[nodes.getNumberOfPoints() * steps * 3];
    double[] weights = new double[nodes.getNumberOfPoints() * steps];
    for (int a = 0, at = 0; a < nodes.getNumberOfPoints(); a++) {
      double z = nodes.getPoint(a);
      double s = Math.sqrt(1 - z * z);
      for (int b = 0; b < steps; b++, at++) {
        double phi = 2 * Math.PI * b / steps;
        points[3 * at] = s * Math.cos(phi);
        points[3 * at + 1] = s * Math.sin(phi);
        points[3 * at + 2] = z;
        weights[at] = nodes.getWeight(a) * 2 * Math.PI / steps;
      }
    }
    double[] y =
        new SolidHarmonics(maxAngular)
            .evaluate(Tensor.of(points).reshape(Shape.of(weights.length, 3)))
            .toDoubleArray();
    double[][][] integrals = new double[components][components][components];
    for (int p = 0; p < weights.length; p++) {
      double[] at = Arrays.copyOfRange(y, p * components, (p + 1) * components);
      for (int i = 0; i < components; i++) {
        for (int j = 0; j < components; j++) {
          for (int k = 0; k < components; k++) {
            integrals[i][j][k] += weights[p] * at[i] * at[j] * at[k];
          }
        }
      }
    }
    return integrals;
  }
}
