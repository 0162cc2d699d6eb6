package org.cotangent.autodiff.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Identities, at sizes below, at and above those at which the blocked code divides its work. */
class LinearAlgebraTest {
  private final SplittableRandom random = new SplittableRandom(11);

  private Tensor random(int... shape) {
    return Tensor.of(random.doubles(Shape.of(shape).size(), -1, 1).toArray(), shape);
  }

  private Tensor positive(int n) {
    Tensor x = random(n, n);
    return x.matmulTransposed(x).add(Matrices.identity(DType.FLOAT64, n));
  }

  private static void assertClose(Tensor expected, Tensor actual, double tolerance) {
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray(), tolerance);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 16, 17, 40, 100, 257})
  void aSolutionFulfilsItsEquations(int n) {
    Tensor a = random(n, n).add(Matrices.identity(DType.FLOAT64, n).multiply(2));
    Tensor b = random(n, 3);
    assertClose(b, a.matmul(LinearAlgebra.solve(a, b)), 1e-9);
    Tensor transposed = new LinearSystem.Solve(true).apply(a, b);
    assertClose(b, a.t().matmul(transposed), 1e-9);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 33, 100, 257})
  void theCholeskyFactorTimesItsTransposeIsTheMatrix(int n) {
    Tensor x = positive(n);
    Tensor l = LinearAlgebra.cholesky(x);
    assertClose(x, l.matmulTransposed(l), 1e-10 * n);
    assertClose(l.tril(0), l, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 31, 32, 33, 70})
  void qHasOrthonormalColumnsAndRIsItsTriangle(int n) {
    Tensor x = random(n + 20, n);
    LinearAlgebra.QAndR qr = LinearAlgebra.qr(x);
    assertClose(x, qr.q().matmul(qr.r()), 1e-12 * n);
    assertClose(Matrices.identity(DType.FLOAT64, n), qr.q().t().matmul(qr.q()), 1e-12 * n);
    assertClose(qr.r().triu(0), qr.r(), 0);
    for (int i = 0; i < n; i++) {
      assertTrue(qr.r().get(i, i) >= 0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 32, 50})
  void theRestOfLeastSquaresIsOrthogonalToTheColumns(int n) {
    Tensor a = random(3 * n + 5, n);
    Tensor b = random(3 * n + 5, 2);
    Tensor rest = b.subtract(a.matmul(LinearAlgebra.lstsq(a, b)));
    assertClose(Tensor.zeros(DType.FLOAT64, n, 2), a.t().matmul(rest), 1e-11 * n);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 20, 64, 100})
  void aTriangularSolutionReadsItsTriangleOnly(int n) {
    Tensor a = random(n, n).multiply(0.1).add(Matrices.identity(DType.FLOAT64, n).multiply(2));
    Tensor b = random(n, 4);
    for (boolean upper : new boolean[] {false, true}) {
      Tensor triangle = upper ? a.triu(0) : a.tril(0);
      assertClose(b, triangle.matmul(LinearAlgebra.triangularSolve(a, b, upper, false)), 1e-11);
      Tensor right = LinearAlgebra.triangularSolveRight(a, b.t(), upper, false);
      assertClose(b.t(), right.matmul(triangle), 1e-11);
    }
  }

  @Test
  void theDeterminantIsTheProductOfTheEigenvalues() {
    for (int n : new int[] {1, 2, 3, 4, 6}) {
      Tensor x = positive(n);
      double expected = LinearAlgebra.eigvalsh(x).prod().item();
      assertEquals(expected, LinearAlgebra.determinant(x).item(), 1e-11 * expected);
      LinearAlgebra.SignAndLogDeterminant both = LinearAlgebra.slogdet(x);
      assertEquals(Math.log(expected), both.logAbs().item(), 1e-11);
      assertEquals(1, both.sign().item());
    }
  }

  @Test
  void aSingularCellHasADeterminantWithADerivative() {
    Tensor x = Tensor.of(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 0}});
    Tensor g = Derivatives.grad(LinearAlgebra::determinant).apply(x);
    assertArrayEquals(new double[] {0, 0, 0, 0, 0, 0, 0, 0, 1}, g.toDoubleArray());
  }

  @Test
  void eigenvectorsDiagonaliseTheMatrix() {
    Tensor x = Matrices.symmetric(random(2, 5, 5));
    LinearAlgebra.EigenvaluesAndVectors eigen = LinearAlgebra.eigh(x);
    Tensor back = Matrices.scaleColumns(eigen.v(), eigen.w()).matmulTransposed(eigen.v());
    assertClose(x, back, 1e-12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 16, 33, 36, 90})
  void eigenvectorsAreOrthonormalAndTheirValuesAscend(int n) {
    Tensor x = random(n, n);
    requireEigenvectors(Matrices.symmetric(x), LinearAlgebra.eigh(x));
    assertClose(LinearAlgebra.eigh(x).w(), LinearAlgebra.eigvalsh(x), 0);
  }

  @Test
  void eigenvectorsOfMatricesThatFallApart() {
    int n = 40;
    Tensor identity = Matrices.identity(DType.FLOAT64, n);
    Tensor ones = Tensor.zeros(DType.FLOAT64, n, n).add(1); // all values but one repeat
    double[] graded = new double[n * n];
    double[] blocks = new double[n * n];
    for (int i = 0; i < n; i++) {
      graded[i * n + i] = Math.pow(10, -i);
      blocks[i * n + (i ^ 1)] = 1; // values 1 and -1, each 20 times
    }
    for (Tensor x :
        new Tensor[] {
          identity.multiply(0),
          identity,
          ones,
          Tensor.of(graded, n, n),
          Tensor.of(graded, n, n).add(ones.multiply(1e-9)),
          Tensor.of(blocks, n, n),
        }) {
      requireEigenvectors(x, LinearAlgebra.eigh(x));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-170, 1e150, 1e300})
  void eigenvaluesOfVeryLargeAndVerySmallMatrices(double scale) {
    Tensor x = Matrices.symmetric(random(20, 20));
    Tensor expected = LinearAlgebra.eigvalsh(x);
    assertClose(expected, LinearAlgebra.eigvalsh(x.multiply(scale)).divide(scale), 1e-13);
  }

  private static void requireEigenvectors(Tensor x, LinearAlgebra.EigenvaluesAndVectors eigen) {
    int n = x.dim(-1);
    Tensor back = Matrices.scaleColumns(eigen.v(), eigen.w()).matmulTransposed(eigen.v());
    assertClose(x, back, 1e-14 * n);
    Tensor inner = eigen.v().transposedMatmul(eigen.v());
    assertClose(Matrices.identity(DType.FLOAT64, n), inner, 1e-14 * n);
    for (int i = 1; i < n; i++) {
      assertTrue(eigen.w().at(i - 1) <= eigen.w().at(i));
    }
  }

  @Test
  void singularVectorsGiveTheMatrixBack() {
    for (int[] shape : new int[][] {{2, 5, 3}, {2, 3, 5}, {4, 4}}) {
      Tensor x = random(shape);
      LinearAlgebra.SingularValuesAndVectors svd = LinearAlgebra.svd(x);
      assertClose(x, Matrices.scaleColumns(svd.u(), svd.s()).matmulTransposed(svd.v()), 1e-12);
      assertClose(svd.s(), LinearAlgebra.svdvals(x), 0);
    }
  }

  @Test
  void repeatedEigenvaluesHaveAFirstDerivativeOnly() {
    Tensor x = Matrices.identity(DType.FLOAT64, 3);
    Tensor g = Derivatives.grad(y -> LinearAlgebra.eigvalsh(y).square().sum()).apply(x);
    assertClose(x.multiply(2), g, 1e-14);
    IllegalArgumentException problem =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Derivatives.grad(y -> LinearAlgebra.eigh(y).v().square().square().sum()).apply(x));
    assertTrue(problem.getMessage().contains("repeat"), problem.getMessage());
  }

  @Test
  void onlyTheSymmetricPartOfAMatrixCounts() {
    Tensor x = random(70, 70);
    Tensor skew = x.subtract(x.t());
    Tensor y = positive(70);
    assertClose(LinearAlgebra.cholesky(y), LinearAlgebra.cholesky(y.add(skew)), 1e-12);
    assertClose(LinearAlgebra.eigvalsh(y), LinearAlgebra.eigvalsh(y.add(skew)), 1e-11);
  }

  @Test
  void rowsAreExchangedWhereAPivotIsSmall() {
    int n = 90; // more rows than one panel, and zeros on the diagonal
    double[] shifted = new double[n * n];
    for (int i = 0; i < n; i++) {
      shifted[i * n + (i + 1) % n] = i + 1;
    }
    Tensor a = Tensor.of(shifted, n, n).add(random(n, n).multiply(1e-13));
    Tensor b = random(n, 20);
    assertClose(b, a.matmul(LinearAlgebra.solve(a, b)), 1e-12);
  }

  @Test
  void dependentColumnsAreNamed() {
    Tensor a = Tensor.of(new double[][] {{1, 2}, {2, 4}, {3, 6}});
    IllegalArgumentException problem =
        assertThrows(IllegalArgumentException.class, () -> LinearAlgebra.lstsq(a, random(3, 1)));
    assertTrue(problem.getMessage().contains("column 1"), problem.getMessage());
  }

  @Test
  void aSingularMatrixOfAStackIsNamed() {
    Tensor a = Tensor.of(new double[] {1, 0, 0, 1, 1, 2, 2, 4}, 2, 2, 2);
    IllegalArgumentException problem =
        assertThrows(IllegalArgumentException.class, () -> LinearAlgebra.inverse(a));
    assertTrue(problem.getMessage().contains("matrix 1 of the stack"), problem.getMessage());
  }

  @Test
  void stacksBroadcastAgainstEachOther() {
    Tensor a = random(3, 1, 2, 2).add(Matrices.identity(DType.FLOAT64, 2).multiply(3));
    Tensor b = random(4, 2, 1);
    Tensor x = LinearAlgebra.solve(a, b);
    assertEquals(Shape.of(3, 4, 2, 1), x.shape());
    assertClose(b.broadcastLike(x), a.matmul(x), 1e-13);
  }

  @Test
  void float32IsComputedInDoublePrecision() {
    Tensor x = positive(30);
    Tensor single = LinearAlgebra.inverse(x.cast(DType.FLOAT32));
    Tensor twice = LinearAlgebra.inverse(x.cast(DType.FLOAT32).cast(DType.FLOAT64));
    assertEquals(DType.FLOAT32, single.dtype());
    assertArrayEquals(twice.toFloatArray(), single.toFloatArray());
  }

  @Test
  void emptyStacksAndMatricesGiveEmptyResults() {
    assertEquals(Shape.of(0, 2, 2), LinearAlgebra.inverse(random(0, 2, 2)).shape());
    assertEquals(Shape.of(0, 0), LinearAlgebra.cholesky(random(0, 0)).shape());
    assertEquals(Shape.of(0), LinearAlgebra.eigvalsh(random(0, 0)).shape());
    assertEquals(1, LinearAlgebra.determinant(random(0, 0)).item());
  }
}
