package org.cotangent.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cotangent.autodiff.PrimitiveSamples.Sample;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules of all primitives against differences, to second order, and against one another. */
class PrimitiveSweepTest {
  /** Piecewise constant, or defined elsewhere than at its operands. */
  private static final Set<String> NOT_FROM_OPERANDS =
      Set.of("Source.VARIABLE", "Source.STOP_GRADIENT");

  @Test
  void everyPrimitiveHasASample() {
    TreeSet<String> primitives = new TreeSet<>();
    collect(Primitive.class, primitives);
    assertEquals(primitives, new TreeSet<>(PrimitiveSamples.all().keySet()));
  }

  private static void collect(Class<?> type, Set<String> names) {
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        names.add(PrimitiveSamples.name((Primitive) constant));
      }
    } else if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        collect(permitted, names);
      }
    } else if (type != CustomPrimitive.class) { // open to everybody
      names.add(PrimitiveSamples.name(type));
    }
  }

  @TestFactory
  Stream<DynamicTest> firstDerivativesAreRight() {
    return differentiable()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.toString(), () -> check(sample).firstOrder().requireCorrect()));
  }

  @TestFactory
  Stream<DynamicTest> secondDerivativesAreRight() {
    return differentiable()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.toString(), () -> check(sample).secondOrder().requireCorrect()));
  }

  @TestFactory
  Stream<DynamicTest> bothDirectionsBelongToOneJacobian() {
    return differentiable()
        .flatMap(sample -> Stream.of(sample, sample.single()))
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample + " " + sample.operands()[0].dtype(),
                    () -> check(sample).forwardAgainstReverse().requireCorrect()));
  }

  @TestFactory
  Stream<DynamicTest> singlePrecisionIsDoublePrecisionRounded() {
    return samples()
        .filter(sample -> !(sample.primitive() instanceof UnaryWithConstant.Cast))
        .filter(sample -> !NOT_FROM_OPERANDS.contains(PrimitiveSamples.name(sample.primitive())))
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.toString(),
                    () -> {
                      Sample single = sample.single();
                      Tensor[] exact = single.operands().clone();
                      for (int k = 0; k < exact.length; k++) {
                        if (exact[k].dtype() == DType.FLOAT32) {
                          exact[k] = exact[k].cast(DType.FLOAT64);
                        }
                      }
                      Tensor wanted = sample.primitive().evaluate(exact);
                      Tensor found = sample.primitive().evaluate(single.operands());
                      assertEquals(wanted.shape(), found.shape());
                      for (int i = 0; i < wanted.size(); i++) {
                        double tolerance = 1e-6 * Math.max(1, Math.abs(wanted.at(i)));
                        assertEquals(wanted.at(i), found.at(i), tolerance);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> whatHasNoDerivativeSaysSo() {
    return samples()
        .filter(sample -> !isDifferentiable(sample))
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.toString(),
                    () -> {
                      Tensor[] x = sample.operands();
                      assertNull(sample.primitive().vjp(0, x[0], x, x[0]));
                      assertNull(sample.primitive().jvp(0, x[0], x, x[0]));
                    }));
  }

  @Test
  void samplesOfDifferentiablePrimitivesHaveGradientsThatAreNotAllZero() {
    List<String> zero = new ArrayList<>();
    differentiable()
        .forEach(
            sample -> {
              Tensor x =
                  sample.operands()[0].dtype().isDifferentiable()
                      ? sample.operands()[0].variable()
                      : sample.operands()[1].variable();
              List<Tensor> given = new ArrayList<>(List.of(sample.operands()));
              given.set(sample.operands()[0].dtype().isDifferentiable() ? 0 : 1, x);
              Tensor y = sample.apply(given);
              Tensor g = Derivatives.grad(y.sum(), List.of(x)).getFirst();
              if (g.absolute().sum().item() == 0) {
                zero.add(sample.toString());
              }
            });
    // constant by nature
    zero.removeIf(name -> name.contains("SIGN ") || name.contains("exponent=0.0"));
    zero.removeIf(name -> name.contains("scale=0.0"));
    zero.removeIf(name -> name.startsWith("Softmax ")); // its sum is always 1
    assertEquals(List.of(), zero);
  }

  private static GradientCheck check(Sample sample) {
    return GradientCheck.of(sample::apply, sample.operands());
  }

  private static Stream<Sample> samples() {
    return PrimitiveSamples.all().values().stream().flatMap(List::stream);
  }

  private static Stream<Sample> differentiable() {
    return samples().filter(PrimitiveSweepTest::isDifferentiable);
  }

  private static boolean isDifferentiable(Sample sample) {
    if (NOT_FROM_OPERANDS.contains(PrimitiveSamples.name(sample.primitive()))) {
      return false;
    }
    for (int k = 0; k < sample.operands().length; k++) {
      if (sample.primitive().isDifferentiable(k)) {
        return true;
      }
    }
    return false;
  }
}
