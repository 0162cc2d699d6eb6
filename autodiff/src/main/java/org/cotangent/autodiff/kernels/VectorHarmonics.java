package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link HarmonicsKernels} with the Vector API. Harmonics take one vector in space per lane;
 * derivatives take neighbouring columns of one vector in space. No operations are fused, so that
 * both give the bits of the plain loops, which do what is left over.
 */
final class VectorHarmonics {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();
  private static final VectorShuffle<Double> REVERSED =
      VectorShuffle.fromOp(S, lane -> LANES - 1 - lane);

  /**
   * From this l on, vectors that end where a row of 2l + 1 columns ends have no source out of
   * bounds. They may begin one column before the row, which the shorter rows then overwrite.
   */
  private static final int FIRST_LONG_ROW = 3;

  private VectorHarmonics() {}

  static void values(
      double[] diagonal, double[] above, double[] before, double[] xyz, int count, double[] out) {
    int columns = diagonal.length * diagonal.length;
    int p = 0;
    if (count >= LANES) {
      double[] coordinates = new double[3 * LANES];
      double[] lanes = new double[columns * LANES];
      for (; p + LANES <= count; p += LANES) {
        load(xyz, p, coordinates);
        values(diagonal, above, before, coordinates, lanes);
        store(lanes, columns, out, p * columns);
      }
    }
    for (; p < count; p++) {
      int at = 3 * p;
      HarmonicsKernels.ofPoint(
          diagonal, above, before, xyz[at], xyz[at + 1], xyz[at + 2], out, p * columns);
    }
  }

  /** From {@code [lanes, 3]} to {@code [3, lanes]}. */
  private static void load(double[] xyz, int first, double[] coordinates) {
    for (int i = 0, at = 3 * first; i < LANES; i++, at += 3) {
      coordinates[i] = xyz[at];
      coordinates[LANES + i] = xyz[at + 1];
      coordinates[2 * LANES + i] = xyz[at + 2];
    }
  }

  /** From {@code [columns, lanes]} to {@code [lanes, columns]}. */
  private static void store(double[] lanes, int columns, double[] out, int from) {
    for (int i = 0, to = from; i < LANES; i++, to += columns) {
      for (int k = 0; k < columns; k++) {
        out[to + k] = lanes[k * LANES + i];
      }
    }
  }

  /** From {@code [3, lanes]} to {@code [columns, lanes]}; see {@link HarmonicsKernels#ofPoint}. */
  private static void values(
      double[] diagonal, double[] above, double[] before, double[] coordinates, double[] out) {
    DoubleVector x = DoubleVector.fromArray(S, coordinates, 0);
    DoubleVector y = DoubleVector.fromArray(S, coordinates, LANES);
    DoubleVector z = DoubleVector.fromArray(S, coordinates, 2 * LANES);
    DoubleVector squared = x.mul(x).add(y.mul(y)).add(z.mul(z));
    DoubleVector re = DoubleVector.broadcast(S, 1);
    DoubleVector im = DoubleVector.zero(S);
    int at = 0;
    for (int m = 0; m < diagonal.length; m++) {
      DoubleVector q = DoubleVector.broadcast(S, diagonal[m]);
      DoubleVector last = DoubleVector.zero(S);
      int center = m * m + m;
      q.mul(im).intoArray(out, (center - m) * LANES);
      q.mul(re).intoArray(out, (center + m) * LANES);
      for (int l = m + 1; l < diagonal.length; l++, at++) {
        DoubleVector next = z.mul(above[at]).mul(q).sub(squared.mul(before[at]).mul(last));
        last = q;
        q = next;
        center += 2 * l;
        q.mul(im).intoArray(out, (center - m) * LANES);
        q.mul(re).intoArray(out, (center + m) * LANES);
      }
      DoubleVector turned = x.mul(re).sub(y.mul(im));
      im = x.mul(im).add(y.mul(re));
      re = turned;
    }
  }

  /** Whether vectors are not longer than what is said of {@link #FIRST_LONG_ROW}. */
  static boolean fitsGradients() {
    return LANES <= 2 * FIRST_LONG_ROW + 2;
  }

  static void gradients(
      int[][] source, double[][] factor, double[] values, int at, double[] out, int from) {
    int columns = source[4].length;
    byX(columns, factor[0], factor[1], values, at, out, from);
    byY(columns, factor[2], factor[3], values, at, out, from + columns);
    byZ(columns, factor[4], values, at, out, from + 2 * columns);
    int shortRows = Math.min(columns, FIRST_LONG_ROW * FIRST_LONG_ROW);
    HarmonicsKernels.gradientColumns(source, factor, shortRows, values, at, out, from);
  }

  // The last vector of a row ends where the row ends: it may overlap the one before it.

  private static void byX(
      int columns,
      double[] before,
      double[] behind,
      double[] values,
      int at,
      double[] out,
      int to) {
    for (int l = FIRST_LONG_ROW, row = l * l; row < columns; row += 2 * l + 1, l++) {
      int last = row + 2 * l + 1 - LANES;
      for (int k = Math.min(row, last); ; k = Math.min(k + LANES, last)) {
        int from = at + k - 2 * l;
        DoubleVector.fromArray(S, before, k)
            .mul(DoubleVector.fromArray(S, values, from - 1))
            .add(
                DoubleVector.fromArray(S, behind, k)
                    .mul(DoubleVector.fromArray(S, values, from + 1)))
            .intoArray(out, to + k);
        if (k == last) {
          break;
        }
      }
    }
  }

  private static void byY(
      int columns,
      double[] before,
      double[] behind,
      double[] values,
      int at,
      double[] out,
      int to) {
    for (int l = FIRST_LONG_ROW, row = l * l; row < columns; row += 2 * l + 1, l++) {
      int last = row + 2 * l + 1 - LANES;
      for (int k = Math.min(row, last); ; k = Math.min(k + LANES, last)) {
        int from = at + 2 * l * l - k - (LANES - 1); // sources stand in the other direction
        DoubleVector.fromArray(S, before, k)
            .mul(DoubleVector.fromArray(S, values, from - 1).rearrange(REVERSED))
            .add(
                DoubleVector.fromArray(S, behind, k)
                    .mul(DoubleVector.fromArray(S, values, from + 1).rearrange(REVERSED)))
            .intoArray(out, to + k);
        if (k == last) {
          break;
        }
      }
    }
  }

  private static void byZ(
      int columns, double[] below, double[] values, int at, double[] out, int to) {
    for (int l = FIRST_LONG_ROW, row = l * l; row < columns; row += 2 * l + 1, l++) {
      int last = row + 2 * l + 1 - LANES;
      for (int k = Math.min(row, last); ; k = Math.min(k + LANES, last)) {
        DoubleVector.fromArray(S, below, k)
            .mul(DoubleVector.fromArray(S, values, at + k - 2 * l))
            .intoArray(out, to + k);
        if (k == last) {
          break;
        }
      }
    }
  }
}
