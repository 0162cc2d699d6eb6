package org.cotangent.autodiff.linalg;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.GradientCheck;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rules of every primitive against differences, to second order. */
class LinearAlgebraGradientTest {
  private final SplittableRandom random = new SplittableRandom(23);

  private Tensor random(int... shape) {
    return Tensor.of(random.doubles(Shape.of(shape).size(), -1, 1).toArray(), shape);
  }

  private Tensor regular(int... shape) {
    Tensor x = random(shape);
    return x.add(Matrices.identity(DType.FLOAT64, x.dim(-1)).multiply(2));
  }

  private Tensor positive(int... shape) {
    Tensor x = random(shape);
    return x.matmulTransposed(x).add(Matrices.identity(DType.FLOAT64, x.dim(-1)));
  }

  /** With eigenvalues or singular values so far apart that differences are precise. */
  private Tensor separated(int... shape) {
    Tensor x = random(shape).multiply(0.2);
    double[] values = new double[x.dim(-2) * x.dim(-1)];
    for (int i = 0; i < Math.min(x.dim(-2), x.dim(-1)); i++) {
      values[i * x.dim(-1) + i] = 1 + 1.5 * i;
    }
    return x.add(Tensor.of(values, x.dim(-2), x.dim(-1)));
  }

  private static DynamicTest check(String name, CustomPrimitive primitive, Tensor... at) {
    return check(name, GradientCheck.of(primitive, at));
  }

  private static DynamicTest check(String name, GradientCheck check) {
    return dynamicTest(
        name,
        () -> {
          check.firstOrder().requireCorrect();
          check.forwardAgainstReverse().requireCorrect();
          check.secondOrder().requireCorrect();
        });
  }

  @TestFactory
  Stream<DynamicTest> rules() {
    return Stream.of(
        check("inverse", new LinearSystem.Inverse(), regular(2, 3, 3)),
        check("solve", new LinearSystem.Solve(false), regular(2, 3, 3), random(2, 3, 2)),
        check("solve transposed", new LinearSystem.Solve(true), regular(3, 3), random(3, 2)),
        check("triangular lower", triangular(false, false, false), regular(3, 3), random(3, 2)),
        check("triangular upper", triangular(true, false, true), regular(3, 3), random(3, 2)),
        check("triangular transposed", triangular(true, true, false), regular(3, 3), random(3, 2)),
        check("determinant", new LinearSystem.Determinant(), regular(2, 4, 4)),
        check("log determinant", new LinearSystem.LogAbsDeterminant(), regular(2, 3, 3)),
        check("least squares", new Factorization.LeastSquares(), random(5, 3), random(5, 2)),
        check("qr", new Factorization.Qr(), random(2, 4, 3)),
        check("gaps", new Spectrum.Gaps(), Tensor.of(new double[] {0.3, 1.1, 2.5})),
        check("singular values, tall", new Spectrum.SingularValues(), separated(4, 3)),
        check("singular values, wide", new Spectrum.SingularValues(), separated(2, 2, 4)),
        check("determinant of a cell", of(LinearAlgebra::determinant, random(2, 3, 3))),
        check("cholesky", of(LinearAlgebra::cholesky, positive(2, 3, 3))),
        check("eigenvalues", of(LinearAlgebra::eigvalsh, separated(2, 3, 3))),
        check("eigenvectors", of(LinearAlgebraGradientTest::squaredVectors, separated(3, 3))),
        check(
            "singular vectors, tall", of(LinearAlgebraGradientTest::leftAndRight, separated(4, 3))),
        check(
            "singular vectors, wide",
            of(LinearAlgebraGradientTest::leftAndRight, separated(2, 4))));
  }

  private static CustomPrimitive triangular(boolean upper, boolean transposed, boolean unit) {
    return new LinearSystem.TriangularSolve(upper, transposed, unit);
  }

  private static GradientCheck of(java.util.function.UnaryOperator<Tensor> f, Tensor x) {
    return GradientCheck.of((List<Tensor> in) -> f.apply(in.getFirst()), x);
  }

  /** Free of the signs of the vectors, so that differences see what derivatives do. */
  private static Tensor squaredVectors(Tensor x) {
    LinearAlgebra.EigenvaluesAndVectors eigen = LinearAlgebra.eigh(x);
    return eigen.v().square().multiply(eigen.w().unsqueeze(-2));
  }

  private static Tensor leftAndRight(Tensor x) {
    LinearAlgebra.SingularValuesAndVectors svd = LinearAlgebra.svd(x);
    Tensor sum = svd.u().multiply(svd.s().unsqueeze(-2)).sum(-2);
    return sum.multiply(svd.v().square().multiply(svd.v()).sum(-2));
  }
}
