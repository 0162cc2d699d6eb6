package org.cotangent.atomistic.descriptors;

/**
 * The {@link SymmetryInvariants} of one center and their derivatives by the vectors to its
 * neighbors, in plain numbers: loops over neighbors and pairs of neighbors that keep nothing behind
 * them. For one thread.
 */
final class SymmetryKernel {
  private final SymmetryInvariants form;
  private final int size;
  private final int radial;
  private final int angularRadial;
  private final double[] shifts;
  private final double[] angularShifts;
  private final int[] zetas;

  /** Of the neighbors of a center: number, distances, directions, types, functions and slopes. */
  private int neighbors;

  private double[] distance = {};
  private double[] unit = {};
  private int[] kind = {};
  private double[] values = {};
  private double[] slopes = {};

  /** 2^(1-ζ)·(1 + λ·cos θ)^ζ and its derivative by cos θ, for each ζ and λ. */
  private final double[] angle;

  private final double[] angleSlope;

  SymmetryKernel(SymmetryInvariants form) {
    this.form = form;
    size = form.size();
    radial = form.radial();
    angularRadial = form.angularRadial();
    shifts = form.shifts(radial);
    angularShifts = form.shifts(angularRadial);
    zetas = form.zetas().stream().mapToInt(Integer::intValue).toArray();
    angle = new double[2 * zetas.length];
    angleSlope = new double[2 * zetas.length];
  }

  /** Takes the neighbors of a center: vectors {@code from} until {@code to}. */
  void at(double[] vectors, int[] start, int center) {
    int types = form.types().size();
    int from = start[center * types];
    neighbors = start[(center + 1) * types] - from;
    int width = radial + angularRadial;
    if (distance.length < neighbors) {
      distance = new double[neighbors];
      unit = new double[3 * neighbors];
      kind = new int[neighbors];
      values = new double[neighbors * width];
      slopes = new double[neighbors * width];
    }
    for (int t = 0; t < types; t++) {
      for (int p = start[center * types + t]; p < start[center * types + t + 1]; p++) {
        kind[p - from] = t;
      }
    }
    for (int p = 0; p < neighbors; p++) {
      double x = vectors[3 * (from + p)];
      double y = vectors[3 * (from + p) + 1];
      double z = vectors[3 * (from + p) + 2];
      double r = Math.sqrt(x * x + y * y + z * z);
      distance[p] = r;
      unit[3 * p] = x / r;
      unit[3 * p + 1] = y / r;
      unit[3 * p + 2] = z / r;
      double w = r / form.cutoff();
      double fall = w >= 1 ? 0 : 1 - w * w * w * (10 - w * (15 - 6 * w));
      double fallSlope = w >= 1 ? 0 : -30 * w * w * (1 - w) * (1 - w) / form.cutoff();
      gaussians(r, fall, fallSlope, shifts, form.eta(radial), p * width);
      gaussians(r, fall, fallSlope, angularShifts, form.eta(angularRadial), p * width + radial);
    }
  }

  private void gaussians(
      double r, double fall, double fallSlope, double[] centers, double eta, int to) {
    for (int k = 0; k < centers.length; k++) {
      double d = r - centers[k];
      double gaussian = Math.exp(-eta * d * d);
      values[to + k] = gaussian * fall;
      slopes[to + k] = gaussian * (fallSlope - 2 * eta * d * fall);
    }
  }

  private void angles(double cosine) {
    for (int z = 0; z < zetas.length; z++) {
      double plus = half(1 + cosine);
      double minus = half(1 - cosine);
      double plusPower = power(plus, zetas[z] - 1);
      double minusPower = power(minus, zetas[z] - 1);
      angle[2 * z] = 2 * plusPower * plus;
      angle[2 * z + 1] = 2 * minusPower * minus;
      angleSlope[2 * z] = zetas[z] * plusPower;
      angleSlope[2 * z + 1] = -zetas[z] * minusPower;
    }
  }

  /** Half of 1 ± cos θ, never negative: 2^(1-ζ)·(2h)^ζ = 2·h^ζ. */
  private static double half(double sum) {
    return Math.max(0, 0.5 * sum);
  }

  private static double power(double x, int n) {
    double result = 1;
    double square = x;
    for (int rest = n; rest > 0; rest >>= 1) {
      if ((rest & 1) != 0) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }

  private double cosine(int p, int q) {
    return unit[3 * p] * unit[3 * q]
        + unit[3 * p + 1] * unit[3 * q + 1]
        + unit[3 * p + 2] * unit[3 * q + 2];
  }

  /** Adds the features of the center to {@code out}. */
  void add(double[] out, int from) {
    int width = radial + angularRadial;
    for (int p = 0; p < neighbors; p++) {
      int to = from + kind[p] * radial;
      for (int k = 0; k < radial; k++) {
        out[to + k] += values[p * width + k];
      }
    }
    for (int p = 0; angularRadial > 0 && p < neighbors; p++) {
      for (int q = p + 1; q < neighbors; q++) {
        angles(cosine(p, q));
        int to = from + form.angularFrom(kind[p], kind[q]);
        for (double a : angle) {
          for (int k = 0; k < angularRadial; k++) {
            out[to++] += a * values[p * width + radial + k] * values[q * width + radial + k];
          }
        }
      }
    }
  }

  /**
   * Sets the derivatives of Σ g·f by the vectors to the neighbors, three numbers for each.
   *
   * @param g the features' cotangents, from {@code from} on
   * @param out receives the derivatives, from {@code 3·first} on
   */
  void contract(double[] g, int from, double[] out, int first) {
    int width = radial + angularRadial;
    for (int p = 0; p < neighbors; p++) {
      int at = from + kind[p] * radial;
      double sum = 0;
      for (int k = 0; k < radial; k++) {
        sum += g[at + k] * slopes[p * width + k];
      }
      for (int axis = 0; axis < 3; axis++) {
        out[3 * (first + p) + axis] = sum * unit[3 * p + axis];
      }
    }
    for (int p = 0; angularRadial > 0 && p < neighbors; p++) {
      for (int q = p + 1; q < neighbors; q++) {
        double cosine = cosine(p, q);
        angles(cosine);
        int at = from + form.angularFrom(kind[p], kind[q]);
        double byCosine = 0;
        double byFirst = 0;
        double bySecond = 0;
        for (int a = 0; a < angle.length; a++) {
          for (int k = 0; k < angularRadial; k++, at++) {
            int one = p * width + radial + k;
            int other = q * width + radial + k;
            byCosine += g[at] * angleSlope[a] * values[one] * values[other];
            byFirst += g[at] * angle[a] * slopes[one] * values[other];
            bySecond += g[at] * angle[a] * values[one] * slopes[other];
          }
        }
        for (int axis = 0; axis < 3; axis++) {
          double u = unit[3 * p + axis];
          double v = unit[3 * q + axis];
          out[3 * (first + p) + axis] += byFirst * u + byCosine * (v - cosine * u) / distance[p];
          out[3 * (first + q) + axis] += bySecond * v + byCosine * (u - cosine * v) / distance[q];
        }
      }
    }
  }

  /**
   * Returns the derivatives of all features by the vectors to all neighbors, {@code [neighbors, 3,
   * features]}.
   */
  double[] jacobian() {
    double[] out = new double[neighbors * 3 * size];
    int width = radial + angularRadial;
    for (int p = 0; p < neighbors; p++) {
      int at = 3 * p * size + kind[p] * radial;
      for (int axis = 0; axis < 3; axis++) {
        for (int k = 0; k < radial; k++) {
          out[at + axis * size + k] = slopes[p * width + k] * unit[3 * p + axis];
        }
      }
    }
    for (int p = 0; angularRadial > 0 && p < neighbors; p++) {
      for (int q = p + 1; q < neighbors; q++) {
        double cosine = cosine(p, q);
        angles(cosine);
        int at = form.angularFrom(kind[p], kind[q]);
        for (int a = 0; a < angle.length; a++) {
          for (int k = 0; k < angularRadial; k++, at++) {
            int one = p * width + radial + k;
            int other = q * width + radial + k;
            double turn = angleSlope[a] * values[one] * values[other];
            add(out, p, q, at, angle[a] * slopes[one] * values[other], turn, cosine);
            add(out, q, p, at, angle[a] * values[one] * slopes[other], turn, cosine);
          }
        }
      }
    }
    return out;
  }

  /** Adds the derivative of a feature of two neighbors by the vector to the first of them. */
  private void add(
      double[] out, int p, int q, int feature, double stretch, double turn, double cosine) {
    double t = turn / distance[p];
    double s = stretch - t * cosine;
    int at = 3 * p * size + feature;
    out[at] += s * unit[3 * p] + t * unit[3 * q];
    out[at + size] += s * unit[3 * p + 1] + t * unit[3 * q + 1];
    out[at + 2 * size] += s * unit[3 * p + 2] + t * unit[3 * q + 2];
  }
}
