package org.cotangent.autodiff;

import org.cotangent.autodiff.kernels.Kernels;

/**
 * Derivatives of silu, x·s with s = 1/(1 + e⁻ˣ). As the derivative of s is q = s·(1 - s), they are
 *
 * <pre>  s + x·q,   q·(2 + x·(1 - 2s)),   q·(3·(1 - 2s) + x·(1 - 6q))</pre>
 *
 * The first two are computed in place of s, in one array: made of tensor operations, each of them
 * would be five to eight passes.
 */
final class SiluDerivatives {
  private SiluDerivatives() {}

  static Tensor slope(Tensor x) {
    return Unary.SILU_SLOPE.apply(x);
  }

  static Tensor curvature(Tensor x) {
    return Unary.SILU_CURVATURE.apply(x);
  }

  static Tensor third(Tensor x) {
    Tensor s = x.sigmoid();
    Tensor q = s.multiply(s.rsubtract(1));
    Tensor turn = s.multiply(-2).add(1);
    return q.multiply(turn.multiply(3).add(x.multiply(q.multiply(-6).add(1))));
  }

  static void slope(Kernels kernels, double[] x, double[] out) {
    kernels.sigmoid(x, out);
    for (int i = 0; i < out.length; i++) {
      double s = out[i];
      out[i] = s + x[i] * (s * (1 - s));
    }
  }

  static void slope(Kernels kernels, float[] x, float[] out) {
    kernels.sigmoid(x, out);
    for (int i = 0; i < out.length; i++) {
      float s = out[i];
      out[i] = s + x[i] * (s * (1 - s));
    }
  }

  static void curvature(Kernels kernels, double[] x, double[] out) {
    kernels.sigmoid(x, out);
    for (int i = 0; i < out.length; i++) {
      double s = out[i];
      out[i] = s * (1 - s) * (2 + x[i] * (1 - 2 * s));
    }
  }

  static void curvature(Kernels kernels, float[] x, float[] out) {
    kernels.sigmoid(x, out);
    for (int i = 0; i < out.length; i++) {
      float s = out[i];
      out[i] = s * (1 - s) * (2 + x[i] * (1 - 2 * s));
    }
  }
}
