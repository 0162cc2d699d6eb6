package org.cotangent.atomistic.linearace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.equivariant.ClebschGordanCoefficients;

/**
 * Which intermediate orders L make linearly independent invariants ((12)L (34)L) of four densities.
 *
 * <p>For four different densities all L that angular momenta allow do. Where some are the same, the
 * invariants of different L depend on one another. As functions of densities they are polynomials,
 * and polynomials are dependent if and only if their values at enough random points are: that is
 * how a largest independent set is found, lowest L first.
 */
final class Couplings {
  private static final double DEPENDENT = 1e-9;

  /** Angular orders, and for each density the first that is the same. */
  private record Pattern(List<Integer> angular, List<Integer> same) {}

  private final Map<Pattern, int[]> known = new HashMap<>();

  /** Returns the orders L for four densities, of which equal ones stand together. */
  int[] independent(List<Channel> four) {
    List<Integer> angular = four.stream().map(Channel::angular).toList();
    List<Integer> same = four.stream().map(four::indexOf).toList();
    return known.computeIfAbsent(new Pattern(angular, same), Couplings::find);
  }

  private static int[] find(Pattern pattern) {
    List<Integer> l = pattern.angular;
    int[] allowed = new int[2 * l.get(0) + 2 * l.get(1) + 2];
    int count = 0;
    int lowest = Math.max(Math.abs(l.get(0) - l.get(1)), Math.abs(l.get(2) - l.get(3)));
    int highest = Math.min(l.get(0) + l.get(1), l.get(2) + l.get(3));
    for (int order = lowest; order <= highest; order++) {
      allowed[count++] = order;
    }
    if (pattern.same.equals(List.of(0, 1, 2, 3))) {
      return Arrays.copyOf(allowed, count);
    }
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(1);
    ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
    int points = count + 4;
    double[][] values = new double[count][points];
    for (int p = 0; p < points; p++) {
      double[][] density = new double[4][];
      for (int k = 0; k < 4; k++) {
        int first = pattern.same.get(k);
        density[k] = first < k ? density[first] : gaussian.samples(2L * l.get(k) + 1).toArray();
      }
      for (int c = 0; c < count; c++) {
        double[] left = coupled(l.get(0), l.get(1), allowed[c], density[0], density[1]);
        double[] right = coupled(l.get(2), l.get(3), allowed[c], density[2], density[3]);
        values[c][p] = product(left, right);
      }
    }
    return independentRows(allowed, values, count);
  }

  /** Gram-Schmidt on the rows: those whose remainder vanishes are left out. */
  private static int[] independentRows(int[] allowed, double[][] values, int count) {
    List<double[]> basis = new ArrayList<>();
    int[] chosen = new int[count];
    int kept = 0;
    for (int c = 0; c < count; c++) {
      double[] rest = values[c];
      double size = Math.sqrt(product(rest, rest));
      if (size < DEPENDENT) {
        continue;
      }
      for (int pass = 0; pass < 2; pass++) { // twice is enough
        for (double[] direction : basis) {
          double along = product(rest, direction);
          for (int p = 0; p < rest.length; p++) {
            rest[p] -= along * direction[p];
          }
        }
      }
      double left = Math.sqrt(product(rest, rest));
      if (left > DEPENDENT * size) {
        for (int p = 0; p < rest.length; p++) {
          rest[p] /= left;
        }
        basis.add(rest);
        chosen[kept++] = allowed[c];
      }
    }
    return Arrays.copyOf(chosen, kept);
  }

  private static double[] coupled(int l1, int l2, int order, double[] a, double[] b) {
    ClebschGordanCoefficients c = ClebschGordanCoefficients.of(l1, l2, order);
    double[] out = new double[2 * order + 1];
    for (int e = 0; e < c.size(); e++) {
      out[c.result(e)] += c.value(e) * a[c.first(e)] * b[c.second(e)];
    }
    return out;
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
