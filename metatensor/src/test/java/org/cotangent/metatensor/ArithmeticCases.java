package org.cotangent.metatensor;

import java.util.function.BinaryOperator;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.autodiff.conformance.ConformanceCases;
import org.cotangent.metatensor.io.StoredMap;

/** The cases of {@link Arithmetic} and {@link LinearSystems}. */
final class ArithmeticCases {
  private ArithmeticCases() {}

  private interface ByNumber {
    TensorMap apply(TensorMap a, double b);
  }

  static void register(ConformanceCases cases) {
    cases
        .on("add", call -> binary(call, Arithmetic::add, Arithmetic::add))
        .on("subtract", call -> binary(call, Arithmetic::subtract, Arithmetic::subtract))
        .on("multiply", call -> binary(call, Arithmetic::multiply, Arithmetic::multiply))
        .on("divide", call -> binary(call, Arithmetic::divide, Arithmetic::divide))
        .on(
            "pow",
            call ->
                Operands.output(
                    Arithmetic.pow(Operands.map(call, "A"), call.arg("B").doubleValue())))
        .on("abs", call -> Operands.output(Arithmetic.abs(Operands.map(call, "A"))))
        .on(
            "dot",
            call ->
                Operands.output(
                    Arithmetic.dot(Operands.map(call, "tensor_1"), Operands.map(call, "tensor_2"))))
        .on(
            "solve",
            call ->
                Operands.output(
                    LinearSystems.solve(Operands.map(call, "X"), Operands.map(call, "Y"))))
        .on(
            "lstsq",
            call ->
                Operands.output(
                    LinearSystems.lstsq(
                        Operands.map(call, "X"),
                        Operands.map(call, "Y"),
                        call.arg("rcond").doubleValue())));
  }

  private static StoredMap binary(
      ConformanceCall call, BinaryOperator<TensorMap> byMap, ByNumber byNumber)
      throws java.io.IOException {
    TensorMap a = Operands.map(call, "A");
    return Operands.output(
        call.has("B")
            ? byMap.apply(a, Operands.map(call, "B"))
            : byNumber.apply(a, call.arg("B").doubleValue()));
  }
}
