package org.cotangent.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cotangent.autodiff.PrimitiveSamples.Sample;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Assertions are enabled in tests, so the arrays of a workspace hold NaN before they are set: a
 * primitive that does not set all its elements, or counts on zeros, is seen.
 */
class WorkspaceTest {
  private static final Tensor X = Tensor.arange(100).cast(DType.FLOAT64).add(1).variable();

  private static Tensor slope() {
    return Derivatives.grad(X.sqrt().multiply(X.sin()).sum(), List.of(X)).getFirst();
  }

  @Test
  void assertionsAreEnabled() {
    assertTrue(WorkspaceTest.class.desiredAssertionStatus());
  }

  /** Values and derivatives to second order of every primitive, in f64 and f32. */
  @TestFactory
  Stream<DynamicTest> primitivesGiveTheSameBits() {
    return PrimitiveSamples.all().values().stream()
        .flatMap(List::stream)
        .filter(sample -> sample.primitive() != Source.VARIABLE)
        .flatMap(sample -> Stream.of(sample, sample.single()))
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.toString(),
                    () -> {
                      List<Object> expected = arrays(results(sample));
                      Workspace workspace = new Workspace();
                      for (int run = 0; run < 3; run++) {
                        List<Object> found = workspace.run(() -> arrays(results(sample)));
                        for (int k = 0; k < expected.size(); k++) {
                          assertTrue(
                              Objects.deepEquals(expected.get(k), found.get(k)),
                              "result " + k + " of run " + run);
                        }
                      }
                    }));
  }

  private static List<Object> arrays(List<Tensor> tensors) {
    List<Object> copies = new ArrayList<>();
    for (Tensor tensor : tensors) {
      copies.add(
          switch (tensor.data) {
            case double[] numbers -> numbers.clone();
            case float[] numbers -> numbers.clone();
            default -> tensor.toString();
          });
    }
    return copies;
  }

  private static List<Tensor> results(Sample sample) {
    List<Tensor> variables = new ArrayList<>();
    List<Tensor> given = new ArrayList<>();
    for (int k = 0; k < sample.operands().length; k++) {
      Tensor operand = sample.operands()[k];
      boolean differentiable =
          operand.dtype().isDifferentiable() && sample.primitive().isDifferentiable(k);
      given.add(differentiable ? operand.variable() : operand);
      if (differentiable) {
        variables.add(given.getLast());
      }
    }
    Tensor value = sample.apply(given);
    List<Tensor> results = new ArrayList<>(List.of(value));
    if (!value.dtype().isDifferentiable() || variables.isEmpty()) {
      return results;
    }
    List<Tensor> first =
        Derivatives.pullback(
            List.of(value), variables, List.of(Tensor.full(value.dtype(), 0.5, value.shape())));
    results.addAll(first);
    Tensor sum = Tensor.zeros(value.dtype(), Shape.SCALAR);
    for (Tensor slope : first) {
      sum = sum.add(slope.multiply(slope).sum().cast(value.dtype()));
    }
    if (sum.isRecorded()) {
      results.addAll(Derivatives.grad(sum, variables));
    }
    return results;
  }

  @Test
  void arraysAreThoseOfTheRunBefore() {
    Workspace workspace = new Workspace();
    Object first = workspace.run(() -> X.add(1)).data;
    long bytes = workspace.bytes();
    Object second = workspace.run(() -> X.add(2)).data;
    assertSame(first, second);
    assertEquals(bytes, workspace.bytes());
    assertEquals(8 * 100, bytes);
  }

  @Test
  void whatIsKeptStays() {
    Workspace workspace = new Workspace();
    Tensor kept = workspace.keep(workspace.run(WorkspaceTest::slope));
    Tensor inside = workspace.run(() -> workspace.keep(slope()));
    Tensor lost = workspace.run(WorkspaceTest::slope);
    workspace.run(() -> X.add(1));
    workspace.run(WorkspaceTest::slope);
    double[] expected = slope().toDoubleArray();
    assertArrayEquals(expected, kept.toDoubleArray());
    assertArrayEquals(expected, inside.toDoubleArray());
    assertFalse(Arrays.equals(expected, lost.toDoubleArray()));
    assertSame(X, workspace.keep(X));
  }

  @Test
  void otherSizesReplaceArrays() {
    Workspace workspace = new Workspace();
    for (int size : new int[] {50, 100, 50, 7}) {
      Tensor x = X.slice(0, 0, size);
      Tensor found = workspace.run(() -> x.add(1).multiply(x));
      assertArrayEquals(x.add(1).multiply(x).toDoubleArray(), found.toDoubleArray());
      assertEquals(2 * 8 * size, workspace.bytes());
    }
    workspace.run(() -> X.cast(DType.FLOAT32));
    assertEquals(4 * 100, workspace.bytes());
    workspace.run(() -> workspace.keep(X.add(1)).add(2).add(3));
    assertEquals(2 * 8 * 100, workspace.bytes());
    workspace.run(() -> X);
    assertEquals(0, workspace.bytes());
  }

  @Test
  void noMoreIsHeldThanAllowed() {
    Workspace workspace = new Workspace(1000);
    Supplier<Tensor> both = () -> X.add(1).multiply(X);
    Tensor first = workspace.run(both);
    assertEquals(800, workspace.bytes());
    Tensor second = workspace.run(both);
    assertEquals(800, workspace.bytes());
    assertNotSame(first.data, second.data);
    assertArrayEquals(both.get().toDoubleArray(), first.toDoubleArray());
  }

  @Test
  void severalShareALimit() {
    List<Workspace> all = Workspace.sharing(2, 1000);
    Supplier<Tensor> sum = () -> X.add(1);
    all.getFirst().run(sum);
    Tensor second = all.getLast().run(sum);
    assertEquals(800, all.getFirst().bytes());
    assertEquals(0, all.getLast().bytes());
    assertNotSame(second.data, all.getLast().run(sum).data);
    all.getFirst().run(() -> X);
    Tensor held = all.getLast().run(sum);
    assertEquals(0, all.getFirst().bytes());
    assertSame(held.data, all.getLast().run(sum).data);
  }

  @Test
  void otherThreadsHaveArraysOfTheirOwn() throws InterruptedException {
    Workspace workspace = new Workspace();
    AtomicReference<Tensor> found = new AtomicReference<>();
    workspace.run(
        () -> {
          Thread thread = Thread.ofPlatform().start(() -> found.set(slope()));
          try {
            return thread.join(java.time.Duration.ofSeconds(10));
          } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
          }
        });
    assertEquals(0, workspace.bytes());
    workspace.run(() -> X.add(1));
    assertArrayEquals(slope().toDoubleArray(), found.get().toDoubleArray());
  }

  @Test
  void runsMayBeNestedInThoseOfOtherWorkspaces() {
    Workspace outer = new Workspace();
    Workspace inner = new Workspace();
    Supplier<Tensor> nested =
        () -> X.add(1).multiply(inner.run(WorkspaceTest::slope)).add(inner.run(() -> X.exp()));
    double[] expected = X.add(1).multiply(slope()).add(X.exp()).toDoubleArray();
    assertArrayEquals(expected, outer.run(nested).toDoubleArray());
    assertArrayEquals(expected, outer.run(nested).toDoubleArray());
    assertThrows(IllegalStateException.class, () -> outer.run(() -> outer.run(() -> X)));
  }

  @Test
  void aRunThatFailsLeavesItUsable() {
    Workspace workspace = new Workspace();
    assertThrows(
        ArithmeticException.class,
        () ->
            workspace.run(
                () -> {
                  slope();
                  throw new ArithmeticException();
                }));
    assertArrayEquals(slope().toDoubleArray(), workspace.run(WorkspaceTest::slope).toDoubleArray());
  }
}
