package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ContractionKernels} of float with the Vector API, for rows and channels that whole vectors
 * fill. A multiplication and an addition are one fused operation.
 */
final class VectorContraction32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();

  private VectorContraction32() {}

  static void tableProduct(
      int[] start,
      int[] a,
      int[] b,
      double[] coefficients,
      float[] x,
      float[] y,
      float[] out,
      int n) {
    int rows = start.length - 1;
    int i = 0;
    for (; i + 6 * LANES <= n; i += 6 * LANES) { // six sums at a time: one reading of the table
      for (int c = 0; c < rows; c++) {
        FloatVector s0 = FloatVector.fromArray(S, out, c * n + i);
        FloatVector s1 = FloatVector.fromArray(S, out, c * n + i + LANES);
        FloatVector s2 = FloatVector.fromArray(S, out, c * n + i + 2 * LANES);
        FloatVector s3 = FloatVector.fromArray(S, out, c * n + i + 3 * LANES);
        FloatVector s4 = FloatVector.fromArray(S, out, c * n + i + 4 * LANES);
        FloatVector s5 = FloatVector.fromArray(S, out, c * n + i + 5 * LANES);
        for (int e = start[c]; e < start[c + 1]; e++) {
          FloatVector coefficient = FloatVector.broadcast(S, (float) coefficients[e]);
          int xo = a[e] * n + i;
          int yo = b[e] * n + i;
          s0 =
              FloatVector.fromArray(S, x, xo)
                  .mul(coefficient)
                  .fma(FloatVector.fromArray(S, y, yo), s0);
          s1 =
              FloatVector.fromArray(S, x, xo + LANES)
                  .mul(coefficient)
                  .fma(FloatVector.fromArray(S, y, yo + LANES), s1);
          s2 =
              FloatVector.fromArray(S, x, xo + 2 * LANES)
                  .mul(coefficient)
                  .fma(FloatVector.fromArray(S, y, yo + 2 * LANES), s2);
          s3 =
              FloatVector.fromArray(S, x, xo + 3 * LANES)
                  .mul(coefficient)
                  .fma(FloatVector.fromArray(S, y, yo + 3 * LANES), s3);
          s4 =
              FloatVector.fromArray(S, x, xo + 4 * LANES)
                  .mul(coefficient)
                  .fma(FloatVector.fromArray(S, y, yo + 4 * LANES), s4);
          s5 =
              FloatVector.fromArray(S, x, xo + 5 * LANES)
                  .mul(coefficient)
                  .fma(FloatVector.fromArray(S, y, yo + 5 * LANES), s5);
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
        FloatVector first = FloatVector.fromArray(S, out, c * n + i);
        FloatVector second = FloatVector.fromArray(S, out, c * n + i + LANES);
        FloatVector third = FloatVector.fromArray(S, out, c * n + i + 2 * LANES);
        for (int e = start[c]; e < start[c + 1]; e++) {
          FloatVector coefficient = FloatVector.broadcast(S, (float) coefficients[e]);
          int xo = a[e] * n + i;
          int yo = b[e] * n + i;
          first =
              FloatVector.fromArray(S, x, xo)
                  .mul(coefficient)
                  .fma(FloatVector.fromArray(S, y, yo), first);
          second =
              FloatVector.fromArray(S, x, xo + LANES)
                  .mul(coefficient)
                  .fma(FloatVector.fromArray(S, y, yo + LANES), second);
          third =
              FloatVector.fromArray(S, x, xo + 2 * LANES)
                  .mul(coefficient)
                  .fma(FloatVector.fromArray(S, y, yo + 2 * LANES), third);
        }
        first.intoArray(out, c * n + i);
        second.intoArray(out, c * n + i + LANES);
        third.intoArray(out, c * n + i + 2 * LANES);
      }
    }
    for (; i + LANES <= n; i += LANES) {
      for (int c = 0; c < rows; c++) {
        FloatVector sum = FloatVector.fromArray(S, out, c * n + i);
        for (int e = start[c]; e < start[c + 1]; e++) {
          FloatVector left = FloatVector.fromArray(S, x, a[e] * n + i);
          sum =
              left.mul((float) coefficients[e]).fma(FloatVector.fromArray(S, y, b[e] * n + i), sum);
        }
        sum.intoArray(out, c * n + i);
      }
    }
    for (; i < n; i++) {
      for (int c = 0; c < rows; c++) {
        float sum = out[c * n + i];
        for (int e = start[c]; e < start[c + 1]; e++) {
          sum = Math.fma(x[a[e] * n + i] * (float) coefficients[e], y[b[e] * n + i], sum);
        }
        out[c * n + i] = sum;
      }
    }
  }

  static boolean fills(int channels) {
    return channels % LANES == 0;
  }

  static void density(
      float[] radial, float[] angular, int[] to, float[] out, int orders, int atoms, int channels) {
    int row = atoms * channels;
    for (int k = 0; k < channels; k += LANES) {
      int ro = k;
      int y = 0;
      for (int atom : to) {
        int oo = atom * channels + k;
        for (int l = 0; l < orders; l++, ro += channels) {
          FloatVector r = FloatVector.fromArray(S, radial, ro);
          for (int end = y + 2 * l + 1; y < end; y++, oo += row) {
            FloatVector.broadcast(S, angular[y])
                .fma(r, FloatVector.fromArray(S, out, oo))
                .intoArray(out, oo);
          }
        }
      }
    }
  }

  static void densityRadial(
      float[] angular, float[] z, int[] to, float[] radial, int orders, int atoms, int channels) {
    int row = atoms * channels;
    for (int k = 0; k < channels; k += LANES) {
      int ro = k;
      int y = 0;
      for (int atom : to) {
        int zo = atom * channels + k;
        for (int l = 0; l < orders; l++, ro += channels) {
          FloatVector sum = FloatVector.fromArray(S, radial, ro);
          for (int end = y + 2 * l + 1; y < end; y++, zo += row) {
            sum = FloatVector.broadcast(S, angular[y]).fma(FloatVector.fromArray(S, z, zo), sum);
          }
          sum.intoArray(radial, ro);
        }
      }
    }
  }

  static void densityAngular(
      float[] radial, float[] z, int[] to, float[] angular, int orders, int atoms, int channels) {
    int row = atoms * channels;
    int ro = 0;
    int y = 0;
    for (int atom : to) {
      int zo = atom * channels;
      for (int l = 0; l < orders; l++, ro += channels) {
        for (int end = y + 2 * l + 1; y < end; y++, zo += row) {
          FloatVector sum = FloatVector.zero(S);
          for (int k = 0; k < channels; k += LANES) {
            sum =
                FloatVector.fromArray(S, radial, ro + k)
                    .fma(FloatVector.fromArray(S, z, zo + k), sum);
          }
          angular[y] += LaneSum.of(sum);
        }
      }
    }
  }

  static void message(
      float[] radial,
      float[] x,
      int[] from,
      int[] to,
      float[] out,
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
          FloatVector r = FloatVector.fromArray(S, radial, ro);
          for (int m = -l; m <= l; m++, xo += row, oo += row) {
            FloatVector.fromArray(S, x, xo)
                .fma(r, FloatVector.fromArray(S, out, oo))
                .intoArray(out, oo);
          }
        }
      }
    }
  }

  static void messageRadial(
      float[] x,
      float[] z,
      int[] from,
      int[] to,
      float[] radial,
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
          FloatVector sum = FloatVector.fromArray(S, radial, ro);
          for (int m = -l; m <= l; m++, xo += row, zo += row) {
            FloatVector v = FloatVector.fromArray(S, x, xo);
            sum = v.fma(FloatVector.fromArray(S, z, zo), sum);
          }
          sum.intoArray(radial, ro);
        }
      }
    }
  }
}
