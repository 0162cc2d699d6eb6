package org.cotangent.atomistic.descriptors;

/**
 * The loops of {@link InvariantProduct}: sums over few m of outer products of few radial functions,
 * in tiles of three by three whose sums stay in registers. A general matrix product has more to
 * arrange than such matrices have to multiply.
 */
final class RadialTiles {
  private RadialTiles() {}

  /**
   * Adds w·Σ_m a_mn·b_mk to out_nk, for all n and k.
   *
   * @param a {@code [components, size]}, from {@code at} on
   * @param b {@code [components, size]}, from {@code bt} on
   * @param out {@code [size, size]}, from {@code to} on
   * @param both whether to add the same to out_kn too
   */
  static void add(
      double[] a,
      int at,
      double[] b,
      int bt,
      double[] out,
      int to,
      int components,
      int size,
      double w,
      boolean both) {
    int whole = size - size % 3;
    for (int n = 0; n < whole; n += 3) {
      for (int k = 0; k < whole; k += 3) {
        tile(a, at + n, b, bt + k, out, to, n, k, components, size, w, both);
      }
    }
    for (int n = 0; n < size; n++) {
      for (int k = n < whole ? whole : 0; k < size; k++) {
        double sum = 0;
        for (int m = 0; m < components; m++) {
          sum += a[at + m * size + n] * b[bt + m * size + k];
        }
        put(out, to, n, k, size, w * sum, both);
      }
    }
  }

  private static void tile(
      double[] a,
      int at,
      double[] b,
      int bt,
      double[] out,
      int to,
      int n,
      int k,
      int components,
      int size,
      double w,
      boolean both) {
    double s00 = 0;
    double s01 = 0;
    double s02 = 0;
    double s10 = 0;
    double s11 = 0;
    double s12 = 0;
    double s20 = 0;
    double s21 = 0;
    double s22 = 0;
    int i = at;
    int j = bt;
    for (int m = 0; m < components; m++) {
      double b0 = b[j];
      double b1 = b[j + 1];
      double b2 = b[j + 2];
      double a0 = a[i];
      s00 += a0 * b0;
      s01 += a0 * b1;
      s02 += a0 * b2;
      double a1 = a[i + 1];
      s10 += a1 * b0;
      s11 += a1 * b1;
      s12 += a1 * b2;
      double a2 = a[i + 2];
      s20 += a2 * b0;
      s21 += a2 * b1;
      s22 += a2 * b2;
      i += size;
      j += size;
    }
    put(out, to, n, k, size, w * s00, both);
    put(out, to, n, k + 1, size, w * s01, both);
    put(out, to, n, k + 2, size, w * s02, both);
    put(out, to, n + 1, k, size, w * s10, both);
    put(out, to, n + 1, k + 1, size, w * s11, both);
    put(out, to, n + 1, k + 2, size, w * s12, both);
    put(out, to, n + 2, k, size, w * s20, both);
    put(out, to, n + 2, k + 1, size, w * s21, both);
    put(out, to, n + 2, k + 2, size, w * s22, both);
  }

  private static void put(
      double[] out, int to, int n, int k, int size, double value, boolean both) {
    out[to + n * size + k] += value;
    if (both) {
      out[to + k * size + n] += value;
    }
  }
}
