package org.cotangent.bench;

import java.util.concurrent.TimeUnit;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.linalg.LinearAlgebra;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Dense linear algebra in float64. Problems are made from their solutions, so that these can be
 * checked.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LinearAlgebraBenchmark {
  /** The operation and the shape of its matrix. */
  @Param({
    "solve 16x16",
    "solve 100x100",
    "solve 500x500",
    "solve 2000x2000",
    "cholesky 16x16",
    "cholesky 100x100",
    "cholesky 500x500",
    "cholesky 2000x2000",
    "lstsq 200x50",
    "lstsq 2000x500",
    "lstsq 20000x2000",
    "eigh 16x16",
    "eigh 100x100",
    "eigh 300x300"
  })
  public String problem = "";

  private Tensor a = Tensor.of(0.0);
  private Tensor b = a;
  private double expected;
  private double tolerance;

  /** For JMH. */
  public LinearAlgebraBenchmark() {}

  /** Makes the problem. */
  @Setup
  public void fill() {
    int m = Integer.parseInt(problem.substring(problem.indexOf(' ') + 1, problem.indexOf('x')));
    int n = Integer.parseInt(problem.substring(problem.indexOf('x') + 1));
    Tensor x = scattered(m, n);
    Tensor solution = scattered(n, 1);
    expected = solution.at(n - 1);
    tolerance = 1e-9;
    switch (operation()) {
      case "solve" -> {
        a = x.divide(Math.sqrt(n)).add(diagonal(n));
        b = a.matmul(solution);
      }
      case "cholesky" -> {
        Tensor factor = x.tril(-1).divide(Math.sqrt(n)).add(diagonal(n));
        a = factor.matmulTransposed(factor);
        expected = factor.at(n * n - 2); // the last one before the diagonal
      }
      case "lstsq" -> {
        a = x;
        b = a.matmul(solution);
      }
      case "eigh" -> { // for a symmetric matrix, the sum of squares of its elements
        a = x.add(x.t());
        expected = a.square().sum().item();
        tolerance = 1e-12 * expected;
      }
      default -> throw new IllegalArgumentException("no operation is called " + operation());
    }
  }

  private String operation() {
    return problem.substring(0, problem.indexOf(' '));
  }

  /** Numbers between -0.5 and 0.5 without a pattern. */
  private static Tensor scattered(int rows, int columns) {
    double[] values = new double[rows * columns];
    for (int k = 0; k < values.length; k++) {
      double x = 43758.5453 * Math.sin(12.9898 * (k + 1));
      values[k] = x - Math.floor(x) - 0.5;
    }
    return Tensor.of(values, rows, columns);
  }

  private static Tensor diagonal(int n) {
    double[] values = new double[n * n];
    for (int i = 0; i < n; i++) {
      values[i * n + i] = 2;
    }
    return Tensor.of(values, n, n);
  }

  /** The solution, factor or eigenvalues, with the vectors computed too. */
  @Benchmark
  public Tensor linearAlgebra() {
    switch (operation()) {
      case "solve" -> {
        Tensor x = LinearAlgebra.solve(a, b);
        return checked(x, x.at(x.size() - 1));
      }
      case "cholesky" -> {
        Tensor factor = LinearAlgebra.cholesky(a);
        return checked(factor, factor.at(factor.size() - 2));
      }
      case "lstsq" -> {
        Tensor x = LinearAlgebra.lstsq(a, b);
        return checked(x, x.at(x.size() - 1));
      }
      default -> {
        Tensor values = LinearAlgebra.eigh(a).w();
        return checked(values, values.square().sum().item());
      }
    }
  }

  private Tensor checked(Tensor result, double found) {
    if (!(Math.abs(found - expected) <= tolerance)) {
      throw new IllegalStateException(
          problem + " gives " + found + ", not " + expected + " within " + tolerance);
    }
    return result;
  }
}
