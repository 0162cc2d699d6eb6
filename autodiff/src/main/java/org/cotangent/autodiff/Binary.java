package org.cotangent.autodiff;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

import java.util.function.DoubleBinaryOperator;
import org.cotangent.autodiff.kernels.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * Functions of two tensors, element by element, with NumPy's broadcasting. There is one rule for
 * each operand, which serves both directions: what becomes of a tangent or cotangent {@code t},
 * given the operands {@code x} and {@code y} and the result {@code z}. The family itself sums a
 * cotangent back to the shape of a broadcast operand.
 */
enum Binary implements Primitive {
  ADD("add", Kernels::add, Kernels::add, (t, x, y, z) -> t, (t, x, y, z) -> t),
  SUBTRACT(
      "subtract",
      Kernels::subtract,
      Kernels::subtract,
      (t, x, y, z) -> t,
      (t, x, y, z) -> t.negate()),
  MULTIPLY(
      "multiply",
      Kernels::multiply,
      Kernels::multiply,
      (t, x, y, z) -> t.multiply(y),
      (t, x, y, z) -> t.multiply(x)),
  DIVIDE(
      "divide",
      Kernels::divide,
      Kernels::divide,
      (t, x, y, z) -> t.divide(y),
      (t, x, y, z) -> t.multiply(z).divide(y).negate()),
  POW("pow", Math::pow, Powers::byBase, Powers::byExponent),
  ATAN2("atan2", Math::atan2, Polar::angleByY, Polar::angleByX),
  HYPOT("hypot", Math::hypot, Polar::radiusByX, Polar::radiusByY),
  MAXIMUM(
      "maximum",
      Kernels::maximum,
      Kernels::maximum,
      (t, x, y, z) -> t.multiply(Comparison.share(x, y)),
      (t, x, y, z) -> t.multiply(Comparison.share(y, x))),
  MINIMUM(
      "minimum",
      Kernels::minimum,
      Kernels::minimum,
      (t, x, y, z) -> t.multiply(Comparison.share(y, x)),
      (t, x, y, z) -> t.multiply(Comparison.share(x, y)));

  /** What becomes of {@code t}: t·∂z/∂(the operand); null where that is zero everywhere. */
  interface Rule {
    @Nullable Tensor apply(Tensor t, Tensor x, Tensor y, Tensor z);
  }

  private interface Loop64 {
    void run(
        Kernels kernels,
        double[] x,
        int xo,
        int xs,
        double[] y,
        int yo,
        int ys,
        double[] out,
        int oo,
        int n);
  }

  private interface Loop32 {
    void run(
        Kernels kernels,
        float[] x,
        int xo,
        int xs,
        float[] y,
        int yo,
        int ys,
        float[] out,
        int oo,
        int n);
  }

  private final String label;
  private final Loop64 loop64;
  private final Loop32 loop32;
  private final Rule first;
  private final Rule second;

  Binary(String label, Loop64 loop64, Loop32 loop32, Rule first, Rule second) {
    this.label = label;
    this.loop64 = loop64;
    this.loop32 = loop32;
    this.first = first;
    this.second = second;
  }

  /**
   * For functions that cost so much themselves that calling them through an object does not matter.
   */
  Binary(String label, DoubleBinaryOperator function, Rule first, Rule second) {
    this(
        label,
        (kernels, x, xo, xs, y, yo, ys, out, oo, n) -> {
          for (int i = 0; i < n; i++) {
            out[oo + i] = function.applyAsDouble(x[xo + i * xs], y[yo + i * ys]);
          }
        },
        (kernels, x, xo, xs, y, yo, ys, out, oo, n) -> {
          for (int i = 0; i < n; i++) {
            out[oo + i] = (float) function.applyAsDouble(x[xo + i * xs], y[yo + i * ys]);
          }
        },
        first,
        second);
  }

  Tensor apply(Tensor x, Tensor y) {
    if (x.dtype != y.dtype) {
      throw Errors.mixedTypes(label, x, y);
    }
    Shape shape = Shape.broadcast(label, x.shape, y.shape);
    return Tensor.result(x.dtype, shape, compute(x, y, shape), this, x, y);
  }

  private Object compute(Tensor x, Tensor y, Shape shape) {
    return switch (x.dtype) {
      case FLOAT64 -> {
        double[] a = (double[]) x.data;
        double[] b = (double[]) y.data;
        double[] out = Workspace.doubles(shape.size());
        if (a.length == out.length && b.length == out.length) {
          loop64.run(KERNELS, a, 0, 1, b, 0, 1, out, 0, out.length);
        } else {
          BroadcastLoop at = new BroadcastLoop(x.shape, y.shape, shape);
          if (this == MULTIPLY && at.isRows()) {
            KERNELS.multiplyRows(
                a,
                at.xStride(2),
                at.xStride(1),
                b,
                at.yStride(2),
                at.yStride(1),
                out,
                at.blocks(),
                at.rows(),
                at.length);
          } else {
            while (at.next()) {
              loop64.run(KERNELS, a, at.x, at.xStep, b, at.y, at.yStep, out, at.out, at.length);
            }
          }
        }
        yield out;
      }
      case FLOAT32 -> {
        float[] a = (float[]) x.data;
        float[] b = (float[]) y.data;
        float[] out = Workspace.floats(shape.size());
        if (a.length == out.length && b.length == out.length) {
          loop32.run(KERNELS, a, 0, 1, b, 0, 1, out, 0, out.length);
        } else {
          BroadcastLoop at = new BroadcastLoop(x.shape, y.shape, shape);
          if (this == MULTIPLY && at.isRows()) {
            KERNELS.multiplyRows(
                a,
                at.xStride(2),
                at.xStride(1),
                b,
                at.yStride(2),
                at.yStride(1),
                out,
                at.blocks(),
                at.rows(),
                at.length);
          } else {
            while (at.next()) {
              loop32.run(KERNELS, a, at.x, at.xStep, b, at.y, at.yStep, out, at.out, at.length);
            }
          }
        }
        yield out;
      }
      default -> throw Errors.notFloating(label, x);
    };
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    Tensor x = operands[0];
    Tensor y = operands[1];
    Shape shape = Shape.broadcast(label, x.shape, y.shape);
    return new Tensor(x.dtype, shape, compute(x, y, shape));
  }

  @Override
  public @Nullable Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    Tensor x = operands[operand];
    Tensor other = operands[1 - operand];
    if (this == MULTIPLY && !x.shape.equals(result.shape) && other.shape.equals(result.shape)) {
      return new ProductSumLike().apply(cotangent, other, x);
    }
    Tensor full = rule(operand).apply(cotangent, operands[0], operands[1], result);
    return full == null ? null : full.sumLike(x);
  }

  @Override
  public @Nullable Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    Tensor moved = rule(operand).apply(tangent, operands[0], operands[1], result);
    return moved == null ? null : moved.broadcastLike(result);
  }

  private Rule rule(int operand) {
    return operand == 0 ? first : second;
  }
}
