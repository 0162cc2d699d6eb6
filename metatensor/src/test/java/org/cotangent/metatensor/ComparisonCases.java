package org.cotangent.metatensor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.Set;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.autodiff.conformance.ConformanceCases;

/** The cases of {@link Comparison}. */
final class ComparisonCases {
  private ComparisonCases() {}

  /** The tolerances of a case. */
  private record Tolerances(double rtol, double atol, boolean equalNan) {
    static Tolerances of(ConformanceCall call) {
      return new Tolerances(
          call.arg("rtol").doubleValue(),
          call.arg("atol").doubleValue(),
          call.arg("equal_nan").booleanValue());
    }
  }

  private interface Question<T> {
    Object ask(T first, T second, ConformanceCall call);
  }

  private interface Requirement<T> {
    void require(T first, T second, ConformanceCall call);
  }

  static void register(ConformanceCases cases) {
    maps(cases, "equal", (a, b, call) -> Comparison.equal(a, b));
    blocks(cases, "equal_block", (a, b, call) -> Comparison.equal(a, b));
    maps(cases, "equal_raise", required((a, b, call) -> Comparison.requireEqual(a, b)));
    blocks(cases, "equal_block_raise", required((a, b, call) -> Comparison.requireEqual(a, b)));
    maps(
        cases,
        "allclose",
        (a, b, call) -> {
          Tolerances t = Tolerances.of(call);
          return Comparison.allclose(a, b, t.rtol, t.atol, t.equalNan);
        });
    blocks(
        cases,
        "allclose_block",
        (a, b, call) -> {
          Tolerances t = Tolerances.of(call);
          return Comparison.allclose(a, b, t.rtol, t.atol, t.equalNan);
        });
    maps(
        cases,
        "allclose_raise",
        required(
            (a, b, call) -> {
              Tolerances t = Tolerances.of(call);
              Comparison.requireAllclose(a, b, t.rtol, t.atol, t.equalNan);
            }));
    blocks(
        cases,
        "allclose_block_raise",
        required(
            (a, b, call) -> {
              Tolerances t = Tolerances.of(call);
              Comparison.requireAllclose(a, b, t.rtol, t.atol, t.equalNan);
            }));
    maps(
        cases,
        "equal_metadata",
        (a, b, call) -> Comparison.equalMetadata(a, b, axes(call), gradients(call)));
    blocks(
        cases,
        "equal_metadata_block",
        (a, b, call) -> Comparison.equalMetadata(a, b, axes(call), gradients(call)));
    maps(
        cases,
        "equal_metadata_raise",
        required(
            (a, b, call) -> Comparison.requireEqualMetadata(a, b, axes(call), gradients(call))));
    blocks(
        cases,
        "equal_metadata_block_raise",
        required(
            (a, b, call) -> Comparison.requireEqualMetadata(a, b, axes(call), gradients(call))));
  }

  /** Nothing is the answer where nothing is thrown. */
  @SuppressWarnings("NullAway")
  private static <T> Question<T> required(Requirement<T> requirement) {
    return (a, b, call) -> {
      requirement.require(a, b, call);
      return null;
    };
  }

  private static void maps(ConformanceCases cases, String op, Question<TensorMap> question) {
    cases.on(
        op,
        call -> question.ask(Operands.map(call, "tensor_1"), Operands.map(call, "tensor_2"), call));
  }

  private static void blocks(ConformanceCases cases, String op, Question<TensorBlock> question) {
    cases.on(
        op,
        call ->
            question.ask(Operands.block(call, "block_1"), Operands.block(call, "block_2"), call));
  }

  private static Set<Axis> axes(ConformanceCall call) {
    JsonNode check = call.arg("check");
    if (check.isTextual()) {
      if (!check.textValue().equals("all")) {
        throw new IllegalArgumentException("axes come as a list, or as 'all'");
      }
      return EnumSet.of(Axis.SAMPLES, Axis.COMPONENTS, Axis.PROPERTIES);
    }
    Set<Axis> axes = EnumSet.noneOf(Axis.class);
    check.forEach(name -> axes.add(Operands.axis(name.textValue())));
    return axes;
  }

  private static boolean gradients(ConformanceCall call) {
    return call.arg("check_gradients").booleanValue();
  }
}
