package org.cotangent.autodiff;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.autodiff.conformance.ConformanceCases;

/** The cases that call the gradient itself, once or over and over. */
final class GradientCases {
  private static final Map<String, UnaryOperator<Tensor>> SCALAR =
      Map.of(
          "exp_sin", x -> x.sin().exp(),
          "x_tanh", x -> x.multiply(x.tanh()),
          "rational", x -> x.square().add(1).reciprocal(),
          "gauss_cos", x -> x.square().negate().exp().multiply(x.multiply(2).cos()),
          "silu", Tensor::silu,
          "sqrt1p", x -> x.square().add(1).sqrt(),
          "log_cosh", x -> x.cosh().log());

  private GradientCases() {}

  static void register(ConformanceCases cases) {
    cases.on("gradient", GradientCases::gradient);
    cases.on("nth_derivative", GradientCases::nthDerivative);
  }

  private static Tensor gradient(ConformanceCall call) throws Exception {
    Function<Tensor, Tensor> f = ElementwiseCases.ofOne().get(call.arg("function").textValue());
    Tensor x = call.tensor("x");
    return call.has("cotangent")
        ? Derivatives.vjp(f, x, call.tensor("cotangent")).derivative()
        : Derivatives.grad(f).apply(x);
  }

  private static Tensor nthDerivative(ConformanceCall call) throws Exception {
    UnaryOperator<Tensor> f = SCALAR.get(call.arg("function").textValue());
    Tensor x = call.tensor("x");
    List<Tensor> values = new java.util.ArrayList<>();
    for (int order = 0; order <= call.arg("order").intValue(); order++) {
      values.add(f.apply(x));
      f = Derivatives.grad(f);
    }
    return Tensor.stack(0, values);
  }
}
