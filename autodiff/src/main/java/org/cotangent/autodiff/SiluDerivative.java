package org.cotangent.autodiff;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a cotangent or tangent t, the first operand, by a derivative of silu at x, the
 * second, of the same shape. Silu is x·s with s = 1/(1 + e⁻ˣ); as the derivative of s is q = s·(1 -
 * s), its derivatives are
 *
 * <pre>  s + x·q,   q·(2 + x·(1 - 2s)),   q·(3·(1 - 2s) + x·(1 - 6q))</pre>
 *
 * The first two are computed in place of s and multiplied by t there: made of tensor operations,
 * they would be six to nine passes, each with an array of its own.
 */
enum SiluDerivative implements Primitive {
  /** t·silu′(x). */
  SLOPE("silu_slope"),
  /** t·silu″(x). */
  CURVATURE("silu_curvature");

  private final String label;

  SiluDerivative(String label) {
    this.label = label;
  }

  Tensor apply(Tensor t, Tensor x) {
    Tensor value = evaluate(t, x);
    return Tensor.result(value.dtype, value.shape, value.data, this, t, x);
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    Tensor t = operands[0];
    Tensor x = operands[1];
    Object out = Workspace.array(x.dtype, x.size());
    if (out instanceof double[] a) {
      KERNELS.sigmoid((double[]) x.data, a);
      if (this == SLOPE) {
        slope((double[]) t.data, (double[]) x.data, a);
      } else {
        curvature((double[]) t.data, (double[]) x.data, a);
      }
    } else {
      float[] a = (float[]) out;
      KERNELS.sigmoid((float[]) x.data, a);
      if (this == SLOPE) {
        slope((float[]) t.data, (float[]) x.data, a);
      } else {
        curvature((float[]) t.data, (float[]) x.data, a);
      }
    }
    return new Tensor(x.dtype, x.shape, out);
  }

  @Override
  public @Nullable Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    return rule(operand, cotangent, operands);
  }

  @Override
  public @Nullable Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return rule(operand, tangent, operands);
  }

  private Tensor rule(int operand, Tensor moved, Tensor[] operands) {
    Tensor x = operands[1];
    if (operand == 0) {
      return apply(moved, x);
    }
    Tensor product = moved.multiply(operands[0]);
    return this == SLOPE ? CURVATURE.apply(product, x) : product.multiply(third(x));
  }

  private static Tensor third(Tensor x) {
    Tensor s = x.sigmoid();
    Tensor q = s.multiply(s.rsubtract(1));
    Tensor turn = s.multiply(-2).add(1);
    return q.multiply(turn.multiply(3).add(x.multiply(q.multiply(-6).add(1))));
  }

  private static void slope(double[] t, double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      double s = out[i];
      out[i] = t[i] * (s + x[i] * (s * (1 - s)));
    }
  }

  private static void slope(float[] t, float[] x, float[] out) {
    for (int i = 0; i < out.length; i++) {
      float s = out[i];
      out[i] = t[i] * (s + x[i] * (s * (1 - s)));
    }
  }

  private static void curvature(double[] t, double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      double s = out[i];
      out[i] = t[i] * (s * (1 - s) * (2 + x[i] * (1 - 2 * s)));
    }
  }

  private static void curvature(float[] t, float[] x, float[] out) {
    for (int i = 0; i < out.length; i++) {
      float s = out[i];
      out[i] = t[i] * (s * (1 - s) * (2 + x[i] * (1 - 2 * s)));
    }
  }
}
