package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ContractionKernels} of double with the Vector API, for rows and channels that whole
 * vectors fill. A multiplication and an addition are one fused operation.
 */
final class VectorContraction64 {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();

  private VectorContraction64() {}

  static void tableProduct(
      int[] start,
      int[] a,
      int[] b,
      double[] coefficients,
      double[] x,
      double[] y,
      double[] out,
      int n) {
    int rows = start.length - 1;
    int i = 0;
    for (; i + 6 * LANES <= n; i += 6 * LANES) { // six sums at a time: one reading of the table
      for (int c = 0; c < rows; c++) {
        DoubleVector s0 = DoubleVector.fromArray(S, out, c * n + i);
        DoubleVector s1 = DoubleVector.fromArray(S, out, c * n + i + LANES);
        DoubleVector s2 = DoubleVector.fromArray(S, out, c * n + i + 2 * LANES);
        DoubleVector s3 = DoubleVector.fromArray(S, out, c * n + i + 3 * LANES);
        DoubleVector s4 = DoubleVector.fromArray(S, out, c * n + i + 4 * LANES);
        DoubleVector s5 = DoubleVector.fromArray(S, out, c * n + i + 5 * LANES);
        for (int e = start[c]; e < start[c + 1]; e++) {
          DoubleVector coefficient = DoubleVector.broadcast(S, coefficients[e]);
          int xo = a[e] * n + i;
          int yo = b[e] * n + i;
          s0 =
              DoubleVector.fromArray(S, x, xo)
                  .mul(coefficient)
                  .fma(DoubleVector.fromArray(S, y, yo), s0);
          s1 =
              DoubleVector.fromArray(S, x, xo + LANES)
                  .mul(coefficient)
                  .fma(DoubleVector.fromArray(S, y, yo + LANES), s1);
          s2 =
              DoubleVector.fromArray(S, x, xo + 2 * LANES)
                  .mul(coefficient)
                  .fma(DoubleVector.fromArray(S, y, yo + 2 * LANES), s2);
          s3 =
              DoubleVector.fromArray(S, x, xo + 3 * LANES)
                  .mul(coefficient)
                  .fma(DoubleVector.fromArray(S, y, yo + 3 * LANES), s3);
          s4 =
              DoubleVector.fromArray(S, x, xo + 4 * LANES)
                  .mul(coefficient)
                  .fma(DoubleVector.fromArray(S, y, yo + 4 * LANES), s4);
          s5 =
              DoubleVector.fromArray(S, x, xo + 5 * LANES)
                  .mul(coefficient)
                  .fma(DoubleVector.fromArray(S, y, yo + 5 * LANES), s5);
        }
        s0.intoArray(out, c * n + i);
        s1.intoArray(out, c * n + i + LANES);
        s2.intoArray(out, c * n + i + 2 * LANES);
        s3.intoArray(out, c * n + i + 3 * LANES);
        s4.intoArray(out, c * n + i + 4 * LANES);
        s5.intoArray(out, c * n + i + 5 * LANES);
      }
    }
    for (; i + 3 * LANES <= n; i += 3 * LANES) {
      for (int c = 0; c < rows; c++) {
        DoubleVector first = DoubleVector.fromArray(S, out, c * n + i);
        DoubleVector second = DoubleVector.fromArray(S, out, c * n + i + LANES);
        DoubleVector third = DoubleVector.fromArray(S, out, c * n + i + 2 * LANES);
        for (int e = start[c]; e < start[c + 1]; e++) {
          DoubleVector coefficient = DoubleVector.broadcast(S, coefficients[e]);
          int xo = a[e] * n + i;
          int yo = b[e] * n + i;
          first =
              DoubleVector.fromArray(S, x, xo)
                  .mul(coefficient)
                  .fma(DoubleVector.fromArray(S, y, yo), first);
          second =
              DoubleVector.fromArray(S, x, xo + LANES)
                  .mul(coefficient)
                  .fma(DoubleVector.fromArray(S, y, yo + LANES), second);
          third =
              DoubleVector.fromArray(S, x, xo + 2 * LANES)
                  .mul(coefficient)
                  .fma(DoubleVector.fromArray(S, y, yo + 2 * LANES), third);
        }
        first.intoArray(out, c * n + i);
        second.intoArray(out, c * n + i + LANES);
        third.intoArray(out, c * n + i + 2 * LANES);
      }
    }
    for (; i + LANES <= n; i += LANES) {
      for (int c = 0; c < rows; c++) {
        DoubleVector sum = DoubleVector.fromArray(S, out, c * n + i);
        for (int e = start[c]; e < start[c + 1]; e++) {
          DoubleVector left = DoubleVector.fromArray(S, x, a[e] * n + i);
          sum = left.mul(coefficients[e]).fma(DoubleVector.fromArray(S, y, b[e] * n + i), sum);
        }
        sum.intoArray(out, c * n + i);
      }
    }
    for (; i < n; i++) {
      for (int c = 0; c < rows; c++) {
        double sum = out[c * n + i];
        for (int e = start[c]; e < start[c + 1]; e++) {
          sum = Math.fma(x[a[e] * n + i] * coefficients[e], y[b[e] * n + i], sum);
        }
        out[c * n + i] = sum;
      }
    }
  }

  static boolean fills(int channels) {
    return channels % LANES == 0;
  }

  static void density(
      double[] radial,
      double[] angular,
      int[] to,
      double[] out,
      int orders,
      int atoms,
      int channels) {
    int row = atoms * channels;
    for (int k = 0; k < channels; k += LANES) {
      int ro = k;
      int y = 0;
      for (int atom : to) {
        int oo = atom * channels + k;
        for (int l = 0; l < orders; l++, ro += channels) {
          DoubleVector r = DoubleVector.fromArray(S, radial, ro);
          for (int end = y + 2 * l + 1; y < end; y++, oo += row) {
            DoubleVector.broadcast(S, angular[y])
                .fma(r, DoubleVector.fromArray(S, out, oo))
                .intoArray(out, oo);
          }
        }
      }
    }
  }

  static void densityRadial(
      double[] angular,
      double[] z,
      int[] to,
      double[] radial,
      int orders,
      int atoms,
      int channels) {
    int row = atoms * channels;
    for (int k = 0; k < channels; k += LANES) {
      int ro = k;
      int y = 0;
      for (int atom : to) {
        int zo = atom * channels + k;
        for (int l = 0; l < orders; l++, ro += channels) {
          DoubleVector sum = DoubleVector.fromArray(S, radial, ro);
          for (int end = y + 2 * l + 1; y < end; y++, zo += row) {
            sum = DoubleVector.broadcast(S, angular[y]).fma(DoubleVector.fromArray(S, z, zo), sum);
          }
          sum.intoArray(radial, ro);
        }
      }
    }
  }

  static void densityAngular(
      double[] radial,
      double[] z,
      int[] to,
      double[] angular,
      int orders,
      int atoms,
      int channels) {
    int row = atoms * channels;
    int ro = 0;
    int y = 0;
    for (int atom : to) {
      int zo = atom * channels;
      for (int l = 0; l < orders; l++, ro += channels) {
        for (int end = y + 2 * l + 1; y < end; y++, zo += row) {
          DoubleVector sum = DoubleVector.zero(S);
          for (int k = 0; k < channels; k += LANES) {
            sum =
                DoubleVector.fromArray(S, radial, ro + k)
                    .fma(DoubleVector.fromArray(S, z, zo + k), sum);
          }
          angular[y] += LaneSum.of(sum);
        }
      }
    }
  }

  static void message(
      double[] radial,
      double[] x,
      int[] from,
      int[] to,
      double[] out,
      int orders,
      int atoms,
      int channels) {
    int row = atoms * channels;
    for (int k = 0; k < channels; k += LANES) {
      int ro = k;
      for (int p = 0; p < to.length; p++) {
        int xo = from[p] * channels + k;
        int oo = to[p] * channels + k;
        for (int l = 0; l < orders; l++, ro += channels) {
          DoubleVector r = DoubleVector.fromArray(S, radial, ro);
          for (int m = -l; m <= l; m++, xo += row, oo += row) {
            DoubleVector.fromArray(S, x, xo)
                .fma(r, DoubleVector.fromArray(S, out, oo))
                .intoArray(out, oo);
          }
        }
      }
    }
  }

  static void messageRadial(
      double[] x,
      double[] z,
      int[] from,
      int[] to,
      double[] radial,
      int orders,
      int atoms,
      int channels) {
    int row = atoms * channels;
    for (int k = 0; k < channels; k += LANES) {
      int ro = k;
      for (int p = 0; p < to.length; p++) {
        int xo = from[p] * channels + k;
        int zo = to[p] * channels + k;
        for (int l = 0; l < orders; l++, ro += channels) {
          DoubleVector sum = DoubleVector.fromArray(S, radial, ro);
          for (int m = -l; m <= l; m++, xo += row, zo += row) {
            DoubleVector v = DoubleVector.fromArray(S, x, xo);
            sum = v.fma(DoubleVector.fromArray(S, z, zo), sum);
          }
          sum.intoArray(radial, ro);
        }
      }
    }
  }
}
