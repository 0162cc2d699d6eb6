package org.cotangent.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cotangent.autodiff.PrimitiveSamples.Sample;
import org.cotangent.autodiff.internal.TensorData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** A recorded computation as data: listed, drawn, evaluated again, differentiated. */
class ProgramTest {
  private static final Tensor X = Tensor.of(new double[] {1, -2, 3});
  private static final Tensor Y = Tensor.of(new double[] {-4, 5, 0.5});

  private static Tensor run(Program program, Tensor... inputs) {
    return program.run(List.of(inputs)).getFirst();
  }

  @Test
  void isListedLineByLine() {
    Program program =
        Program.trace(
            in -> in.get(0).multiply(Tensor.of(2.5)).exp().sum(0), Tensor.of(X.toDoubleArray()));
    assertEquals(
        """
        %0 = input f64[3]
        %1 = constant {2.5} f64[]
        %2 = multiply(%0, %1) f64[3]
        %3 = exp(%2) f64[3]
        %4 = sum[axes={0}](%3) f64[]
        return %4
        """,
        program.toString());
    assertEquals(List.of(4), program.outputs());
    assertEquals(List.of(0, 1), program.nodes().get(2).operands());
  }

  @TestFactory
  Stream<DynamicTest> everyPrimitiveIsReplayedToTheSameBits() {
    return PrimitiveSamples.all().values().stream()
        .flatMap(List::stream)
        .filter(sample -> sample.primitive() != Source.VARIABLE)
        .flatMap(sample -> Stream.of(sample, sample.single()))
        .map(sample -> DynamicTest.dynamicTest(sample.toString(), () -> requireSameBits(sample)));
  }

  private static void requireSameBits(Sample sample) {
    Tensor wanted = sample.apply(List.of(sample.operands())).detach();
    Tensor found = run(Program.trace(sample::apply, sample.operands()), sample.operands());
    assertEquals(wanted.shape(), found.shape());
    assertEquals(wanted.dtype(), found.dtype());
    switch (TensorData.of(wanted)) {
      case double[] a -> assertArrayEquals(a, (double[]) TensorData.of(found));
      case float[] a -> assertArrayEquals(a, (float[]) TensorData.of(found));
      default -> assertArrayEquals(wanted.toDoubleArray(), found.toDoubleArray());
    }
  }

  @Test
  void choicesAreMadeAgain() {
    Program program =
        Program.trace(in -> in.get(0).lessThan(0).where(in.get(0).negate(), in.get(0).sqrt()), X);
    assertArrayEquals(
        new double[] {4, Math.sqrt(5), Math.sqrt(0.5)}, run(program, Y).toDoubleArray());
  }

  @Test
  void stepsOnIntegersAreMadeAgain() {
    Program program = Program.trace(in -> in.get(0).indexSelect(0, in.get(1).argsort(0)), X, Y);
    assertArrayEquals(new double[] {-4, 0.5, 5}, run(program, Y, Y).toDoubleArray());
    Tensor order = Tensor.of(new int[] {2, 0, 1}, 3);
    Program picked = Program.trace(in -> X.variable().indexSelect(0, in.get(0)), order);
    Tensor other = Tensor.of(new int[] {1, 1, 0}, 3);
    assertArrayEquals(new double[] {-2, -2, 1}, run(picked, other).toDoubleArray());
  }

  @Test
  void aReplayIsDifferentiatedLikeWhatWasRecorded() {
    Function<Tensor, Tensor> f = x -> x.sin().multiply(x).sum();
    Program program = Program.trace(in -> f.apply(in.get(0)), X);
    Function<Tensor, Tensor> replayed = x -> run(program, x);
    assertArrayEquals(
        Derivatives.grad(f).apply(Y).toDoubleArray(),
        Derivatives.grad(replayed).apply(Y).toDoubleArray());
    assertArrayEquals(
        Derivatives.hessian(f, Y).toDoubleArray(),
        Derivatives.hessian(replayed, Y).toDoubleArray());
  }

  @Test
  void aDerivativeIsAProgramToo() {
    Function<Tensor, Tensor> slope = Derivatives.grad(x -> x.tanh().sum());
    Program program = Program.trace(in -> slope.apply(in.get(0)), X);
    assertArrayEquals(slope.apply(Y).toDoubleArray(), run(program, Y).toDoubleArray());
  }

  @Test
  void variablesThatAreNoInputsKeepTheirDerivatives() {
    Tensor w = Tensor.of(3.0).variable();
    Tensor x = X.variable();
    Program program = Program.of(List.of(x.multiply(w).sum()), List.of(x));
    Tensor again = run(program, Y);
    assertEquals(1.5, Derivatives.grad(again, List.of(w)).getFirst().item());
    assertFalse(Recording.off(() -> run(program, Y)).isRecorded());
  }

  @Test
  void severalOutputsMayBeInputsAndInputsMayBeUnused() {
    Tensor x = X.variable();
    Tensor y = Y.variable();
    Program program = Program.of(List.of(x, x.square(), x), List.of(x, y));
    List<Tensor> found = program.run(List.of(Y, X));
    assertArrayEquals(Y.toDoubleArray(), found.get(2).toDoubleArray());
    assertArrayEquals(new double[] {16, 25, 0.25}, found.get(1).toDoubleArray());
  }

  @Test
  void otherTypesShapesAndCountsAreRefused() {
    Program program = Program.trace(in -> in.get(0).add(in.get(1)), X, X);
    assertEquals(
        "input 1 of the program is f64[3], got f64[2]; record it again for other shapes",
        message(() -> run(program, X, Tensor.of(new double[2]))));
    assertEquals(
        "input 0 of the program is f64[3], got f32[3]; record it again for other shapes",
        message(() -> run(program, X.cast(DType.FLOAT32), X)));
    assertEquals("a program of 2 inputs cannot run with 1", message(() -> run(program, X)));
    Tensor x = X.variable();
    assertEquals(
        "input 0 of a program is given a second time",
        message(() -> Program.of(List.of(x), List.of(x, x))));
  }

  private static String message(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  @Test
  void isDrawn() {
    Program program = Program.trace(in -> in.get(0).lessThan(0.5).where(in.get(0), X), X);
    String dot = program.toDot();
    assertTrue(dot.contains("n0 [label=\"input\\nf64[3]\""), dot);
    assertTrue(dot.contains("n0 -> n2;"), dot);
    String svg = Program.trace(in -> in.get(0).add(1).add(in.get(0)), X).toSvg();
    assertEquals(3, svg.split("<rect", -1).length - 1, svg);
    assertEquals(3, svg.split("<line", -1).length - 1, svg);
    assertTrue(svg.startsWith("<svg ") && svg.endsWith("</svg>\n"), svg);
  }

  @Test
  @Timeout(60)
  void mayBeFarDeeperThanAStack() {
    int steps = 300_000;
    Function<List<Tensor>, Tensor> chain =
        in -> {
          Tensor y = in.getFirst();
          for (int k = 0; k < steps; k++) {
            y = y.add(in.getFirst());
          }
          return y;
        };
    Program program = Program.trace(chain, Tensor.of(1.0));
    assertEquals(2.0 * (steps + 1), run(program, Tensor.of(2.0)).item());
    assertEquals(steps + 2, program.toString().lines().count());
    assertTrue(program.toDot().endsWith("}\n"));
    assertTrue(program.toSvg().endsWith("</svg>\n"));
  }

  @Test
  @Timeout(30)
  void doesNotHoldTheValuesInBetween() throws InterruptedException {
    Tensor x = X.variable();
    Tensor between = x.exp();
    WeakReference<Tensor> held = new WeakReference<>(between);
    Program program = Program.of(List.of(between.sum()), List.of(x));
    between = x;
    for (int k = 0; k < 50 && held.get() != null; k++) {
      System.gc();
      Thread.sleep(10);
    }
    assertTrue(held.get() == null);
    assertEquals(3, run(program, X.zerosLike()).item());
    assertTrue(between.isRecorded());
  }
}
