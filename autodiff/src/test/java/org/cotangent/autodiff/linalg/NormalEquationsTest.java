package org.cotangent.autodiff.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Least squares in batches of rows, with more unknowns than a tile has. */
class NormalEquationsTest {
  private static final int N = 300;
  private static final int ROWS = 500;

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final double[] a = new double[ROWS * N];
  private final double[] b = new double[ROWS];

  NormalEquationsTest() {
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(4);
    for (int i = 0; i < a.length; i++) {
      a[i] = random.nextDouble() - 0.5;
    }
    for (int i = 0; i < ROWS; i++) {
      b[i] = random.nextDouble() - 0.5;
    }
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** Adds all rows in batches of so many, which lie further apart than they need to. */
  private NormalEquations added(int batch, ExecutorService pool) {
    NormalEquations equations = new NormalEquations(N);
    int stride = batch + 3;
    for (int from = 0; from < ROWS; from += batch) {
      int count = Math.min(batch, ROWS - from);
      double[] columns = new double[N * stride];
      double[] targets = new double[stride];
      for (int r = 0; r < count; r++) {
        targets[r] = b[from + r];
        for (int k = 0; k < N; k++) {
          columns[k * stride + r] = a[(from + r) * N + k];
        }
      }
      equations.add(columns, stride, count, targets, pool);
    }
    return equations;
  }

  private double[] solved(NormalEquations equations, double[] ridge) {
    double[] x = equations.solve(ridge, threads);
    assertNotNull(x);
    return x;
  }

  @Test
  void withoutRidgeTheSolutionIsThatOfLeastSquares() {
    Tensor expected = LinearAlgebra.lstsq(Tensor.of(a, ROWS, N), Tensor.of(b));
    NormalEquations equations = added(64, threads);
    assertArrayEquals(expected.toDoubleArray(), solved(equations, new double[N]), 1e-10);
    assertEquals(ROWS, equations.rows());
  }

  @Test
  void aRidgeIsLikeMoreRows() {
    double[] ridge = new double[N];
    double[] more = java.util.Arrays.copyOf(a, (ROWS + N) * N);
    for (int k = 0; k < N; k++) {
      ridge[k] = 0.5 + k % 7;
      more[(ROWS + k) * N + k] = Math.sqrt(ridge[k]);
    }
    Tensor expected =
        LinearAlgebra.lstsq(
            Tensor.of(more, ROWS + N, N), Tensor.of(java.util.Arrays.copyOf(b, ROWS + N)));
    NormalEquations equations = added(100, threads);
    double[] x = solved(equations, ridge);
    assertArrayEquals(expected.toDoubleArray(), x, 1e-10);
    double loss =
        Tensor.of(a, ROWS, N).matmul(Tensor.of(x)).subtract(Tensor.of(b)).square().sum().item();
    assertEquals(loss, equations.residual(x, ridge), 1e-10);
  }

  @Test
  void theNumberOfThreadsDoesNotMatter() {
    double[] ridge = new double[N];
    try (ExecutorService one = Executors.newSingleThreadExecutor()) {
      assertArrayEquals(solved(added(64, one), ridge), solved(added(64, threads), ridge), 0);
    }
  }

  @Test
  void columnsThatDependOnOneAnotherNeedARidge() {
    for (int r = 0; r < ROWS; r++) {
      a[r * N + 290] = a[r * N + 1];
    }
    NormalEquations equations = added(64, threads);
    assertNull(equations.solve(new double[N], threads));
    double[] ridge = new double[N];
    java.util.Arrays.fill(ridge, 1e-3);
    double[] x = solved(equations, ridge);
    assertEquals(x[1], x[290], 1e-9);
  }

  @Test
  void theDiagonalIsThatOfTheSquares() {
    double[] expected = Tensor.of(a, ROWS, N).square().sum(0).toDoubleArray();
    assertArrayEquals(expected, added(64, threads).diagonal(), 1e-10);
  }

  @Test
  void rowsThatDoNotFitAreRefused() {
    NormalEquations equations = new NormalEquations(N);
    assertThrows(
        IllegalArgumentException.class,
        () -> equations.add(new double[N], 2, 1, new double[2], threads));
    assertThrows(IllegalArgumentException.class, () -> equations.solve(new double[2], threads));
    assertThrows(IllegalArgumentException.class, () -> new NormalEquations(0));
  }
}
