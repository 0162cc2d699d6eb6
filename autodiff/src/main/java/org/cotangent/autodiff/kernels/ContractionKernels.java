package org.cotangent.autodiff.kernels;

/**
 * Contractions of tensors whose last axis is a channel that stays by itself: products of components
 * by a table, and sums over pairs. All of them add to what is in the result. The default methods
 * are the plain loops; sums are made in the order of the table, of the components, and of the
 * pairs.
 */
public interface ContractionKernels {
  /**
   * Adds Σ coefficient·x[a]·y[b] over the table's entries of c to row c of {@code out}. Rows have
   * {@code n} elements.
   *
   * @param start the entries of row c are those from {@code start[c]} until {@code start[c + 1]}
   * @param a the row of x of every entry
   * @param b the row of y of every entry
   * @param coefficients of every entry
   */
  default void tableProduct(
      int[] start,
      int[] a,
      int[] b,
      double[] coefficients,
      double[] x,
      double[] y,
      double[] out,
      int n) {
    for (int c = 0; c + 1 < start.length; c++) {
      for (int e = start[c]; e < start[c + 1]; e++) {
        double coefficient = coefficients[e];
        int xo = a[e] * n;
        int yo = b[e] * n;
        for (int i = 0; i < n; i++) {
          out[c * n + i] += coefficient * x[xo + i] * y[yo + i];
        }
      }
    }
  }

  /**
   * Adds {@code angular[p, c]·radial[p, l(c), :]} to {@code out[c, to[p], :]} for all pairs p and
   * components c of order l(c) = ⌊√c⌋.
   *
   * @param radial {@code [pairs, orders, channels]}
   * @param angular {@code [pairs, orders²]}
   * @param out {@code [orders², atoms, channels]}
   */
  default void density(
      double[] radial,
      double[] angular,
      int[] to,
      double[] out,
      int orders,
      int atoms,
      int channels) {
    int components = orders * orders;
    for (int p = 0; p < to.length; p++) {
      for (int l = 0, c = 0; l < orders; l++) {
        int ro = (p * orders + l) * channels;
        for (int end = (l + 1) * (l + 1); c < end; c++) {
          double y = angular[p * components + c];
          int oo = (c * atoms + to[p]) * channels;
          for (int k = 0; k < channels; k++) {
            out[oo + k] += y * radial[ro + k];
          }
        }
      }
    }
  }

  /**
   * The adjoint of {@link #density} for its radial operand: adds Σ_c angular[p, c]·z[c, to[p], :]
   * over the components of order l to {@code radial[p, l, :]}.
   */
  default void densityRadial(
      double[] angular,
      double[] z,
      int[] to,
      double[] radial,
      int orders,
      int atoms,
      int channels) {
    int components = orders * orders;
    for (int p = 0; p < to.length; p++) {
      for (int l = 0, c = 0; l < orders; l++) {
        int ro = (p * orders + l) * channels;
        for (int end = (l + 1) * (l + 1); c < end; c++) {
          double y = angular[p * components + c];
          int zo = (c * atoms + to[p]) * channels;
          for (int k = 0; k < channels; k++) {
            radial[ro + k] += y * z[zo + k];
          }
        }
      }
    }
  }

  /**
   * The adjoint of {@link #density} for its angular operand: adds Σ_k radial[p, l(c), k]·z[c,
   * to[p], k] to {@code angular[p, c]}.
   */
  default void densityAngular(
      double[] radial,
      double[] z,
      int[] to,
      double[] angular,
      int orders,
      int atoms,
      int channels) {
    int components = orders * orders;
    for (int p = 0; p < to.length; p++) {
      for (int l = 0, c = 0; l < orders; l++) {
        int ro = (p * orders + l) * channels;
        for (int end = (l + 1) * (l + 1); c < end; c++) {
          int zo = (c * atoms + to[p]) * channels;
          double sum = 0;
          for (int k = 0; k < channels; k++) {
            sum += radial[ro + k] * z[zo + k];
          }
          angular[p * components + c] += sum;
        }
      }
    }
  }

  /**
   * Adds {@code radial[p, l(c), :]·x[c, from[p], :]} to {@code out[c, to[p], :]} for all pairs p
   * and components c of order l(c) = ⌊√c⌋.
   *
   * @param radial {@code [pairs, orders, channels]}
   * @param x {@code [orders², atoms, channels]}
   * @param out {@code [orders², atoms, channels]}
   */
  default void message(
      double[] radial,
      double[] x,
      int[] from,
      int[] to,
      double[] out,
      int orders,
      int atoms,
      int channels) {
    for (int p = 0; p < to.length; p++) {
      for (int l = 0, c = 0; l < orders; l++) {
        int ro = (p * orders + l) * channels;
        for (int end = (l + 1) * (l + 1); c < end; c++) {
          int xo = (c * atoms + from[p]) * channels;
          int oo = (c * atoms + to[p]) * channels;
          for (int k = 0; k < channels; k++) {
            out[oo + k] += radial[ro + k] * x[xo + k];
          }
        }
      }
    }
  }

  /**
   * The adjoint of {@link #message} for its radial operand: adds Σ_c x[c, from[p], :]·z[c, to[p],
   * :] over the components of order l to {@code radial[p, l, :]}.
   */
  default void messageRadial(
      double[] x,
      double[] z,
      int[] from,
      int[] to,
      double[] radial,
      int orders,
      int atoms,
      int channels) {
    for (int p = 0; p < to.length; p++) {
      for (int l = 0, c = 0; l < orders; l++) {
        int ro = (p * orders + l) * channels;
        for (int end = (l + 1) * (l + 1); c < end; c++) {
          int xo = (c * atoms + from[p]) * channels;
          int zo = (c * atoms + to[p]) * channels;
          for (int k = 0; k < channels; k++) {
            radial[ro + k] += x[xo + k] * z[zo + k];
          }
        }
      }
    }
  }

  /** The same for float32. */
  default void tableProduct(
      int[] start,
      int[] a,
      int[] b,
      double[] coefficients,
      float[] x,
      float[] y,
      float[] out,
      int n) {
    for (int c = 0; c + 1 < start.length; c++) {
      for (int e = start[c]; e < start[c + 1]; e++) {
        float coefficient = (float) coefficients[e];
        int xo = a[e] * n;
        int yo = b[e] * n;
        for (int i = 0; i < n; i++) {
          out[c * n + i] += coefficient * x[xo + i] * y[yo + i];
        }
      }
    }
  }

  /** The same for float32. */
  default void density(
      float[] radial, float[] angular, int[] to, float[] out, int orders, int atoms, int channels) {
    int components = orders * orders;
    for (int p = 0; p < to.length; p++) {
      for (int l = 0, c = 0; l < orders; l++) {
        int ro = (p * orders + l) * channels;
        for (int end = (l + 1) * (l + 1); c < end; c++) {
          float y = angular[p * components + c];
          int oo = (c * atoms + to[p]) * channels;
          for (int k = 0; k < channels; k++) {
            out[oo + k] += y * radial[ro + k];
          }
        }
      }
    }
  }

  /** The same for float32. */
  default void densityRadial(
      float[] angular, float[] z, int[] to, float[] radial, int orders, int atoms, int channels) {
    int components = orders * orders;
    for (int p = 0; p < to.length; p++) {
      for (int l = 0, c = 0; l < orders; l++) {
        int ro = (p * orders + l) * channels;
        for (int end = (l + 1) * (l + 1); c < end; c++) {
          float y = angular[p * components + c];
          int zo = (c * atoms + to[p]) * channels;
          for (int k = 0; k < channels; k++) {
            radial[ro + k] += y * z[zo + k];
          }
        }
      }
    }
  }

  /** The same for float32. */
  default void densityAngular(
      float[] radial, float[] z, int[] to, float[] angular, int orders, int atoms, int channels) {
    int components = orders * orders;
    for (int p = 0; p < to.length; p++) {
      for (int l = 0, c = 0; l < orders; l++) {
        int ro = (p * orders + l) * channels;
        for (int end = (l + 1) * (l + 1); c < end; c++) {
          int zo = (c * atoms + to[p]) * channels;
          float sum = 0;
          for (int k = 0; k < channels; k++) {
            sum += radial[ro + k] * z[zo + k];
          }
          angular[p * components + c] += sum;
        }
      }
    }
  }

  /** The same for float32. */
  default void message(
      float[] radial,
      float[] x,
      int[] from,
      int[] to,
      float[] out,
      int orders,
      int atoms,
      int channels) {
    for (int p = 0; p < to.length; p++) {
      for (int l = 0, c = 0; l < orders; l++) {
        int ro = (p * orders + l) * channels;
        for (int end = (l + 1) * (l + 1); c < end; c++) {
          int xo = (c * atoms + from[p]) * channels;
          int oo = (c * atoms + to[p]) * channels;
          for (int k = 0; k < channels; k++) {
            out[oo + k] += radial[ro + k] * x[xo + k];
          }
        }
      }
    }
  }

  /** The same for float32. */
  default void messageRadial(
      float[] x,
      float[] z,
      int[] from,
      int[] to,
      float[] radial,
      int orders,
      int atoms,
      int channels) {
    for (int p = 0; p < to.length; p++) {
      for (int l = 0, c = 0; l < orders; l++) {
        int ro = (p * orders + l) * channels;
        for (int end = (l + 1) * (l + 1); c < end; c++) {
          int xo = (c * atoms + from[p]) * channels;
          int zo = (c * atoms + to[p]) * channels;
          for (int k = 0; k < channels; k++) {
            radial[ro + k] += x[xo + k] * z[zo + k];
          }
        }
      }
    }
  }
}
