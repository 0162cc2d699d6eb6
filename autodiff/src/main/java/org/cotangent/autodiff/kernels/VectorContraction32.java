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
    for (; i + 3 * LANES <= n; i += 3 * LANES) { // three sums at a time hide their latency
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
    int components = orders * orders;
    for (int p = 0; p < to.length; p++) {
      for (int k = 0; k < channels; k += LANES) {
        for (int l = 0, c = 0; l < orders; l++) {
          FloatVector r = FloatVector.fromArray(S, radial, (p * orders + l) * channels + k);
          for (int end = (l + 1) * (l + 1); c < end; c++) {
            int oo = (c * atoms + to[p]) * channels + k;
            FloatVector.broadcast(S, angular[p * components + c])
                .fma(r, FloatVector.fromArray(S, out, oo))
                .intoArray(out, oo);
          }
        }
      }
    }
  }

  static void densityRadial(
      float[] angular, float[] z, int[] to, float[] radial, int orders, int atoms, int channels) {
    int components = orders * orders;
    for (int p = 0; p < to.length; p++) {
      for (int k = 0; k < channels; k += LANES) {
        for (int l = 0, c = 0; l < orders; l++) {
          int ro = (p * orders + l) * channels + k;
          FloatVector sum = FloatVector.fromArray(S, radial, ro);
          for (int end = (l + 1) * (l + 1); c < end; c++) {
            FloatVector v = FloatVector.fromArray(S, z, (c * atoms + to[p]) * channels + k);
            sum = FloatVector.broadcast(S, angular[p * components + c]).fma(v, sum);
          }
          sum.intoArray(radial, ro);
        }
      }
    }
  }

  static void densityAngular(
      float[] radial, float[] z, int[] to, float[] angular, int orders, int atoms, int channels) {
    int components = orders * orders;
    for (int p = 0; p < to.length; p++) {
      for (int l = 0, c = 0; l < orders; l++) {
        int ro = (p * orders + l) * channels;
        for (int end = (l + 1) * (l + 1); c < end; c++) {
          int zo = (c * atoms + to[p]) * channels;
          FloatVector sum = FloatVector.zero(S);
          for (int k = 0; k < channels; k += LANES) {
            sum =
                FloatVector.fromArray(S, radial, ro + k)
                    .fma(FloatVector.fromArray(S, z, zo + k), sum);
          }
          angular[p * components + c] += LaneSum.of(sum);
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
    for (int p = 0; p < to.length; p++) {
      for (int k = 0; k < channels; k += LANES) {
        for (int l = 0, c = 0; l < orders; l++) {
          FloatVector r = FloatVector.fromArray(S, radial, (p * orders + l) * channels + k);
          for (int end = (l + 1) * (l + 1); c < end; c++) {
            int oo = (c * atoms + to[p]) * channels + k;
            int xo = (c * atoms + from[p]) * channels + k;
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
    for (int p = 0; p < to.length; p++) {
      for (int k = 0; k < channels; k += LANES) {
        for (int l = 0, c = 0; l < orders; l++) {
          int ro = (p * orders + l) * channels + k;
          FloatVector sum = FloatVector.fromArray(S, radial, ro);
          for (int end = (l + 1) * (l + 1); c < end; c++) {
            FloatVector v = FloatVector.fromArray(S, x, (c * atoms + from[p]) * channels + k);
            sum = v.fma(FloatVector.fromArray(S, z, (c * atoms + to[p]) * channels + k), sum);
          }
          sum.intoArray(radial, ro);
        }
      }
    }
  }
}
