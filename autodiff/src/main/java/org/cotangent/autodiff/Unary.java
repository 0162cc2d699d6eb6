package org.cotangent.autodiff;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.Erfc;
import org.cotangent.autodiff.kernels.Gamma;
import org.cotangent.autodiff.kernels.Hyperbolic;
import org.cotangent.autodiff.kernels.Kernels;
import org.cotangent.autodiff.kernels.Logistic;
import org.jspecify.annotations.Nullable;

/**
 * Functions of one tensor, element by element. The derivative of such a function is diagonal, so
 * one rule serves both directions: it says what becomes of a tangent or cotangent {@code t}, given
 * the operand {@code x} and the result {@code y}.
 */
enum Unary implements Primitive {
  NEGATE("negate", Kernels::negate, Kernels::negate, (t, x, y) -> t.negate()),
  ABSOLUTE("absolute", Kernels::absolute, Kernels::absolute, (t, x, y) -> t.multiply(x.sign())),
  SIGN("sign", Kernels::sign, Kernels::sign, (t, x, y) -> null),
  SQUARE("square", Kernels::square, Kernels::square, (t, x, y) -> t.multiply(x).multiply(2)),
  SQRT("sqrt", Kernels::sqrt, Kernels::sqrt, (t, x, y) -> t.divide(y).multiply(0.5)),
  RECIPROCAL(
      "reciprocal",
      Kernels::reciprocal,
      Kernels::reciprocal,
      (t, x, y) -> t.multiply(y.square()).negate()),
  EXP("exp", Kernels::exp, Kernels::exp, (t, x, y) -> t.multiply(y)),
  EXPM1("expm1", Math::expm1, (t, x, y) -> t.multiply(y.add(1))),
  LOG("log", Kernels::log, Kernels::log, (t, x, y) -> t.divide(x)),
  LOG1P("log1p", Math::log1p, (t, x, y) -> t.divide(x.add(1))),
  LOG2("log2", x -> Math.log(x) / Math.log(2), (t, x, y) -> t.divide(x.multiply(Math.log(2)))),
  SIN("sin", Kernels::sin, Kernels::sin, (t, x, y) -> t.multiply(x.cos())),
  COS("cos", Kernels::cos, Kernels::cos, (t, x, y) -> t.multiply(x.sin()).negate()),
  TAN("tan", Math::tan, (t, x, y) -> t.multiply(y.square().add(1))),
  ASIN("asin", Math::asin, (t, x, y) -> t.divide(cosineOfArcSine(x))),
  ACOS("acos", Math::acos, (t, x, y) -> t.divide(cosineOfArcSine(x)).negate()),
  ATAN("atan", Math::atan, (t, x, y) -> t.divide(x.square().add(1))),
  SINH("sinh", Math::sinh, (t, x, y) -> t.multiply(x.cosh())),
  COSH("cosh", Math::cosh, (t, x, y) -> t.multiply(x.sinh())),
  TANH("tanh", Kernels::tanh, Kernels::tanh, (t, x, y) -> t.multiply(y.square().rsubtract(1))),
  ASINH("asinh", Hyperbolic::asinh, (t, x, y) -> t.divide(x.square().add(1).sqrt())),
  ACOSH(
      "acosh",
      Hyperbolic::acosh,
      (t, x, y) -> t.divide(x.subtract(1).sqrt().multiply(x.add(1).sqrt()))),
  ATANH("atanh", Hyperbolic::atanh, (t, x, y) -> t.divide(x.rsubtract(1).multiply(x.add(1)))),
  SIGMOID(
      "sigmoid",
      Kernels::sigmoid,
      Kernels::sigmoid,
      (t, x, y) -> t.multiply(y.multiply(y.rsubtract(1)))),
  SOFTPLUS("softplus", Kernels::softplus, Kernels::softplus, (t, x, y) -> t.multiply(x.sigmoid())),
  LOG_SIGMOID(
      "log_sigmoid", x -> -Logistic.softplus(-x), (t, x, y) -> t.multiply(x.negate().sigmoid())),
  RELU(
      "relu",
      Kernels::relu,
      Kernels::relu,
      (t, x, y) -> Selection.where(x.lessOrEqual(0), Tensor.zeros(t.dtype(), Shape.SCALAR), t)),
  SILU("silu", Kernels::silu, Kernels::silu, (t, x, y) -> SiluDerivative.SLOPE.apply(t, x)),
  ERF(
      "erf",
      Kernels::erf,
      Kernels::erf,
      (t, x, y) -> t.multiply(x.square().negate().exp()).multiply(2 / Math.sqrt(Math.PI))),
  ERFC(
      "erfc",
      Erfc::value,
      (t, x, y) -> t.multiply(x.square().negate().exp()).multiply(-2 / Math.sqrt(Math.PI))),
  LOG_GAMMA("lgamma", Gamma::logGamma, (t, x, y) -> t.multiply(x.digamma()));

  /** What becomes of {@code t}: t·f′(x); null where f′ is zero everywhere. */
  interface Rule {
    @Nullable Tensor apply(Tensor t, Tensor x, Tensor y);
  }

  private interface Loop64 {
    void run(Kernels kernels, double[] x, double[] out);
  }

  private interface Loop32 {
    void run(Kernels kernels, float[] x, float[] out);
  }

  private final String label;
  private final Loop64 loop64;
  private final Loop32 loop32;
  private final Rule rule;

  Unary(String label, Loop64 loop64, Loop32 loop32, Rule rule) {
    this.label = label;
    this.loop64 = loop64;
    this.loop32 = loop32;
    this.rule = rule;
  }

  /**
   * For functions that cost so much themselves that calling them through an object does not matter.
   */
  Unary(String label, DoubleUnaryOperator function, Rule rule) {
    this(
        label,
        (kernels, x, out) -> {
          for (int i = 0; i < out.length; i++) {
            out[i] = function.applyAsDouble(x[i]);
          }
        },
        (kernels, x, out) -> {
          for (int i = 0; i < out.length; i++) {
            out[i] = (float) function.applyAsDouble(x[i]);
          }
        },
        rule);
  }

  /** √(1 - x²), as a product that does not cancel near ±1. */
  private static Tensor cosineOfArcSine(Tensor x) {
    return x.rsubtract(1).multiply(x.add(1)).sqrt();
  }

  Tensor apply(Tensor x) {
    return Tensor.result(x.dtype, x.shape, compute(x), this, x);
  }

  private Object compute(Tensor x) {
    return switch (x.data) {
      case double[] a when x.dtype == DType.FLOAT64 -> {
        double[] out = Workspace.doubles(a.length);
        loop64.run(KERNELS, a, out);
        yield out;
      }
      case float[] a when x.dtype == DType.FLOAT32 -> {
        float[] out = Workspace.floats(a.length);
        loop32.run(KERNELS, a, out);
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
    return new Tensor(x.dtype, x.shape, compute(x));
  }

  @Override
  public @Nullable Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    return rule.apply(cotangent, operands[0], result);
  }

  @Override
  public @Nullable Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return rule.apply(tangent, operands[0], result);
  }
}
