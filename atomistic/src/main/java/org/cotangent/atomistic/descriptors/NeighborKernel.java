package org.cotangent.atomistic.descriptors;

import org.cotangent.atomistic.descriptors.angular.HarmonicsTable;
import org.cotangent.atomistic.descriptors.radial.RadialIntegral;

/**
 * What one neighbor adds to the expansion around a center, and how that changes with the vector to
 * it, in plain numbers: the {@link DensityFunctions} for loops over pairs that keep nothing of the
 * pairs behind them. With R_ln(r) = f_cut·scaling·I_nl, divided by r^l if solid, and Y_lm solid
 * harmonics of the vector, or spherical ones of its direction,
 *
 * <pre>  f_lmn = Y_lm·R_ln,   ∂_a f_lmn = ∂_aY_lm·R_ln + Y_lm·R'_ln·v_a/r</pre>
 *
 * <p>Atoms at the same place have no direction: there r, and for a Y of the direction that too, are
 * held constant. For one thread.
 */
final class NeighborKernel {
  private final DensityFunctions functions;
  private final HarmonicsTable table;
  private final DensityFunctions.Order[] orders;

  /** Where the radial functions of each order begin. */
  private final int[] radialFrom;

  private final double[] harmonics;

  /** ∂_aY_lm, {@code [3, harmonics]}. */
  private final double[] turned;

  /** Some combination of the derivatives of each harmonic. */
  private final double[] combined;

  private final double[] radial;
  private final double[] slopes;
  private final double[] weight = new double[2];
  private final double[] jacobian;

  /** v/r; zero for atoms at the same place. */
  private final double[] unit = new double[3];

  NeighborKernel(DensityFunctions functions) {
    this.functions = functions;
    table = HarmonicsTable.of(functions.maxAngular());
    orders = functions.orders().toArray(DensityFunctions.Order[]::new);
    radialFrom = new int[orders.length];
    int count = 0;
    for (int k = 0; k < orders.length; k++) {
      radialFrom[k] = count;
      count += orders[k].integral().size();
    }
    radial = new double[count];
    slopes = new double[count];
    harmonics = new double[table.columns()];
    turned = new double[3 * table.columns()];
    combined = new double[table.columns()];
    jacobian = new double[3 * functions.size()];
  }

  /** Takes the vector at {@code 3·pair}; after it, {@link #add} can be called. */
  void at(double[] vectors, int pair) {
    double r = place(vectors, pair);
    functions.weight(r, weight);
    for (int k = 0; k < orders.length; k++) {
      orders[k].integral().evaluate(r, 0, radial, radialFrom[k]);
    }
    for (int k = 0; k < radial.length; k++) {
      radial[k] *= weight[0];
    }
  }

  /** As {@link #at}; after it, everything can be called. */
  void withSlopesAt(double[] vectors, int pair) {
    double r = place(vectors, pair);
    functions.weight(r, weight);
    for (int k = 0; k < orders.length; k++) {
      RadialIntegral integral = orders[k].integral();
      integral.evaluateWithSlope(r, radial, slopes, radialFrom[k]);
    }
    for (int k = 0; k < radial.length; k++) {
      slopes[k] = slopes[k] * weight[0] + radial[k] * weight[1];
      radial[k] *= weight[0];
    }
    int columns = harmonics.length;
    table.gradients(harmonics, 0, turned, 0);
    if (!functions.isSolid()) {
      projectGradients(r, columns);
    }
  }

  /** Computes harmonics and direction, and returns the distance. */
  private double place(double[] vectors, int pair) {
    double x = vectors[3 * pair];
    double y = vectors[3 * pair + 1];
    double z = vectors[3 * pair + 2];
    double squared = x * x + y * y + z * z;
    boolean same = squared < DensityFunctions.SAME_PLACE * DensityFunctions.SAME_PLACE;
    double r = same ? 0 : Math.sqrt(squared);
    unit[0] = same ? 0 : x / r;
    unit[1] = same ? 0 : y / r;
    unit[2] = same ? 0 : z / r;
    if (functions.isSolid()) {
      table.values(x, y, z, harmonics, 0);
    } else {
      table.values(unit[0], unit[1], same ? 1 : unit[2], harmonics, 0);
    }
    return r;
  }

  /** From derivatives by the direction u to those by the vector: (1 - u·uᵀ)/r. */
  private void projectGradients(double r, int columns) {
    for (int k = 0; k < columns; k++) {
      double x = turned[k];
      double y = turned[columns + k];
      double z = turned[2 * columns + k];
      double along = unit[0] * x + unit[1] * y + unit[2] * z;
      turned[k] = r == 0 ? 0 : (x - along * unit[0]) / r;
      turned[columns + k] = r == 0 ? 0 : (y - along * unit[1]) / r;
      turned[2 * columns + k] = r == 0 ? 0 : (z - along * unit[2]) / r;
    }
  }

  /** Adds f to {@code out}. */
  void add(double[] out, int from) {
    int to = from;
    for (int k = 0; k < orders.length; k++) {
      int l = orders[k].l();
      int first = radialFrom[k];
      int size = orders[k].integral().size();
      for (int lm = l * l; lm < (l + 1) * (l + 1); lm++) {
        double a = harmonics[lm];
        for (int n = 0; n < size; n++) {
          out[to + n] += a * radial[first + n];
        }
        to += size;
      }
    }
  }

  /** Adds Σ_a u_a·∂_a f to {@code out}, u standing at {@code 3·pair}. */
  void addAlong(double[] u, int pair, double[] out, int from) {
    double along = 0;
    java.util.Arrays.fill(combined, 0);
    for (int a = 0; a < 3; a++) {
      double step = u[3 * pair + a];
      along += step * unit[a];
      for (int k = 0; k < combined.length; k++) {
        combined[k] += step * turned[a * combined.length + k];
      }
    }
    addProducts(combined, 0, radial, 1, harmonics, slopes, along, out, from);
  }

  /** Returns ∂_a f, {@code [3, functions]}: to be read until the next vector is taken. */
  double[] jacobian() {
    java.util.Arrays.fill(jacobian, 0);
    for (int a = 0; a < 3; a++) {
      addProducts(
          turned,
          a * harmonics.length,
          radial,
          1,
          harmonics,
          slopes,
          unit[a],
          jacobian,
          a * functions.size());
    }
    return jacobian;
  }

  /** Adds s·A_lm·R_ln + t·B_lm·T_ln for all l, m and n. */
  private void addProducts(
      double[] one,
      int at,
      double[] radialOne,
      double s,
      double[] other,
      double[] radialOther,
      double t,
      double[] out,
      int from) {
    int to = from;
    for (int k = 0; k < orders.length; k++) {
      int l = orders[k].l();
      int first = radialFrom[k];
      int size = orders[k].integral().size();
      for (int lm = l * l; lm < (l + 1) * (l + 1); lm++) {
        double a = s * one[at + lm];
        double b = t * other[lm];
        for (int n = 0; n < size; n++) {
          out[to + n] += a * radialOne[first + n] + b * radialOther[first + n];
        }
        to += size;
      }
    }
  }

  /** Sets the three numbers at {@code 3·pair} to Σ g·∂_a f, g being the functions' cotangents. */
  void contract(double[] g, int from, double[] out, int pair) {
    double along = 0;
    int at = from;
    for (int k = 0; k < orders.length; k++) {
      int l = orders[k].l();
      int first = radialFrom[k];
      int size = orders[k].integral().size();
      for (int lm = l * l; lm < (l + 1) * (l + 1); lm++) {
        double values = 0;
        double steepness = 0;
        for (int n = 0; n < size; n++) {
          values += g[at + n] * radial[first + n];
          steepness += g[at + n] * slopes[first + n];
        }
        combined[lm] = values;
        along += steepness * harmonics[lm];
        at += size;
      }
    }
    for (int a = 0; a < 3; a++) {
      double sum = along * unit[a];
      for (DensityFunctions.Order order : orders) {
        int l = order.l();
        for (int lm = l * l; lm < (l + 1) * (l + 1); lm++) {
          sum += combined[lm] * turned[a * combined.length + lm];
        }
      }
      out[3 * pair + a] = sum;
    }
  }
}
