package org.cotangent.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Jacobians, gradients of structures, checkpoints, accumulated gradients. */
class DerivativesTest {
  private static final double EXACT = 1e-14;

  @Test
  void jacobianOfAWideFunctionTakesOneForwardSweepPerElementOfX() {
    Tensor weights = Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});
    Tensor jacobian = Derivatives.jacobian(weights::matmul, Tensor.of(new double[] {0.5, -1}));
    assertEquals(Shape.of(3, 2), jacobian.shape());
    assertArrayEquals(weights.toDoubleArray(), jacobian.toDoubleArray(), EXACT);
  }

  @Test
  void jacobianOfANarrowFunctionTakesOneReverseSweepPerElementOfY() {
    Tensor x = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    Tensor jacobian = Derivatives.jacobian(at -> at.square().sum(1), x);
    assertEquals(Shape.of(2, 2, 3), jacobian.shape());
    assertArrayEquals(
        new double[] {2, 4, 6, 0, 0, 0, 0, 0, 0, 8, 10, 12}, jacobian.toDoubleArray(), EXACT);
  }

  @Test
  void jacobianOfAConstantIsZero() {
    Tensor jacobian = Derivatives.jacobian(x -> Tensor.of(new double[] {1, 2, 3}), Tensor.of(1.0));
    assertArrayEquals(new double[3], jacobian.toDoubleArray());
  }

  @Test
  void jacobianByNothingIsEmpty() {
    Tensor jacobian = Derivatives.jacobian(Tensor::sin, Tensor.of(new double[0]));
    assertEquals(Shape.of(0, 0), jacobian.shape());
  }

  @Test
  void hessianOfACubicForm() {
    Tensor x = Tensor.of(new double[] {2, 3});
    // f = x₀²·x₁
    Tensor hessian =
        Derivatives.hessian(at -> at.slice(0, 0, 1).square().multiply(at.slice(0, 1, 2)).sum(), x);
    assertArrayEquals(new double[] {6, 4, 4, 0}, hessian.toDoubleArray(), EXACT);
  }

  @Test
  void aJacobianCanBeDifferentiated() {
    // |J|² of x → x³ is Σ 9x⁴
    Function<Tensor, Tensor> f = x -> Derivatives.jacobian(at -> at.pow(3), x).square().sum();
    Tensor gradient = Derivatives.grad(f).apply(Tensor.of(new double[] {1, 2}));
    assertArrayEquals(new double[] {36, 288}, gradient.toDoubleArray(), 1e-12);
  }

  @Test
  void whatNoDerivativeWantsIsNotRecordedButDerivativesWithinStillAre() {
    Tensor force =
        Recording.off(() -> Derivatives.grad((Tensor x) -> x.square().sum()).apply(Tensor.of(3.0)));
    assertEquals(6, force.item());
    assertFalse(force.isRecorded());
  }

  /** Parameters of a line. */
  record Line(Tensor slope, Tensor offset, String name) {}

  @Test
  void gradientsHaveTheStructureOfTheirArgument() {
    Line line = new Line(Tensor.of(2.0), Tensor.of(1.0), "first");
    Tensor x = Tensor.of(new double[] {1, 2, 3});
    Line gradients =
        Derivatives.gradients((Line at) -> x.multiply(at.slope()).add(at.offset()).sum(), line);
    assertEquals(6, gradients.slope().item());
    assertEquals(3, gradients.offset().item());
    assertEquals("first", gradients.name());
  }

  @Test
  void gradientsByListsAndMaps() {
    Map<String, List<Tensor>> tree =
        Map.of("weights", List.of(Tensor.of(2.0), Tensor.of(5.0), Tensor.of(7.0)));
    Derivatives.ValueAndGradients<Map<String, List<Tensor>>> found =
        Derivatives.valueAndGradients(
            at -> at.get("weights").get(0).multiply(at.get("weights").get(1)), tree);
    assertEquals(10, found.value().item());
    List<Tensor> gradients = found.gradients().get("weights");
    assertEquals(List.of(5.0, 2.0, 0.0), gradients.stream().map(Tensor::item).toList());
  }

  @Test
  void integersInAStructureAreConstants() {
    Tensor index = Tensor.of(new int[] {1, 1}, 2);
    List<Tensor> gradients =
        Derivatives.gradients(
            at -> at.get(0).indexSelect(0, at.get(1)).sum(),
            List.of(Tensor.of(new double[] {3, 4}), index));
    assertArrayEquals(new double[] {0, 2}, gradients.get(0).toDoubleArray());
    assertSame(index, gradients.get(1));
  }

  @Test
  void gradientsOfStructuresNest() {
    // d/dy of (d/dx x²·y) = 2x, at x = 3
    Tensor mixed =
        Derivatives.grad(
                (Tensor y) ->
                    Derivatives.gradients(
                            (List<Tensor> x) -> x.get(0).square().multiply(y),
                            List.of(Tensor.of(3.0)))
                        .get(0))
            .apply(Tensor.of(1.0));
    assertEquals(6, mixed.item());
  }

  @Test
  void aTreeKnowsWhereItsTensorsAre() {
    TensorTree<?> tree =
        TensorTree.of(
            List.of(new Line(Tensor.of(1.0), Tensor.of(2.0), ""), Map.of("k", Tensor.of(3.0))));
    assertEquals(List.of("[0].slope", "[0].offset", "[1][k]"), tree.paths());
    assertEquals(3, tree.tensors().size());
  }

  @Test
  void aTreeRefusesAWrongNumberOfTensors() {
    TensorTree<List<Tensor>> tree = TensorTree.of(List.of(Tensor.of(1.0)));
    String message =
        assertThrows(IllegalArgumentException.class, () -> tree.with(List.of())).getMessage();
    assertEquals("0 tensors for a tree of 1", message);
  }

  @Test
  void aCheckpointHasTheDerivativesOfItsFunctionToAnyOrder() {
    Function<List<Tensor>, Tensor> f =
        x -> x.get(0).multiply(x.get(1)).tanh().multiply(x.get(0)).exp();
    Tensor[] at = {Tensor.of(new double[] {0.3, -0.7}), Tensor.of(new double[] {1.1, 0.4})};
    GradientCheck check = GradientCheck.of(x -> Derivatives.checkpoint(f, x), at);
    check.firstOrder().requireCorrect();
    check.secondOrder().requireCorrect();
    check.forwardAgainstReverse().requireCorrect();
    Function<Tensor, Tensor> cube = x -> Derivatives.checkpoint((Tensor y) -> y.pow(3), x);
    Tensor third = Derivatives.grad(Derivatives.grad(Derivatives.grad(cube))).apply(Tensor.of(2.0));
    assertEquals(6, third.item(), 1e-12);
  }

  @Test
  void aCheckpointRecordsNothingWithinAndComputesAgainOnceForAllOperands() {
    AtomicInteger runs = new AtomicInteger();
    Function<List<Tensor>, Tensor> f =
        x -> {
          runs.incrementAndGet();
          return x.get(0).multiply(x.get(1)).sin();
        };
    Tensor x = Tensor.of(0.5).variable();
    Tensor w = Tensor.of(2.0).variable();
    Tensor y = Derivatives.checkpoint(f, List.of(x, w));
    assertEquals(List.of(x, w), y.operands());
    List<Tensor> gradients = Derivatives.grad(y, List.of(x, w));
    assertEquals(2 * Math.cos(1), gradients.get(0).item(), EXACT);
    assertEquals(0.5 * Math.cos(1), gradients.get(1).item(), EXACT);
    assertEquals(2, runs.get());
  }

  @Test
  void aCheckpointRefusesRecordedTensorsFromOutside() {
    Tensor weight = Tensor.of(2.0).variable();
    Tensor x = Tensor.of(1.0).variable();
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Derivatives.checkpoint((Tensor at) -> at.multiply(weight), x))
            .getMessage();
    assertTrue(message.contains("not among its operands"), message);
  }

  @Test
  void gradientsAddUpUntilTheyAreCleared() {
    Tensor w = Tensor.of(new double[] {1, 2}).variable();
    Tensor unused = Tensor.of(4.0).variable();
    GradientAccumulator accumulator = new GradientAccumulator(List.of(w, unused));
    accumulator.backward(w.square().sum());
    accumulator.backward(w.multiply(10), Tensor.of(new double[] {1, 0}));
    assertArrayEquals(new double[] {12, 4}, accumulator.gradient(w).toDoubleArray(), EXACT);
    assertEquals(0, accumulator.gradient(unused).item());
    accumulator.clear();
    assertArrayEquals(new double[2], accumulator.gradients().getFirst().toDoubleArray());
  }

  @Test
  void integersHaveNoDerivativeAndTheMessageNamesTheOperation() {
    Tensor x = Tensor.of(new double[] {3, 1, 2});
    for (Function<Tensor, Tensor> f :
        List.<Function<Tensor, Tensor>>of(
            at -> at.argmax(0), at -> at.argsort(0).slice(0, 0, 1), at -> at.lessThan(2))) {
      Tensor y = f.apply(x.variable());
      String message =
          assertThrows(IllegalArgumentException.class, () -> Derivatives.vjp(f, x, y.detach()))
              .getMessage();
      assertTrue(message.contains(y.primitive().orElseThrow().label()), message);
      assertTrue(message.contains("no derivative"), message);
    }
  }
}
