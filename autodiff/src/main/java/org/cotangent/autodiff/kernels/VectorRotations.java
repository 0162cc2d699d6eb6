package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rotations of neighbouring rows, one after the other from the last pair to the first, with the
 * Vector API. What one rotation leaves for the next stays in registers, so that every element is
 * read and written once; four vectors at a time hide the latency.
 */
final class VectorRotations {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorRotations() {}

  static void rotateRows(
      int first, int last, int n, double[] rows, double[] cosines, double[] sines) {
    int j = 0;
    for (; j + 4 * LANES <= n; j += 4 * LANES) {
      int at = last * n + j;
      DoubleVector h0 = DoubleVector.fromArray(SPECIES, rows, at);
      DoubleVector h1 = DoubleVector.fromArray(SPECIES, rows, at + LANES);
      DoubleVector h2 = DoubleVector.fromArray(SPECIES, rows, at + 2 * LANES);
      DoubleVector h3 = DoubleVector.fromArray(SPECIES, rows, at + 3 * LANES);
      for (int i = last - 1; i >= first; i--, at -= n) {
        int from = at - n;
        DoubleVector c = DoubleVector.broadcast(SPECIES, cosines[i]);
        DoubleVector s = DoubleVector.broadcast(SPECIES, sines[i]);
        DoubleVector g0 = DoubleVector.fromArray(SPECIES, rows, from);
        DoubleVector g1 = DoubleVector.fromArray(SPECIES, rows, from + LANES);
        DoubleVector g2 = DoubleVector.fromArray(SPECIES, rows, from + 2 * LANES);
        DoubleVector g3 = DoubleVector.fromArray(SPECIES, rows, from + 3 * LANES);
        c.fma(h0, s.mul(g0)).intoArray(rows, at);
        c.fma(h1, s.mul(g1)).intoArray(rows, at + LANES);
        c.fma(h2, s.mul(g2)).intoArray(rows, at + 2 * LANES);
        c.fma(h3, s.mul(g3)).intoArray(rows, at + 3 * LANES);
        h0 = c.mul(g0).sub(s.mul(h0));
        h1 = c.mul(g1).sub(s.mul(h1));
        h2 = c.mul(g2).sub(s.mul(h2));
        h3 = c.mul(g3).sub(s.mul(h3));
      }
      h0.intoArray(rows, at);
      h1.intoArray(rows, at + LANES);
      h2.intoArray(rows, at + 2 * LANES);
      h3.intoArray(rows, at + 3 * LANES);
    }
    for (; j < n; j++) {
      int at = last * n + j;
      double h = rows[at];
      for (int i = last - 1; i >= first; i--, at -= n) {
        double g = rows[at - n];
        rows[at] = Math.fma(cosines[i], h, sines[i] * g);
        h = cosines[i] * g - sines[i] * h;
      }
      rows[at] = h;
    }
  }
}
