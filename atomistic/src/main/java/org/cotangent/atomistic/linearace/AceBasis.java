package org.cotangent.atomistic.linearace;

import java.util.Arrays;
import java.util.List;
import org.cotangent.atomistic.RefusedSystemException;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The basis of a {@link LinearAce} for some elements: radial functions for each pair of a center's
 * element and a neighbor's, kind {@code center·types + neighbor}, and the functions of each center
 * element, which lie one after the other.
 */
public final class AceBasis {
  /** Distances are counted in intervals of a range divided by this. */
  private static final int BINS = 4000;

  /** The share of all distances, seen or not, in what radial functions are orthonormal on. */
  private static final double EVERYWHERE = 0.1;

  private final LinearAce form;
  private final List<Integer> types;
  private final int[][] occupancy;
  private final RadialPolynomials pair;
  private final RadialPolynomials density;
  private final SiteBasis[] sites;
  private final int[] offset;

  /**
   * Makes a basis.
   *
   * @param occupancy for each center element how many neighbors of each element it has at most
   * @throws IllegalArgumentException if the parts do not fit together
   */
  AceBasis(
      LinearAce form,
      List<Integer> types,
      int[][] occupancy,
      RadialPolynomials pair,
      RadialPolynomials density) {
    int kinds = types.size() * types.size();
    if (occupancy.length != types.size()
        || Arrays.stream(occupancy).anyMatch(most -> most.length != types.size())
        || pair.kinds() != kinds
        || density.kinds() != kinds) {
      throw new IllegalArgumentException(
          "%d types need %d kinds of pairs: there are %d and %d of radial functions, occupancies %s"
              .formatted(
                  types.size(),
                  kinds,
                  pair.kinds(),
                  density.kinds(),
                  Arrays.deepToString(occupancy)));
    }
    this.form = form;
    this.types = List.copyOf(types);
    this.occupancy = Arrays.stream(occupancy).map(int[]::clone).toArray(int[][]::new);
    this.pair = pair;
    this.density = density;
    sites = new SiteBasis[types.size()];
    offset = new int[types.size() + 1];
    Couplings couplings = new Couplings();
    for (int z = 0; z < sites.length; z++) {
      sites[z] = new SiteBasis(form, occupancy[z], couplings);
      offset[z + 1] = offset[z] + sites[z].functions().size();
    }
  }

  /**
   * Makes the basis for some systems: their distances decide the radial functions, their
   * environments the occupancy.
   *
   * @throws RefusedSystemException if two atoms are at the same place, or the lattice vectors of a
   *     system are linearly dependent
   */
  public static AceBasis of(LinearAce form, List<Integer> types, List<System> systems) {
    int count = types.size();
    int[][] occupancy = new int[count][count];
    double[] closest = new double[count * count];
    Arrays.fill(closest, Double.POSITIVE_INFINITY);
    double[][] counts = new double[count * count][BINS];
    double range = form.range();
    long[] atoms = new long[count];
    for (int s = 0; s < systems.size(); s++) {
      System system = systems.get(s).to(DType.FLOAT64);
      PairBlocks pairs = pairs(system, range, s);
      int[][] seen = new int[system.size()][count];
      double[] v = TensorData.doubles(pairs.vectors(pairs.positions()));
      for (int p = 0; p < pairs.first().length; p++) {
        int i = pairs.first()[p];
        int z = types.indexOf(pairs.type(pairs.second()[p]));
        int kind = types.indexOf(pairs.type(i)) * count + z;
        double squared = 0;
        for (int axis = 0; axis < 3; axis++) {
          squared += v[3 * p + axis] * v[3 * p + axis];
        }
        double r = Math.sqrt(squared);
        seen[i][z]++;
        closest[kind] = Math.min(closest[kind], r);
        counts[kind][Math.min(BINS - 1, (int) (r / range * BINS))]++;
      }
      for (int i = 0; i < seen.length; i++) {
        atoms[types.indexOf(system.type(i))]++;
        int[] most = occupancy[types.indexOf(system.type(i))];
        for (int z = 0; z < count; z++) {
          most[z] = Math.max(most[z], seen[i][z]);
        }
      }
    }
    for (int[] most : occupancy) {
      for (int z = 0; z < count; z++) {
        most[z] = Math.min(most[z], LinearAce.MAX_ORDER);
      }
    }
    double[] scale = new double[count * count];
    for (int kind = 0; kind < scale.length; kind++) {
      scale[kind] = Double.isFinite(closest[kind]) ? closest[kind] : 1;
    }
    return new AceBasis(
        form,
        types,
        occupancy,
        radial(form.pairCutoff(), form.pairFunctions(), scale, counts, range, atoms),
        radial(form.cutoff(), form.radialFunctions(), scale, counts, range, atoms));
  }

  private static PairBlocks pairs(System system, double range, int index) {
    try {
      PairBlocks pairs = new PairBlocks(List.of(system), range);
      pairs.checkApart();
      return pairs;
    } catch (RefusedSystemException alone) {
      throw alone.after(index);
    }
  }

  /**
   * Returns functions that are orthonormal on the neighbors that an atom has: summed over them, the
   * mean square of each is 1, so that densities are of about that size in molecules and crystals.
   *
   * @param counts how many distances of each kind are in each interval of the range
   * @param atoms how many centers there are of each type
   */
  private static RadialPolynomials radial(
      double cutoff, int functions, double[] scale, double[][] counts, double range, long[] atoms) {
    double[] r = new double[BINS];
    for (int b = 0; b < BINS; b++) {
      r[b] = (b + 0.5) * range / BINS;
    }
    double[][] points = new double[scale.length][];
    double[][] weights = new double[scale.length][];
    for (int kind = 0; kind < scale.length; kind++) {
      double seen = 0;
      double possible = 0;
      for (int b = 0; b < BINS; b++) {
        seen += r[b] < cutoff ? counts[kind][b] : 0;
        possible += r[b] < cutoff && r[b] > 0.9 * scale[kind] ? 1 : 0;
      }
      double neighbors = Math.max(1, seen / Math.max(1, atoms[kind / atoms.length]));
      points[kind] = r;
      weights[kind] = new double[BINS];
      for (int b = 0; b < BINS; b++) {
        if (r[b] < cutoff) {
          weights[kind][b] =
              neighbors
                  * ((seen > 0 ? (1 - EVERYWHERE) * counts[kind][b] / seen : 0)
                      + (r[b] > 0.9 * scale[kind] ? EVERYWHERE / possible : 0));
        }
      }
    }
    return RadialPolynomials.orthonormal(cutoff, functions, scale, points, weights);
  }

  public LinearAce form() {
    return form;
  }

  public List<Integer> types() {
    return types;
  }

  /**
   * Returns for each center element how many neighbors of each element it has at most, up to {@link
   * LinearAce#MAX_ORDER}: functions with more densities of an element are left out, since with so
   * few neighbors they are functions of fewer densities.
   */
  public int[][] occupancy() {
    return Arrays.stream(occupancy).map(int[]::clone).toArray(int[][]::new);
  }

  RadialPolynomials pair() {
    return pair;
  }

  RadialPolynomials density() {
    return density;
  }

  SiteBasis site(int element) {
    return sites[element];
  }

  /** Returns where the functions of a center element begin. */
  int offset(int element) {
    return offset[element];
  }

  /** Returns the number of functions of all elements. */
  public int size() {
    return offset[sites.length];
  }

  /**
   * Returns how rough each function is: 1 + Σ (n^p + (w·l)^p) over its densities.
   *
   * @param exponent p
   */
  public double[] roughness(double exponent) {
    double[] all = new double[size()];
    int k = 0;
    for (SiteBasis site : sites) {
      for (SiteBasis.Function function : site.functions()) {
        double sum = 1;
        for (Channel channel : function.channels()) {
          sum +=
              Math.pow(channel.radial(), exponent)
                  + Math.pow(form.angularWeight() * channel.angular(), exponent);
        }
        all[k++] = sum;
      }
    }
    return all;
  }

  /** Returns how many functions there are of each correlation order, from 0 on, of all elements. */
  public int[] sizes() {
    int[] sizes = new int[form.order() + 1];
    for (SiteBasis site : sites) {
      for (SiteBasis.Function function : site.functions()) {
        sizes[function.channels().size()]++;
      }
    }
    return sizes;
  }
}
