package org.cotangent.autodiff.linalg;

import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;

/**
 * Linear algebra of matrices and of stacks of matrices: the last two axes are the matrix, all axes
 * before them are batch axes, {@code [batch…, rows, columns]}. Operands are float64 or float32; the
 * computation is in double precision for both. Every result can be differentiated, in any order and
 * direction, except where a method says otherwise.
 *
 * <p>All methods throw {@link IllegalArgumentException} for operands of other types or shapes, and
 * where a matrix has not the property that the method asks for.
 */
public final class LinearAlgebra {
  private LinearAlgebra() {}

  /** Returns the inverses, {@code [batch…, n, n]}, of matrices that are not singular. */
  public static Tensor inverse(Tensor x) {
    Matrices.requireSquare("inverse", x);
    return new LinearSystem.Inverse().apply(x);
  }

  /**
   * Returns the determinants, {@code [batch…]}. Up to 3 by 3 they are polynomials of the elements
   * and have all derivatives; larger matrices must not be singular to be differentiated.
   */
  public static Tensor determinant(Tensor x) {
    Matrices.requireSquare("determinant", x);
    int n = x.dim(-1);
    Shape batch = Matrices.batch(x);
    return switch (n) {
      case 0 -> Tensor.full(x.dtype(), 1, batch);
      case 1 -> x.reshape(batch);
      case 2 ->
          element(x, 0, 0)
              .multiply(element(x, 1, 1))
              .subtract(element(x, 0, 1).multiply(element(x, 1, 0)));
      case 3 -> row(x, 0).multiply(row(x, 1).cross(row(x, 2), -1)).sum(-1);
      default -> new LinearSystem.Determinant().apply(x);
    };
  }

  private static Tensor row(Tensor x, int i) {
    return x.slice(-2, i, i + 1).squeeze(-2);
  }

  private static Tensor element(Tensor x, int i, int j) {
    return row(x, i).slice(-1, j, j + 1).squeeze(-1);
  }

  /** The sign and the logarithm of the absolute value of determinants, each {@code [batch…]}. */
  public record SignAndLogDeterminant(Tensor sign, Tensor logAbs) {}

  /**
   * Returns determinants that may be too large or small for a number: their signs, -1, 0 or 1, with
   * derivative 0, and log |det|, which is -∞ for a singular matrix and then has no derivative.
   */
  public static SignAndLogDeterminant slogdet(Tensor x) {
    Matrices.requireSquare("slogdet", x);
    return new SignAndLogDeterminant(
        new LinearSystem.DeterminantSign().apply(x), new LinearSystem.LogAbsDeterminant().apply(x));
  }

  /**
   * Returns the x of a·x = b.
   *
   * @param a {@code [batch…, n, n]}, not singular
   * @param b a vector {@code [n]}, or {@code [batch…, n, k]}; batch axes broadcast
   * @return {@code [batch…, n]} for a vector, else {@code [batch…, n, k]}
   */
  public static Tensor solve(Tensor a, Tensor b) {
    Matrices.requireSquare("solve", a);
    if (b.rank() == 1) {
      return solve(a, b.unsqueeze(-1)).squeeze(-1);
    }
    Shape batch = system("solve", a, b, a.dim(-1), b.dim(-2));
    return new LinearSystem.Solve(false)
        .apply(Matrices.broadcast(a, batch), Matrices.broadcast(b, batch));
  }

  /**
   * Returns the x of a·x = b for a triangular matrix; the other triangle of a is not read.
   *
   * @param a {@code [batch…, n, n]}
   * @param b {@code [batch…, n, k]}; batch axes broadcast
   * @param upper whether a is the upper triangle, else the lower
   * @param unitDiagonal whether the diagonal of a counts as ones and is not read
   */
  public static Tensor triangularSolve(Tensor a, Tensor b, boolean upper, boolean unitDiagonal) {
    Matrices.requireSquare("triangular_solve", a);
    Matrices.requireMatrix("triangular_solve", b);
    Shape batch = system("triangular_solve", a, b, a.dim(-1), b.dim(-2));
    return new LinearSystem.TriangularSolve(upper, false, unitDiagonal)
        .apply(Matrices.broadcast(a, batch), Matrices.broadcast(b, batch));
  }

  /**
   * Returns the x of x·a = b, {@code [batch…, k, n]}, for a triangular matrix: {@link
   * #triangularSolve} from the other side.
   */
  public static Tensor triangularSolveRight(
      Tensor a, Tensor b, boolean upper, boolean unitDiagonal) {
    Matrices.requireSquare("triangular_solve", a);
    Matrices.requireMatrix("triangular_solve", b);
    Shape batch = system("triangular_solve", a, b, a.dim(-1), b.dim(-1));
    return new LinearSystem.TriangularSolve(upper, true, unitDiagonal)
        .apply(Matrices.broadcast(a, batch), Matrices.broadcast(b, batch).t())
        .t();
  }

  /** Checks operands of a system, and returns the shape to which their stacks broadcast. */
  private static Shape system(String operation, Tensor a, Tensor b, int unknowns, int given) {
    Matrices.requireMatrix(operation, b);
    if (a.dtype() != b.dtype()) {
      throw new IllegalArgumentException(
          operation
              + " needs operands of one element type, got "
              + a.dtype()
              + " and "
              + b.dtype());
    }
    if (unknowns != given) {
      throw new IllegalArgumentException(
          operation
              + ": shapes "
              + a.shape()
              + " and "
              + b.shape()
              + " do not fit: "
              + unknowns
              + " equations, but "
              + given
              + " entries on the right-hand side");
    }
    return Shape.broadcast(operation, Matrices.batch(a), Matrices.batch(b));
  }

  /**
   * Returns the lower triangle l with l·lᵀ = (x + xᵀ)/2, which must be positive definite. The
   * gradient is symmetric.
   */
  public static Tensor cholesky(Tensor x) {
    Matrices.requireSquare("cholesky", x);
    return new Factorization.Cholesky().apply(x);
  }

  /**
   * The factors of x = q·r: q {@code [batch…, m, n]} with orthonormal columns, r {@code [batch…, n,
   * n]}.
   */
  public record QAndR(Tensor q, Tensor r) {}

  /**
   * Returns q and r of x = q·r for matrices {@code [batch…, m, n]}, m ≥ n, where r is an upper
   * triangle whose diagonal is not negative. To be differentiated, x must have full column rank.
   */
  public static QAndR qr(Tensor x) {
    requireTall("qr", x);
    Tensor packed = new Factorization.Qr().apply(x);
    return new QAndR(Factorization.Qr.q(packed), Factorization.Qr.r(packed));
  }

  private static void requireTall(String operation, Tensor x) {
    Matrices.requireMatrix(operation, x);
    if (x.dim(-2) < x.dim(-1)) {
      throw new IllegalArgumentException(
          operation + " needs at least as many rows as columns, got shape " + x.shape());
    }
  }

  /**
   * Returns the x, {@code [batch…, n, k]}, with the least |a·x - b|, by QR decomposition.
   *
   * @param a {@code [batch…, m, n]} of full column rank, m ≥ n
   * @param b a vector {@code [m]}, or {@code [batch…, m, k]}; batch axes broadcast
   */
  public static Tensor lstsq(Tensor a, Tensor b) {
    requireTall("lstsq", a);
    if (b.rank() == 1) {
      return lstsq(a, b.unsqueeze(-1)).squeeze(-1);
    }
    Matrices.requireMatrix("lstsq", b);
    Shape batch = system("lstsq", a, b, a.dim(-2), b.dim(-2));
    return new Factorization.LeastSquares()
        .apply(Matrices.broadcast(a, batch), Matrices.broadcast(b, batch));
  }

  /**
   * Returns the eigenvalues of (x + xᵀ)/2, ascending, {@code [batch…, n]}. Where an eigenvalue
   * repeats the first derivative is that of functions which treat the equal values alike; higher
   * ones are refused.
   */
  public static Tensor eigvalsh(Tensor x) {
    Matrices.requireSquare("eigvalsh", x);
    return new Spectrum.SymmetricEigenvalues().apply(x);
  }

  /** Eigenvalues w, {@code [batch…, n]}, ascending, and eigenvectors, the columns of v. */
  public record EigenvaluesAndVectors(Tensor w, Tensor v) {}

  /**
   * Returns eigenvalues and eigenvectors of (x + xᵀ)/2. A vector's sign is arbitrary: use them in
   * functions that do not depend on it. Derivatives are refused where an eigenvalue repeats.
   */
  public static EigenvaluesAndVectors eigh(Tensor x) {
    Matrices.requireSquare("eigh", x);
    Tensor packed = new Spectrum.SymmetricEigen().apply(x);
    return new EigenvaluesAndVectors(
        Spectrum.SymmetricEigen.values(packed), Spectrum.SymmetricEigen.vectors(packed));
  }

  /**
   * Returns the singular values, descending, {@code [batch…, min(m, n)]}. Second derivatives are
   * refused where a value repeats, and do not exist where one is 0.
   */
  public static Tensor svdvals(Tensor x) {
    Matrices.requireMatrix("svdvals", x);
    return new Spectrum.SingularValues().apply(x);
  }

  /**
   * The factors of x = u·diag(s)·vᵀ, r = min(m, n): u {@code [m, r]}, s {@code [r]}, v {@code [n,
   * r]}.
   */
  public record SingularValuesAndVectors(Tensor u, Tensor s, Tensor v) {}

  /**
   * Returns the thin singular value decomposition, values descending. The signs of pairs of vectors
   * are arbitrary. Derivatives are refused where a value repeats, and do not exist where one is 0.
   */
  public static SingularValuesAndVectors svd(Tensor x) {
    Matrices.requireMatrix("svd", x);
    Tensor packed = new Spectrum.Svd().apply(x);
    return new SingularValuesAndVectors(
        Spectrum.Svd.left(packed, x), Spectrum.Svd.values(packed), Spectrum.Svd.right(packed, x));
  }
}
