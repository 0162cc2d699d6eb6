package org.cotangent.autodiff;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

import org.cotangent.autodiff.kernels.Gamma;
import org.jspecify.annotations.Nullable;

/** Functions of one tensor, element by element, that have numbers as attributes. */
sealed interface UnaryWithConstant extends Primitive {

  /** Returns t·f′(x); null where f′ is zero everywhere. */
  @Nullable Tensor slope(Tensor t, Tensor x, Tensor y);

  @Override
  default @Nullable Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    return slope(cotangent, operands[0], result);
  }

  @Override
  default @Nullable Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return slope(tangent, operands[0], result);
  }

  /** Applies the function and records it. */
  default Tensor apply(Tensor x) {
    if (!x.dtype.isDifferentiable()) {
      throw Errors.notFloating(this instanceof Affine ? "arithmetic with a number" : label(), x);
    }
    Tensor value = evaluate(x);
    return Tensor.result(value.dtype, value.shape, value.data, this, x);
  }

  /** scale·x + shift. */
  record Affine(double scale, double shift) implements UnaryWithConstant {
    /** scale·x: adding -0 changes nothing, while +0 would lose the sign of a product that is -0. */
    static Affine scale(double scale) {
      return new Affine(scale, -0.0);
    }

    @Override
    public String label() {
      return "affine";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      if (x.data instanceof double[] a) {
        double[] out = Workspace.doubles(a.length);
        KERNELS.affine(a, scale, shift, out);
        return new Tensor(x.dtype, x.shape, out);
      }
      float[] out = Workspace.floats(x.size());
      KERNELS.affine((float[]) x.data, (float) scale, (float) shift, out);
      return new Tensor(x.dtype, x.shape, out);
    }

    @Override
    public @Nullable Tensor slope(Tensor t, Tensor x, Tensor y) {
      return scale == 0 ? null : scale == 1 ? t : scale(scale).apply(t);
    }
  }

  /**
   * x to a constant power; the derivative of the power 0 is 0 and that of 1 is 1, at x = 0 too.
   * Whole powers up to 16 are products, which takes a tenth of the time.
   */
  record Power(double exponent) implements UnaryWithConstant {
    private static final int LARGEST_PRODUCT = 16;

    @Override
    public String label() {
      return "pow";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      boolean isProduct =
          exponent >= 1 && exponent <= LARGEST_PRODUCT && exponent == Math.rint(exponent);
      int whole = isProduct ? (int) exponent : 0;
      if (x.data instanceof double[] a) {
        double[] out = Workspace.doubles(a.length);
        for (int i = 0; i < out.length; i++) {
          out[i] = isProduct ? product(a[i], whole) : Math.pow(a[i], exponent);
        }
        return new Tensor(x.dtype, x.shape, out);
      }
      float[] a = (float[]) x.data;
      float[] out = Workspace.floats(a.length);
      for (int i = 0; i < out.length; i++) {
        out[i] = (float) (isProduct ? product(a[i], whole) : Math.pow(a[i], exponent));
      }
      return new Tensor(x.dtype, x.shape, out);
    }

    /** xⁿ by squaring; n is at least 1. */
    private static double product(double x, int n) {
      double result = (n & 1) == 1 ? x : 1;
      double square = x;
      for (int left = n >> 1; left != 0; left >>= 1) {
        square *= square;
        result = (left & 1) == 1 ? result * square : result;
      }
      return result;
    }

    @Override
    public @Nullable Tensor slope(Tensor t, Tensor x, Tensor y) {
      return exponent == 0 ? null : t.multiply(x.pow(exponent - 1)).multiply(exponent);
    }
  }

  /** The polygamma function ψ⁽ⁿ⁾: digamma for n = 0; the derivative is the next one. */
  record Polygamma(int order) implements UnaryWithConstant {
    @Override
    public String label() {
      return order == 0 ? "digamma" : "polygamma";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      if (x.data instanceof double[] a) {
        double[] out = Workspace.doubles(a.length);
        for (int i = 0; i < out.length; i++) {
          out[i] = Gamma.polygamma(order, a[i]);
        }
        return new Tensor(x.dtype, x.shape, out);
      }
      float[] a = (float[]) x.data;
      float[] out = Workspace.floats(a.length);
      for (int i = 0; i < out.length; i++) {
        out[i] = (float) Gamma.polygamma(order, a[i]);
      }
      return new Tensor(x.dtype, x.shape, out);
    }

    @Override
    public Tensor slope(Tensor t, Tensor x, Tensor y) {
      return t.multiply(new Polygamma(order + 1).apply(x));
    }
  }

  /** x limited to [min, max]; derivative 1 inside and at the bounds, 0 outside. */
  record Clamp(double min, double max) implements UnaryWithConstant {
    @Override
    public String label() {
      return "clamp";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      if (x.data instanceof double[] a) {
        double[] out = Workspace.doubles(a.length);
        for (int i = 0; i < out.length; i++) {
          out[i] = Math.min(Math.max(a[i], min), max);
        }
        return new Tensor(x.dtype, x.shape, out);
      }
      float[] a = (float[]) x.data;
      float[] out = Workspace.floats(a.length);
      for (int i = 0; i < out.length; i++) {
        out[i] = (float) Math.min(Math.max(a[i], min), max);
      }
      return new Tensor(x.dtype, x.shape, out);
    }

    @Override
    public Tensor slope(Tensor t, Tensor x, Tensor y) {
      Tensor inside = x.greaterOrEqual(min).and(x.lessOrEqual(max));
      return inside.where(t, Tensor.zeros(t.dtype, Shape.SCALAR));
    }
  }

  /** x in the other floating type; the cotangent comes back in the type of x. */
  record Cast(DType dtype) implements UnaryWithConstant {
    @Override
    public String label() {
      return "cast";
    }

    @Override
    public Tensor apply(Tensor x) {
      Tensor value = evaluate(x);
      return Tensor.result(value.dtype, value.shape, value.data, this, x);
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      return Conversion.to(operands[0], dtype);
    }

    @Override
    public @Nullable Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return isDifferentiable(operands[0]) ? cotangent.cast(operands[0].dtype) : null;
    }

    @Override
    public @Nullable Tensor slope(Tensor t, Tensor x, Tensor y) {
      return isDifferentiable(x) ? t.cast(dtype) : null;
    }

    private boolean isDifferentiable(Tensor x) {
      return x.dtype.isDifferentiable() && dtype.isDifferentiable();
    }
  }
}
