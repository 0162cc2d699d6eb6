package org.cotangent.atomistic.neighbors;

import org.cotangent.atomistic.System;

/**
 * A basis of space made of the lattice vectors of the periodic directions and, for the others, unit
 * vectors orthogonal to all the rest, so that every system can be searched in the same way.
 */
final class SearchCell {
  /** Rows: the basis vectors, {@code [3, 3]}. */
  final double[] rows;

  /** The inverse of {@link #rows}: fractional coordinates are {@code r · inverse}. */
  final double[] inverse;

  /** The distance between the two faces that each basis vector connects. */
  final double[] height = new double[3];

  /** Whether these faces are orthogonal to each other. */
  final boolean isOrthogonal;

  SearchCell(System system) {
    rows = system.cell().toDoubleArray();
    complete(system.pbc());
    double[] bc = cross(row(1), row(2));
    double[] ca = cross(row(2), row(0));
    double[] ab = cross(row(0), row(1));
    double det = dot(row(0), bc);
    double scale = norm(row(0)) * norm(row(1)) * norm(row(2));
    // 1e-14 is below any cell one could compute with: angles of 1e-14 rad lose all digits anyway
    if (!(Math.abs(det) > 1e-14 * scale) || !Double.isFinite(scale)) {
      throw new IllegalArgumentException(
          "the lattice vectors of the periodic directions must be linearly independent for a"
              + " neighbor list, this is a "
              + system);
    }
    inverse = new double[9];
    for (int k = 0; k < 3; k++) {
      inverse[3 * k] = bc[k] / det;
      inverse[3 * k + 1] = ca[k] / det;
      inverse[3 * k + 2] = ab[k] / det;
    }
    height[0] = Math.abs(det) / norm(bc);
    height[1] = Math.abs(det) / norm(ca);
    height[2] = Math.abs(det) / norm(ab);
    isOrthogonal =
        isOrthogonal(row(0), row(1))
            && isOrthogonal(row(1), row(2))
            && isOrthogonal(row(2), row(0));
  }

  private void complete(boolean[] pbc) {
    for (int d = 0; d < 3; d++) {
      if (pbc[d]) {
        continue;
      }
      double[] u = row((d + 1) % 3);
      double[] v = row((d + 2) % 3);
      double[] normal = cross(u, v);
      if (norm(normal) == 0) {
        double[] other = norm(u) > 0 ? u : v;
        normal = norm(other) > 0 ? orthogonal(other) : axis(d);
      }
      double length = norm(normal);
      for (int k = 0; k < 3; k++) {
        rows[3 * d + k] = normal[k] / length;
      }
    }
  }

  /** Returns a vector orthogonal to {@code u}: its cross product with the axis farthest from it. */
  private static double[] orthogonal(double[] u) {
    int smallest = 0;
    for (int k = 1; k < 3; k++) {
      if (Math.abs(u[k]) < Math.abs(u[smallest])) {
        smallest = k;
      }
    }
    return cross(u, axis(smallest));
  }

  private static double[] axis(int d) {
    double[] axis = new double[3];
    axis[d] = 1;
    return axis;
  }

  private double[] row(int d) {
    return new double[] {rows[3 * d], rows[3 * d + 1], rows[3 * d + 2]};
  }

  private static boolean isOrthogonal(double[] u, double[] v) {
    return Math.abs(dot(u, v)) <= 1e-13 * norm(u) * norm(v);
  }

  private static double[] cross(double[] u, double[] v) {
    return new double[] {
      u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]
    };
  }

  private static double dot(double[] u, double[] v) {
    return u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
  }

  private static double norm(double[] u) {
    return Math.sqrt(dot(u, u));
  }
}
