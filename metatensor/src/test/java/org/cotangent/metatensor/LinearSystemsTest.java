package org.cotangent.metatensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class LinearSystemsTest {
  private static TensorBlock matrix(Tensor values, String sample, String property) {
    return TensorBlock.of(
        values,
        Labels.range(sample, values.dim(0)),
        List.of(),
        Labels.range(property, values.dim(1)));
  }

  private static Tensor random(int rows, int columns, long seed) {
    Random random = new Random(seed);
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return Tensor.of(values, rows, columns);
  }

  @Test
  void solutionsSolve() {
    TensorBlock x = matrix(random(5, 5, 1), "s", "p");
    TensorBlock y = matrix(random(5, 2, 2), "s", "q");
    TensorBlock w = LinearSystems.solve(x, y);
    assertEquals(Labels.range("q", 2), w.samples());
    assertEquals(Labels.range("p", 5), w.properties());
    assertArrayEquals(y.values().toDoubleArray(), x.dot(w).values().toDoubleArray(), 1e-12);
  }

  @Test
  void singularMatricesAreRefusedWithTheirBlock() {
    Labels keys = Labels.of("k", 4);
    TensorMap x =
        TensorMap.of(keys, List.of(matrix(Tensor.of(new double[][] {{1, 2}, {2, 4}}), "s", "p")));
    TensorMap y = TensorMap.of(keys, List.of(matrix(random(2, 1, 3), "s", "q")));
    String message =
        assertThrows(IllegalArgumentException.class, () -> LinearSystems.solve(x, y)).getMessage();
    assertTrue(message.contains("(k=4)") && message.contains("singular"), message);
  }

  @Test
  void numbersThatAreNotFiniteAreRefused() {
    TensorBlock x = matrix(Tensor.of(new double[][] {{1, Double.NaN}, {0, 1}, {1, 1}}), "s", "p");
    TensorBlock y = matrix(random(3, 1, 3), "s", "q");
    assertThrows(IllegalArgumentException.class, () -> LinearSystems.lstsq(x, y, 1e-13));
  }

  @Test
  void gradientsOfYAreFittedByThoseOfX() {
    TensorBlock x = SparseMaps.block(4, 3, 3, 0.7, new Random(5));
    Tensor exact = random(2, 3, 6); // Y = X·w
    TensorBlock w = TensorBlock.of(exact, Labels.range("q", 2), List.of(), x.properties());
    TensorBlock found = LinearSystems.lstsq(x, x.dot(w), 1e-13);
    assertArrayEquals(exact.toDoubleArray(), found.values().toDoubleArray(), 1e-12);
  }

  @Test
  void solutionsCanBeDifferentiatedTwice() {
    checkDerivatives(
        random(3, 3, 1),
        random(3, 2, 2),
        (x, y) -> LinearSystems.solve(matrix(x, "s", "p"), matrix(y, "s", "q")).values());
  }

  @Test
  void leastSquaresCanBeDifferentiatedTwice() {
    checkDerivatives(random(6, 3, 3), random(6, 2, 4), LinearSystemsTest::lstsq);
  }

  @Test
  void solutionsOfSmallestNormCanBeDifferentiatedTwice() {
    checkDerivatives(random(3, 5, 5), random(3, 2, 6), LinearSystemsTest::lstsq);
  }

  private static Tensor lstsq(Tensor x, Tensor y) {
    return LinearSystems.lstsq(matrix(x, "s", "p"), matrix(y, "s", "q"), 1e-13).values();
  }

  /** Reverse mode against differences, forward against reverse, then the same for the gradient. */
  private static void checkDerivatives(Tensor x, Tensor y, BinaryOperator<Tensor> f) {
    Tensor dx = random(x.dim(0), x.dim(1), 11);
    Tensor dy = random(y.dim(0), y.dim(1), 12);
    BinaryOperator<Tensor> loss = (a, b) -> f.apply(a, b).sin().sum();
    BinaryOperator<Tensor> slope =
        (a, b) -> {
          Tensor va = a.variable();
          Tensor vb = b.variable();
          Tensor value = loss.apply(va, vb);
          List<Tensor> gradients =
              Derivatives.pullback(List.of(value), List.of(va, vb), List.of(value.onesLike()));
          return gradients.get(0).multiply(dx).sum().add(gradients.get(1).multiply(dy).sum());
        };
    check(x, y, dx, dy, loss);
    check(x, y, dx, dy, slope);
  }

  private static void check(Tensor x, Tensor y, Tensor dx, Tensor dy, BinaryOperator<Tensor> f) {
    double h = 1e-5;
    double up = f.apply(x.add(dx.multiply(h)), y.add(dy.multiply(h))).item();
    double down = f.apply(x.subtract(dx.multiply(h)), y.subtract(dy.multiply(h))).item();
    double difference = (up - down) / (2 * h);
    Tensor vx = x.variable();
    Tensor vy = y.variable();
    Tensor value = f.apply(vx, vy);
    List<Tensor> g = Derivatives.grad(value, List.of(vx, vy));
    double reverse = g.get(0).multiply(dx).sum().item() + g.get(1).multiply(dy).sum().item();
    double forward =
        Derivatives.pushforward(List.of(value), List.of(vx, vy), List.of(dx, dy)).getFirst().item();
    double scale = Math.max(1, Math.abs(difference));
    assertEquals(difference, reverse, 1e-6 * scale);
    assertEquals(reverse, forward, 1e-11 * scale);
  }
}
