package org.cotangent.autodiff;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** How the elementwise operations of the conformance cases are called. */
final class ElementwiseCases {
  private ElementwiseCases() {}

  static Map<String, Function<CaseInputs, List<Tensor>>> operations() {
    Map<String, Function<CaseInputs, List<Tensor>>> table = new LinkedHashMap<>();
    ofOne().forEach((name, f) -> table.put(name, in -> List.of(f.apply(in.tensor("x")))));
    ofTwo()
        .forEach(
            (name, f) -> table.put(name, in -> List.of(f.apply(in.tensor("x"), in.tensor("y")))));
    table.put("softplus", in -> List.of(in.tensor("x").softplus(in.number("beta"))));
    table.put("leaky_relu", in -> List.of(in.tensor("x").leakyRelu(in.number("slope"))));
    table.put("elu", in -> List.of(in.tensor("x").elu(in.number("alpha"))));
    table.put(
        "gelu",
        in ->
            List.of(
                in.text("approximate").equals("tanh")
                    ? in.tensor("x").geluTanh()
                    : in.tensor("x").gelu()));
    table.put("pow", in -> List.of(pow(in)));
    table.put("atan2", in -> List.of(in.tensor("y").atan2(in.tensor("x"))));
    table.put("where", in -> List.of(in.tensor("condition").where(in.tensor("x"), in.tensor("y"))));
    table.put("clamp", in -> List.of(in.tensor("x").clamp(bound(in, "min"), bound(in, "max"))));
    table.put("lerp", in -> List.of(lerp(in)));
    table.put("cast", in -> List.of(in.tensor("x").cast(DType.named(in.text("dtype")))));
    return table;
  }

  /** The functions of one tensor without further arguments, by name. */
  static Map<String, UnaryOperator<Tensor>> ofOne() {
    Map<String, UnaryOperator<Tensor>> table = new LinkedHashMap<>();
    table.put("negate", Tensor::negate);
    table.put("absolute", Tensor::absolute);
    table.put("sign", Tensor::sign);
    table.put("square", Tensor::square);
    table.put("sqrt", Tensor::sqrt);
    table.put("reciprocal", Tensor::reciprocal);
    table.put("exp", Tensor::exp);
    table.put("expm1", Tensor::expm1);
    table.put("log", Tensor::log);
    table.put("log1p", Tensor::log1p);
    table.put("log2", Tensor::log2);
    table.put("sin", Tensor::sin);
    table.put("cos", Tensor::cos);
    table.put("tan", Tensor::tan);
    table.put("asin", Tensor::asin);
    table.put("acos", Tensor::acos);
    table.put("atan", Tensor::atan);
    table.put("sinh", Tensor::sinh);
    table.put("cosh", Tensor::cosh);
    table.put("tanh", Tensor::tanh);
    table.put("asinh", Tensor::asinh);
    table.put("acosh", Tensor::acosh);
    table.put("atanh", Tensor::atanh);
    table.put("sigmoid", Tensor::sigmoid);
    table.put("log_sigmoid", Tensor::logSigmoid);
    table.put("silu", Tensor::silu);
    table.put("relu", Tensor::relu);
    table.put("erf", Tensor::erf);
    table.put("erfc", Tensor::erfc);
    table.put("lgamma", Tensor::logGamma);
    table.put("digamma", Tensor::digamma);
    table.put("stop_gradient", Tensor::stopGradient);
    return table;
  }

  private static Map<String, BinaryOperator<Tensor>> ofTwo() {
    return Map.of(
        "add", Tensor::add,
        "subtract", Tensor::subtract,
        "multiply", Tensor::multiply,
        "divide", Tensor::divide,
        "maximum", Tensor::maximum,
        "minimum", Tensor::minimum,
        "hypot", Tensor::hypot);
  }

  private static Tensor pow(CaseInputs in) {
    Tensor y = in.optional("y");
    return y == null ? in.tensor("x").pow(in.number("exponent")) : in.tensor("x").pow(y);
  }

  private static Tensor lerp(CaseInputs in) {
    Tensor weight = in.optional("weight");
    return weight == null
        ? in.tensor("x").lerp(in.tensor("y"), in.number("weight"))
        : in.tensor("x").lerp(in.tensor("y"), weight);
  }

  private static double bound(CaseInputs in, String name) {
    double open = name.equals("min") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    return in.hasArg(name) ? in.number(name) : open;
  }
}
